package hal0.providers.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes JSON objects: one per event of a stream, all through the same memory, or one alone.
///
/// **Threads** one.
public final class EventBody {

    /// Writes the fields of the object that is open.
    public interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static final class Memory extends ByteArrayOutputStream {
        private void to(SseWriter out, @Nullable String event) throws IOException {
            out.write(event, buf, 0, count);
        }
    }

    private final Memory memory = new Memory();
    private @Nullable JsonGenerator open;

    /// What stands around an object in every event of its kind, made once.
    public record Frame(byte[] before, byte[] after) {
        private static final Frame NONE = new Frame(new byte[0], new byte[0]);

        /// `before` writes fields of an object and the name of the last one, whose value is each
        /// event's own; `after` is all that follows it.
        public static Frame of(Fields before, String after) {
            Memory memory = new Memory();
            try (JsonGenerator json = Json.generator(memory)) {
                json.writeStartObject();
                before.write(json);
                json.writeRawValue(""); // the colon behind the name comes with a value
                json.flush();
                return new Frame(memory.toByteArray(), after.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory cannot fail", e);
            }
        }
    }

    public void send(@Nullable String event, SseWriter out, Fields fields) throws IOException {
        send(event, out, Frame.NONE, fields);
    }

    /// The object of `fields` within that frame.
    public void send(@Nullable String event, SseWriter out, Frame frame, Fields fields)
            throws IOException {
        memory.reset();
        memory.writeBytes(frame.before());
        JsonGenerator json = open;
        // Gone where an event fails: what it began would stand in the next.
        open = null;
        if (json == null) {
            json = Json.generator(memory).setRootValueSeparator(null);
        }
        object(json, fields);
        json.flush();
        open = json;
        memory.writeBytes(frame.after());
        memory.to(out, event);
    }

    /// One object as bytes.
    public static byte[] of(Fields fields) {
        EventBody body = new EventBody();
        try {
            body.fill(fields);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return body.memory.toByteArray();
    }

    private void fill(Fields fields) throws IOException {
        try (JsonGenerator json = Json.generator(memory)) {
            object(json, fields);
        }
    }

    private static void object(JsonGenerator json, Fields fields) throws IOException {
        json.writeStartObject();
        fields.write(json);
        json.writeEndObject();
    }
}
