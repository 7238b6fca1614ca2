package hal0.relay.api;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.catalog.CatalogRefresh.Outcome;
import hal0.providers.catalog.ModelCatalog;
import hal0.relay.control.Audit;
import hal0.relay.control.CatalogControl;
import hal0.relay.error.Json;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.io.IOException;
import java.util.List;

/// `/api/models/catalog`: limits and prices that are known of models without asking anybody.
public final class CatalogRoutes implements RouteFamily {
    private static final String PATH = "/api/models/catalog";

    private final CatalogControl catalog;
    private final Audit audit;

    public CatalogRoutes(CatalogControl catalog, Audit audit) {
        this.catalog = catalog;
        this.audit = audit;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", PATH, Route.Access.ADMIN, this::list)
                        .about(
                                About.of("Of how many models of each provider facts are known.")
                                        .answer(
                                                200,
                                                About.Form.LIST,
                                                List.of(
                                                        Field.text("provider", "Its name.").must(),
                                                        Field.whole("models", "That are known.")
                                                                .must(),
                                                        Field.whole(
                                                                        "priced",
                                                                        "Of which the price is known.")
                                                                .must(),
                                                        Field.text("as_of", "From when that is.")
                                                                .orNull(),
                                                        Field.text(
                                                                        "refreshed_at",
                                                                        "When newer facts were fetched.")
                                                                .orNull(),
                                                        Field.strings(
                                                                "sources", "Where it is from.")))),
                new Route("POST", PATH, Route.Access.ADMIN, this::refresh)
                        .about(
                                About.of(
                                                "Fetches newer facts from catalog_url in [models] of config.toml.")
                                        .answer(
                                                Field.text("outcome", "What came of it.")
                                                        .oneOf(
                                                                List.of(
                                                                        "replaced",
                                                                        "unchanged",
                                                                        "failed"))
                                                        .must(),
                                                Field.whole("models", "How many came.").orNull(),
                                                Field.text("kind", "Of the failure.").orNull(),
                                                Field.text(
                                                                "message",
                                                                "Why it failed; what was known still is.")
                                                        .orNull())
                                        .errors("catalog.no_url 400")));
    }

    private void list(Exchange exchange, String rest) {
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (ModelCatalog.Summary summary : catalog.summaries()) {
                        write(json, summary);
                    }
                    json.writeEndArray();
                }));
    }

    private static void write(JsonGenerator json, ModelCatalog.Summary summary) throws IOException {
        json.writeStartObject();
        json.writeStringField("provider", summary.provider());
        json.writeNumberField("models", summary.models());
        json.writeNumberField("priced", summary.priced());
        json.writeStringField("as_of", summary.asOf());
        json.writeStringField(
                "refreshed_at",
                summary.refreshedAt() == null ? null : summary.refreshedAt().toString());
        json.writeArrayFieldStart("sources");
        for (String source : summary.sources()) {
            json.writeString(source);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void refresh(Exchange exchange, String rest) {
        Outcome outcome = catalog.refresh();
        if (outcome instanceof Outcome.Replaced) {
            audit.by(exchange.principal().name()).done("catalog.refreshed", "models");
        }
        exchange.sendJson(200, Json.bytes(json -> write(json, outcome)));
    }

    private static void write(JsonGenerator json, Outcome outcome) throws IOException {
        json.writeStartObject();
        switch (outcome) {
            case Outcome.Replaced(int models) -> {
                json.writeStringField("outcome", "replaced");
                json.writeNumberField("models", models);
            }
            case Outcome.Unchanged() -> json.writeStringField("outcome", "unchanged");
            case Outcome.Failed(var kind, String message) -> {
                json.writeStringField("outcome", "failed");
                json.writeStringField("kind", kind.name());
                json.writeStringField("message", message);
            }
        }
        json.writeEndObject();
    }
}
