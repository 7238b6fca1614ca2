package hal0.providers.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.message.CacheMark;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Part;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The mark of Anthropic's protocol, which OpenRouter and others took over: everything up to the
/// piece that has it may be cached.
///
/// **Source** src/anthropic/types/cache_control_ephemeral_param.py in
/// anthropics/anthropic-sdk-python; openrouter.ai/docs, AnthropicCacheControlDirective; read
/// 2026-11-21.
public final class CacheControl {
    public static final String FIELD = "cache_control";
    private static final Set<String> KNOWN = Set.of("type", "ttl");

    private CacheControl() {}

    /// The mark of a piece, null when it has none. What else it says, such as whom it is shared
    /// with, is added to `ignored`.
    public static @Nullable CacheMark of(RequestValue piece, List<String> ignored)
            throws InvalidRequestException {
        RequestValue control = piece.find(FIELD);
        if (control == null) {
            return null;
        }
        control.unsaid(KNOWN, ignored);
        String type = control.needString("type");
        if (!type.equals("ephemeral")) {
            throw control.need("type").refused("must be \"ephemeral\"");
        }
        RequestValue ttl = control.find("ttl");
        if (ttl == null) {
            return CacheMark.SHORT;
        }
        return switch (ttl.string()) {
            case "5m" -> CacheMark.SHORT;
            case "1h" -> CacheMark.LONG;
            default -> throw ttl.refused("must be \"5m\" or \"1h\"");
        };
    }

    /// Writes the mark into the object that is open.
    public static void write(JsonGenerator json, CacheMark mark) throws IOException {
        json.writeObjectFieldStart(FIELD);
        json.writeStringField("type", "ephemeral");
        if (mark == CacheMark.LONG) {
            json.writeStringField("ttl", "1h");
        }
        json.writeEndObject();
    }

    /// Whether a request has marks of its caller's.
    public static boolean isMarked(ChatRequest request) {
        return request.tools().stream().anyMatch(tool -> tool.cache() != null)
                || request.messages().stream().anyMatch(m -> isMarked(m.parts()));
    }

    private static boolean isMarked(List<Part> parts) {
        return parts.stream()
                .anyMatch(part ->
                        part instanceof Part.Cache
                                || (part instanceof Part.ToolResult result
                                        && isMarked(result.content())));
    }
}
