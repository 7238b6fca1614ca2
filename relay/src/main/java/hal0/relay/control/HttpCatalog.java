package hal0.relay.control;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.home.error.ErrorKind;
import hal0.providers.catalog.CatalogRefresh.Outcome;
import hal0.providers.catalog.ModelCatalog;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.Transport;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The catalog of another process, over its `/api/models/catalog`.
public final class HttpCatalog implements CatalogControl {
    private static final String PATH = "/api/models/catalog";

    private final RelayCalls relay;

    /// `address` and `token` are the relay's; no token where it needs none.
    public HttpCatalog(Transport transport, RequestBuilder requests, URI address, String token) {
        this.relay = new RelayCalls(transport, requests, address, token);
    }

    @Override
    public List<ModelCatalog.Summary> summaries() {
        List<ModelCatalog.Summary> all = new ArrayList<>();
        for (JsonNode row : relay.call("GET", PATH, null)) {
            all.add(summary(row));
        }
        return all;
    }

    private ModelCatalog.Summary summary(JsonNode row) {
        List<String> sources = new ArrayList<>();
        row.path("sources").forEach(source -> sources.add(source.asText()));
        try {
            return new ModelCatalog.Summary(
                    row.path("provider").asText(),
                    row.path("models").asInt(),
                    row.path("priced").asInt(),
                    row.path("as_of").asText(null),
                    row.hasNonNull("refreshed_at")
                            ? Instant.parse(row.path("refreshed_at").asText())
                            : null,
                    sources);
        } catch (DateTimeException e) {
            throw relay.unusable(PATH, e);
        }
    }

    @Override
    public Outcome refresh() {
        JsonNode told = relay.call("POST", PATH, null);
        return switch (told.path("outcome").asText()) {
            case "replaced" -> new Outcome.Replaced(told.path("models").asInt());
            case "unchanged" -> new Outcome.Unchanged();
            default -> new Outcome.Failed(kind(told), told.path("message").asText());
        };
    }

    private static ErrorKind kind(JsonNode told) {
        for (ErrorKind kind : ErrorKind.values()) {
            if (kind.name().equals(told.path("kind").asText())) {
                return kind;
            }
        }
        return ErrorKind.REJECTED;
    }
}
