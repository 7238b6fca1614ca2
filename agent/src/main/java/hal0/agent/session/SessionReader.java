package hal0.agent.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.error.ErrorKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the bytes of a session's file, of this format or an older one.
///
/// **Shape** the last line counts only when it is whole: a crash leaves half of one. **Errors**
/// [SessionException] naming the line for damage anywhere else, and for a newer format.
final class SessionReader {
    private final Path file;
    private final ObjectReader json =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build()
                    .readerFor(JsonNode.class);

    SessionReader(Path file) {
        this.file = file;
    }

    /// What was read, in which format it was written, and how many bytes of the file are whole
    /// lines.
    record Read(Session session, int format, long wholeBytes) {}

    Read read(byte[] bytes) {
        @Nullable SessionHeader header = null;
        List<SessionEntry> entries = new ArrayList<>();
        int format = SessionFormat.CURRENT;
        int start = 0;
        for (int number = 1; start < bytes.length; number++) {
            int end = endOfLine(bytes, start);
            ObjectNode line = end < 0 ? null : parsed(bytes, start, end, number);
            if (line == null) {
                break;
            }
            try {
                if (header == null) {
                    format = SessionFormat.of(line, file);
                    header = SessionLines.header(SessionFormat.migrated(line, format));
                } else {
                    entries.add(SessionLines.entry(SessionFormat.migrated(line, format)));
                }
            } catch (IllegalArgumentException e) {
                throw damaged(number, String.valueOf(e.getMessage()), e);
            }
            start = end + 1;
        }
        if (header == null) {
            throw damaged(1, "it holds no header", null);
        }
        return new Read(new Session(header, entries), format, start);
    }

    /// Null for a last line that is not JSON: a crash may also leave the newline and not what
    /// stands before it.
    private @Nullable ObjectNode parsed(byte[] bytes, int start, int end, int number) {
        try {
            JsonNode line = json.readTree(bytes, start, end - start);
            if (line instanceof ObjectNode object) {
                return object;
            }
            throw damaged(number, "it is not a JSON object", null);
        } catch (JsonProcessingException e) {
            if (end == bytes.length - 1) {
                return null;
            }
            throw damaged(number, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw damaged(number, String.valueOf(e.getMessage()), e);
        }
    }

    private SessionException damaged(int number, String why, @Nullable Throwable cause) {
        return new SessionException(
                ErrorKind.CONFIGURATION,
                "session %s is damaged in line %d: %s; remove that line to open the session"
                        .formatted(file, number, why),
                cause);
    }

    private static int endOfLine(byte[] bytes, int start) {
        for (int i = start; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
