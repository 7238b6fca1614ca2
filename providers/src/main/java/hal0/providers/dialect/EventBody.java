package hal0.providers.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    public void send(@Nullable String event, SseWriter out, Fields fields) throws IOException {
        memory.reset();
        fill(fields);
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
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
    }
}
