package hal0.agent.mcp.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.AtomicFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tokens of all servers in one file that only its user can read (0600), by names of servers.
///
/// **Errors** [IOException] that names the file. **Threads** any, several processes too: what
/// another one wrote meanwhile is kept.
public final class TokenFile {

    /// Loaded with the first file that is read: every start makes a TokenFile, few have such a
    /// file.
    private static final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper();
    }

    private final Path file;

    public TokenFile(Path file) {
        this.file = file;
    }

    /// Whether there is a login for the server of that name at that address.
    public boolean has(String server, URI url) throws IOException {
        return find(server, url).isPresent();
    }

    Optional<Tokens> find(String server, URI url) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        JsonNode entry = all(bytes).path(server);
        // Another address under the same name must not get the token.
        return entry.path("url").asText().equals(url.toString())
                ? Optional.of(read(url, entry))
                : Optional.empty();
    }

    void put(String server, Tokens tokens) throws IOException {
        AtomicFile.editPrivate(
                file,
                bytes -> {
                    ObjectNode all = all(bytes);
                    all.set(server, written(tokens));
                    return bytes(all);
                });
    }

    /// Forgets a login; false when there was none.
    public boolean remove(String server) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        boolean[] there = new boolean[1];
        AtomicFile.editPrivate(
                file,
                bytes -> {
                    ObjectNode all = all(bytes);
                    there[0] = all.remove(server) != null;
                    return there[0] ? bytes(all) : null;
                });
        return there[0];
    }

    private ObjectNode all(byte @Nullable [] bytes) throws IOException {
        if (bytes == null || bytes.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            if (Json.MAPPER.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException _) {
            // What the parser says of it would show what stands in it.
        }
        throw new IOException(
                "%s is not what hal0 wrote; remove it and log in again".formatted(file));
    }

    private static byte[] bytes(ObjectNode all) throws IOException {
        return (Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n")
                .getBytes(UTF_8);
    }

    private static Tokens read(URI url, JsonNode entry) {
        return new Tokens(
                url,
                URI.create(entry.path("resource").asText(url.toString())),
                URI.create(entry.path("token_endpoint").asText()),
                entry.path("client_id").asText(),
                textOrNull(entry, "client_secret"),
                entry.path("access_token").asText(),
                textOrNull(entry, "refresh_token"),
                entry.has("expires_at")
                        ? Instant.ofEpochSecond(entry.path("expires_at").asLong())
                        : null,
                textOrNull(entry, "scope"));
    }

    private static ObjectNode written(Tokens tokens) {
        ObjectNode entry =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("url", tokens.url().toString())
                        .put("resource", tokens.resource().toString())
                        .put("token_endpoint", tokens.tokenEndpoint().toString())
                        .put("client_id", tokens.clientId())
                        .put("access_token", tokens.access());
        if (tokens.clientSecret() != null) {
            entry.put("client_secret", tokens.clientSecret());
        }
        if (tokens.refresh() != null) {
            entry.put("refresh_token", tokens.refresh());
        }
        if (tokens.expires() != null) {
            entry.put("expires_at", tokens.expires().getEpochSecond());
        }
        if (tokens.scope() != null) {
            entry.put("scope", tokens.scope());
        }
        return entry;
    }

    static @Nullable String textOrNull(JsonNode node, String key) {
        String text = node.path(key).asText("");
        return text.isEmpty() ? null : text;
    }
}
