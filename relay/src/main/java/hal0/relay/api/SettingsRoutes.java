package hal0.relay.api;

import hal0.home.config.Setting;
import hal0.relay.control.Audit;
import hal0.relay.control.Configured;
import hal0.relay.control.SettingJson;
import hal0.relay.control.SettingsEdit;
import hal0.relay.error.Json;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/api/settings`: what the configuration says, and changes of `config.toml`.
public final class SettingsRoutes implements RouteFamily {
    private static final List<Field> CHANGE =
            List.of(
                    Field.any(
                                    "values",
                                    "An object: dotted keys of config.toml with their new values; null takes one out.")
                            .must());

    private final Configured configured;
    private final Audit audit;
    private final Supplier<byte[]> schema;

    /// `schema` is that of `config.toml`.
    public SettingsRoutes(Configured configured, Audit audit, Supplier<byte[]> schema) {
        this.configured = configured;
        this.audit = audit;
        this.schema = schema;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/api/settings", Route.Access.ADMIN, this::list)
                        .about(
                                About.of(
                                                "Every key of config.toml and upstreams.toml, secrets masked.")
                                        .answer(200, About.Form.LIST, fields())),
                new Route("GET", "/api/settings/schema", Route.Access.ADMIN, this::schema)
                        .about(
                                About.of(
                                                "config.toml as a JSON Schema (2020-12); x-applies says"
                                                        + " when a change of a key takes effect.")
                                        .answer(
                                                Field.text("$schema", "2020-12.").must(),
                                                Field.text("title", "What it describes.").must(),
                                                Field.any("properties", "The tables.").must())),
                new Route("PUT", "/api/settings", Route.Access.ADMIN, this::change)
                        .about(
                                About.of("Changes keys of config.toml; comments and order stay.")
                                        .body(CHANGE)
                                        .answer(200, About.Form.LIST, fields())
                                        .errors("upstream.invalid 400", "validation.invalid 422")));
    }

    private static List<Field> fields() {
        return List.of(
                Field.text("key", "Its dotted path."),
                Field.text("value", "As TOML writes it; empty where nothing is set."),
                Field.text("default", "What holds where nothing is set; empty for nothing."),
                Field.text("form", "What may stand there.")
                        .oneOf(
                                List.of(
                                        "flag", "whole", "number", "text", "choice", "texts",
                                        "numbers", "secret")),
                Field.texts("choices", "The words of a choice."),
                Field.number("min", "The smallest number."),
                Field.number("max", "The largest whole number."),
                Field.text("source", "Where it stands, or default."),
                Field.text("applies", "When a change takes effect.")
                        .oneOf(List.of("live", "restart")));
    }

    private void list(Exchange exchange, String rest) {
        List<Setting> all = configured.shown();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (Setting setting : all) {
                        SettingJson.write(json, setting);
                    }
                    json.writeEndArray();
                }));
    }

    private void schema(Exchange exchange, String rest) {
        exchange.sendJson(200, schema.get());
    }

    private void change(Exchange exchange, String rest) {
        JsonBody body = JsonBody.of(exchange, CHANGE);
        Map<String, @Nullable Object> values = body.flat("values");
        new SettingsEdit(configured, audit.by(exchange.principal().name())).change(values);
        list(exchange, rest);
    }
}
