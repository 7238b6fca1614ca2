package hal0.relay.error;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Writes the JSON answers of our own routes.
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    /// Something that writes one JSON value.
    public interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private Json() {}

    /// The bytes of that value.
    public static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            writing.to(json);
        } catch (IOException e) {
            // Memory does not fail to be written to.
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
