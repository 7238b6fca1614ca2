package hal0.relay.api;

import hal0.providers.Secret;
import hal0.relay.control.LocalUpstreams;
import hal0.relay.error.Json;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.util.List;

/// `/api/providers/…/credentials`: the values of keys go in, and never come out.
public final class CredentialRoutes implements RouteFamily {
    private static final List<Field> KEY =
            List.of(
                    Field.text("key", "The name of the variable, one that the provider reads.")
                            .must(),
                    Field.text("value", "The key itself.").must());

    private final LocalUpstreams upstreams;

    public CredentialRoutes(LocalUpstreams upstreams) {
        this.upstreams = upstreams;
    }

    @Override
    public List<Route> routes() {
        String path = "/api/providers/{name}/credentials";
        return List.of(
                new Route("POST", path, Route.Access.ADMIN, this::set)
                        .about(
                                About.of("Writes a key to api.env; it is used at once.")
                                        .body(KEY)
                                        .answer(
                                                Field.text("key", "The variable."),
                                                Field.text("value", "Always ***REDACTED***."),
                                                Field.text("hint", "What to do next."))
                                        .errors(
                                                "provider.credential_mismatch 400",
                                                "upstream.invalid 400",
                                                "upstream.not_found 404",
                                                "validation.invalid 422")),
                new Route("DELETE", path, Route.Access.ADMIN, this::remove)
                        .about(
                                About.of("Takes a key out of api.env.")
                                        .query(
                                                Field.text(
                                                        "variable",
                                                        "Which of its variables; the first one by default."))
                                        .answer(Field.flag("removed", "Whether there was one."))
                                        .errors(
                                                "provider.credential_mismatch 400",
                                                "upstream.not_found 404")));
    }

    private void set(Exchange exchange, String name) {
        JsonBody body = JsonBody.of(exchange, KEY);
        String provider = PathName.decoded(name);
        String variable = body.text("key");
        upstreams
                .by(exchange.principal().name())
                .setCredential(provider, variable, new Secret(body.text("value")));
        exchange.set("Cache-Control", "no-store");
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("key", variable);
                    json.writeStringField("value", "***REDACTED***");
                    json.writeStringField(
                            "hint", "try it with POST /api/upstreams/" + provider + "/test");
                    json.writeEndObject();
                }));
    }

    private void remove(Exchange exchange, String name) {
        String provider = PathName.decoded(name);
        String named = exchange.query("variable");
        String variable = named == null ? first(provider) : named;
        boolean removed =
                upstreams.by(exchange.principal().name()).removeCredential(provider, variable);
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeBooleanField("removed", removed);
                    json.writeEndObject();
                }));
    }

    /// Empty where it reads none.
    private String first(String provider) {
        List<String> names = upstreams.one(provider).keyNames();
        return names.isEmpty() ? "" : names.getFirst();
    }
}
