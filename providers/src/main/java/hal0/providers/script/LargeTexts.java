package hal0.providers.script;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Keeps images and files of a request out of a script's small heap: a script sees a short mark
/// instead, and what was there is put back where the mark ends up.
///
/// **Shape** only in bodies of more than 256 KiB, and only texts of more than 64 Ki characters.
/// **Threads** one.
final class LargeTexts {
    private static final int LARGE_BODY = 256 * 1024;
    private static final int LARGE_TEXT = 64 * 1024;

    private final List<String> kept = new ArrayList<>();
    private final String mark;

    /// `unique` cannot be guessed, so that nobody can put a mark into a text of his own.
    LargeTexts(String unique) {
        this.mark = "<large text " + unique + " ";
    }

    /// `json` with marks for its large texts.
    byte[] without(byte[] json) throws IOException {
        return json.length <= LARGE_BODY ? json : copied(json, true);
    }

    /// `json` with the texts for their marks.
    byte[] with(byte[] json) throws IOException {
        return kept.isEmpty() ? json : copied(json, false);
    }

    private byte[] copied(byte[] json, boolean out) throws IOException {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(out ? LARGE_BODY : json.length + restored());
        try (JsonParser from = Json.parser(json, 0, json.length);
                JsonGenerator to = Json.generator(bytes)) {
            to.enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8);
            for (JsonToken token = from.nextToken(); token != null; token = from.nextToken()) {
                if (token != JsonToken.VALUE_STRING) {
                    to.copyCurrentEventExact(from);
                } else if (out) {
                    to.writeString(marked(from.getText()));
                } else {
                    to.writeString(unmarked(from.getText()));
                }
            }
        }
        return bytes.toByteArray();
    }

    /// About as much as comes back: growing there byte by byte would take the heap twice.
    private int restored() {
        return kept.stream().mapToInt(String::length).sum();
    }

    private String marked(String text) {
        if (text.length() <= LARGE_TEXT) {
            return text;
        }
        kept.add(text);
        return mark + (kept.size() - 1) + ">";
    }

    private String unmarked(String text) {
        if (text.indexOf(mark) < 0) {
            return text;
        }
        String whole = text;
        for (int i = 0; i < kept.size(); i++) {
            whole = whole.replace(mark + i + ">", kept.get(i));
        }
        return whole;
    }
}
