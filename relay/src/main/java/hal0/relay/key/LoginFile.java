package hal0.relay.key;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.home.AtomicFile;
import hal0.home.IoReason;
import hal0.relay.error.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The file that keeps pages signed in over a restart, mode 0600.
///
/// **Shape** `{"HASH":{"key_id","expires_at"},…}`, the oldest first; no cookie can be made from it.
/// What cannot be read signs everybody out, and nothing else.
public record LoginFile(Path file) {
    private static final System.Logger LOG = System.getLogger(LoginFile.class.getName());

    Map<String, Logins.Kept> read() {
        Map<String, Logins.Kept> all = new LinkedHashMap<>();
        try {
            JsonNode tree = new ObjectMapper().readTree(Files.readAllBytes(file));
            for (Map.Entry<String, JsonNode> entry : tree.properties()) {
                JsonNode kept = entry.getValue();
                all.put(
                        entry.getKey(),
                        new Logins.Kept(
                                kept.path("key_id").asText(),
                                Instant.parse(kept.path("expires_at").asText())));
            }
            return all;
        } catch (NoSuchFileException _) {
            // Nobody was signed in.
            return Map.of();
        } catch (IOException | DateTimeException e) {
            LOG.log(WARNING, "{0} cannot be read, everybody is signed out: {1}", file, reason(e));
            return Map.of();
        }
    }

    private static String reason(Exception e) {
        return e instanceof IOException io ? IoReason.of(io) : String.valueOf(e.getMessage());
    }

    /// Why it could not be written; empty when it was.
    Optional<String> write(Map<String, Logins.Kept> all) {
        byte[] json =
                Json.bytes(out -> {
                    out.writeStartObject();
                    for (Map.Entry<String, Logins.Kept> entry : all.entrySet()) {
                        out.writeObjectFieldStart(entry.getKey());
                        out.writeStringField("key_id", entry.getValue().keyId());
                        out.writeStringField("expires_at", entry.getValue().expiresAt().toString());
                        out.writeEndObject();
                    }
                    out.writeEndObject();
                });
        try {
            AtomicFile.writePrivate(file, json);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(IoReason.of(e));
        }
    }
}
