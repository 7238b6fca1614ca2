package hal0.providers.prelude;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.Json;
import hal0.providers.error.Setback;
import hal0.providers.http.Headers;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The lines of a stream that began before its answer was known.
///
/// **Shape** a client that can hear them sends [#HEADER]; a stream that has them has it too, and
/// then, in this order: any number of comments, among them [#setback], one [#head], and what the
/// head says. Behind the head of a success stands the body as it would have been; behind any other
/// the body is the data of one event, as a stream tells an error.
public final class Prelude {
    public static final String HEADER = "x-hal0-setbacks";
    public static final String YES = "1";

    static final String SETBACK = ": hal0 setback ";
    static final String HEAD = ": hal0 head ";

    private Prelude() {}

    /// Whether that value of [#HEADER] says so.
    public static boolean isHeard(@Nullable String value) {
        return value != null && value.strip().equals(YES);
    }

    /// A try that came to nothing.
    public static byte[] setback(Setback setback) {
        String json =
                json(out -> {
                    out.writeStringField("kind", setback.kind().name().toLowerCase(Locale.ROOT));
                    out.writeNumberField("status", setback.status());
                    out.writeStringField("provider", setback.provider());
                    switch (setback.next()) {
                        case Setback.Next.Again(var pause, var number, var most) -> {
                            out.writeNumberField("after_ms", pause.toMillis());
                            out.writeNumberField("try", number);
                            out.writeNumberField("of", most);
                        }
                        case Setback.Next.Other(var target) ->
                                out.writeStringField("target", target);
                        case Setback.Next.OtherKey() -> out.writeBooleanField("other_key", true);
                    }
                });
        return (SETBACK + json + "\n\n").getBytes(UTF_8);
    }

    /// The head that the answer would have had.
    public static byte[] head(int status, Headers headers) {
        String json =
                json(out -> {
                    out.writeNumberField("status", status);
                    out.writeArrayFieldStart("headers");
                    headers.forEach((name, value) -> pair(out, name, value));
                    out.writeEndArray();
                });
        return (HEAD + json + "\n").getBytes(UTF_8);
    }

    private static void pair(JsonGenerator out, String name, String value) {
        try {
            out.writeString(name);
            out.writeString(value);
        } catch (IOException e) {
            throw new UncheckedIOException("JSON cannot be written to memory", e);
        }
    }

    private interface Fields {
        void to(JsonGenerator out) throws IOException;
    }

    private static String json(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.generator(text)) {
            out.writeStartObject();
            fields.to(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("JSON cannot be written to memory", e);
        }
        return text.toString();
    }
}
