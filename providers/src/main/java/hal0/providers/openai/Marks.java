package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.CacheControl;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.RequestValue;
import hal0.providers.message.CacheMark;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a piece of content says that everything up to it may be cached.
///
/// **Source** `prompt_cache_breakpoint` in resources/chat/completions/completions.d.ts of openai
/// 6.49.0 at npm, for GPT-5.6 and later; the rest as for [CacheControl]. Read 2026-11-21.
enum Marks {
    NONE,
    /// Anthropic's, which OpenRouter passes on.
    CACHE_CONTROL,
    /// OpenAI's own, which says nothing of time.
    BREAKPOINT;

    static final String BREAKPOINT_FIELD = "prompt_cache_breakpoint";

    static Marks of(Vendor vendor, String modelId) {
        if (vendor == Vendor.OPENROUTER) {
            return CACHE_CONTROL;
        }
        boolean breaks = vendor == Vendor.OPENAI && Vendor.breaks(GptModel.find(modelId));
        return breaks ? BREAKPOINT : NONE;
    }

    /// Writes the mark into the piece that is open.
    void write(JsonGenerator json, @Nullable CacheMark mark) throws IOException {
        if (mark == null) {
            return;
        }
        switch (this) {
            case NONE -> {}
            case CACHE_CONTROL -> CacheControl.write(json, mark);
            case BREAKPOINT -> {
                json.writeObjectFieldStart(BREAKPOINT_FIELD);
                json.writeStringField("mode", "explicit");
                json.writeEndObject();
            }
        }
    }

    /// The mark of a piece that a client wrote, in whichever form.
    static @Nullable CacheMark read(RequestValue piece, List<String> ignored)
            throws InvalidRequestException {
        CacheMark mark = CacheControl.of(piece, ignored);
        return mark == null && piece.find(BREAKPOINT_FIELD) != null ? CacheMark.SHORT : mark;
    }
}
