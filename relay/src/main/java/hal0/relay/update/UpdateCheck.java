package hal0.relay.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks once for the newest version, when it is told to.
///
/// **Shape** the document is `{"version","url"?}`, or what GitHub answers at
/// `/repos/OWNER/NAME/releases/latest`. **Threads** any; blocks for ten seconds at most. **Source**
/// https://docs.github.com/en/rest/releases/releases#get-the-latest-release (`tag_name`,
/// `html_url`; read 2026-11-22).
public final class UpdateCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LARGEST = 1024 * 1024;

    private final Transport transport;
    private final Supplier<@Nullable URI> url;

    public UpdateCheck(Transport transport, Supplier<@Nullable URI> url) {
        this.transport = transport;
        this.url = url;
    }

    /// What came of it; messages are fit to be shown.
    public sealed interface Outcome {
        /// `page` is where there is more about it.
        record Newest(String version, @Nullable String page) implements Outcome {}

        /// No address is configured.
        record Nowhere() implements Outcome {}

        record Failed(String message) implements Outcome {}
    }

    /// Where it would be asked; null for nowhere.
    public @Nullable URI url() {
        return url.get();
    }

    /// Asks now.
    public Outcome look(CancelToken cancel) {
        URI at = url.get();
        if (at == null) {
            return new Outcome.Nowhere();
        }
        Provider server =
                Provider.builder("updates.url", Protocol.OPENAI, at)
                        .auth(new Auth.None())
                        .timeouts(new Timeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE))
                        .build();
        Headers headers = Headers.builder().set("Accept", "application/json").build();
        UpstreamRequest request = new UpstreamRequest(server, "", "GET", at, headers, null, false);
        try (UpstreamResponse response = transport.send(request, cancel)) {
            return response.status() == 200
                    ? newest(response.decoded().readAll(LARGEST))
                    : new Outcome.Failed(
                            "%s answered %d; check [updates] url in config.toml"
                                    .formatted(at.getHost(), response.status()));
        } catch (ProviderException e) {
            return new Outcome.Failed(String.valueOf(e.getMessage()));
        }
    }

    private static Outcome newest(byte[] document) {
        try {
            JsonNode tree = new ObjectMapper().readTree(document);
            String version = tree.path("version").asText(tree.path("tag_name").asText(""));
            String page = tree.path("url").asText("");
            String shown = tree.path("html_url").asText(page);
            if (Release.isVersion(version)) {
                return new Outcome.Newest(
                        Release.bare(version), shown.startsWith("https://") ? shown : null);
            }
        } catch (IOException _) {
            // Told below: it is not what is looked for.
        }
        return new Outcome.Failed(
                "what it answers names no version; check [updates] url in config.toml");
    }
}
