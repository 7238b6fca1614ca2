package hal0.providers.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.home.IoReason;
import hal0.home.error.ErrorKind;
import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.dialect.Json;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Fetches a newer catalog: a document such as models.dev's `api.json`, `{PROVIDER: {"models": {ID:
/// {…}}}}`.
///
/// **Shape** the last good one stays until a whole and readable one has come, and is replaced at
/// once; the server is told which one there is, so that an unchanged one is not sent again.
/// **Threads** any; blocks for a minute at most.
public final class CatalogRefresh {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final long LARGEST = 32L * 1024 * 1024;

    private final Transport transport;
    private final ModelCatalog catalog;
    private final InstantSource clock;

    public CatalogRefresh(Transport transport, ModelCatalog catalog, InstantSource clock) {
        this.transport = transport;
        this.catalog = catalog;
        this.clock = clock;
    }

    /// What came of it.
    public sealed interface Outcome {
        record Replaced(int models) implements Outcome {}

        /// The server says that nothing has changed since.
        record Unchanged() implements Outcome {}

        /// **Shape** `message` is fit to be shown; the last good catalog is still in use.
        record Failed(ErrorKind kind, String message) implements Outcome {}
    }

    /// Fetches from `url`, once.
    public Outcome from(URI url) {
        Optional<RefreshedCatalog.Origin> before =
                catalog.refreshed()
                        .origin(catalog.today())
                        .filter(origin -> origin.url().equals(url.toString()));
        Headers.Builder headers = Headers.builder().set("Accept", "application/json");
        before.map(RefreshedCatalog.Origin::etag)
                .ifPresent(tag -> headers.set("If-None-Match", tag));
        Provider server =
                Provider.builder("models.catalog_url", Protocol.OPENAI, url)
                        .auth(new Auth.None())
                        .timeouts(new Timeouts(CONNECT, PATIENCE, PATIENCE, PATIENCE))
                        .build();
        UpstreamRequest request =
                new UpstreamRequest(server, "", "GET", url, headers.build(), null, false);
        try (UpstreamResponse response = transport.send(request, new CancelToken())) {
            return taken(url, response, before.isPresent());
        } catch (ProviderException e) {
            return new Outcome.Failed(e.kind(), String.valueOf(e.getMessage()));
        }
    }

    private Outcome taken(URI url, UpstreamResponse response, boolean asked) {
        if (response.status() == 304 && asked) {
            return new Outcome.Unchanged();
        }
        if (response.status() != 200) {
            return new Outcome.Failed(
                    ErrorKind.REJECTED,
                    "%s answered %d. Check catalog_url in [models]"
                            .formatted(shown(url), response.status()));
        }
        byte[] body = response.decoded().readAll(LARGEST);
        List<Section> sections;
        try {
            sections = parse(body);
        } catch (IOException e) {
            return new Outcome.Failed(
                    ErrorKind.BAD_STREAM,
                    "%s answered something that is not a catalog like models.dev/api.json. Check catalog_url in [models]"
                            .formatted(shown(url)));
        }
        return kept(url, response.headers().find("ETag").orElse(null), sections);
    }

    private Outcome kept(URI url, @Nullable String etag, List<Section> sections) {
        try {
            catalog.refreshed()
                    .write(
                            new RefreshedCatalog.Origin(url.toString(), etag, clock.instant()),
                            sections);
        } catch (IOException e) {
            return new Outcome.Failed(
                    ErrorKind.INTERNAL, "the catalog cannot be kept: " + IoReason.of(e));
        }
        return new Outcome.Replaced(
                sections.stream().collect(Collectors.summingInt(s -> s.models().size())));
    }

    /// The sections of vendors that hal0 knows; half a document is none.
    private List<Section> parse(byte[] body) throws IOException {
        List<Section> sections = new ArrayList<>();
        try (JsonParser p = Json.parser(body, 0, body.length)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String id = p.currentName();
                p.nextToken();
                Optional<Vendor> vendor =
                        Vendor.ALL.stream().filter(v -> v.otherId().equals(id)).findFirst();
                if (vendor.isPresent()) {
                    sections.add(SectionReader.read(p, vendor.get().id(), catalog.today()));
                } else {
                    p.skipChildren();
                }
            }
            if (p.currentToken() != JsonToken.END_OBJECT || sections.isEmpty()) {
                throw new IOException("no section of use");
            }
        }
        return sections;
    }

    /// Without what may hold a key.
    private static String shown(URI url) {
        return url.getScheme() + "://" + url.getAuthority() + url.getPath();
    }
}
