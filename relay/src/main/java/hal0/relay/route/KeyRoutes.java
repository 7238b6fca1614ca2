package hal0.relay.route;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.guard.BodyLimit;
import hal0.relay.key.KeyControl;
import hal0.relay.key.KeyInfo;
import hal0.relay.key.KeyJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// `/api/keys`: the relay's own keys, which are told once and never shown again.
public final class KeyRoutes implements RouteFamily {
    private static final BodyLimit LIMIT = new BodyLimit(1024 * 1024);

    private final KeyControl keys;

    public KeyRoutes(KeyControl keys) {
        this.keys = keys;
    }

    @Override
    public List<Route> routes() {
        String missing = "key.not_found 404";
        String invalid = "validation.invalid 422";
        return List.of(
                new Route("GET", "/api/keys", Route.Access.ADMIN, this::list)
                        .about(
                                About.of("Every key of the relay's own, without its value.")
                                        .answer(200, About.Form.LIST, List.of())),
                new Route("POST", "/api/keys", Route.Access.ADMIN, this::create)
                        .about(
                                About.of("Makes a key; its value is told this once.")
                                        .answer(201, About.Form.OBJECT, List.of())
                                        .errors(invalid)),
                new Route("PATCH", "/api/keys/{key}", Route.Access.ADMIN, this::change)
                        .about(
                                About.of("Changes what a key opens and how much.")
                                        .errors(missing, invalid)),
                new Route("DELETE", "/api/keys/{key}", Route.Access.ADMIN, this::revoke)
                        .about(
                                About.of(
                                                "Revokes a key, or with forget=true takes it out of the list.")
                                        .query(Field.flag("forget", "Whether nothing stays of it."))
                                        .errors(missing)));
    }

    private void list(Exchange exchange, String rest) {
        List<KeyInfo> all = keys.list();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (KeyInfo key : all) {
                        KeyJson.write(json, key, null);
                    }
                    json.writeEndArray();
                }));
    }

    private void create(Exchange exchange, String rest) {
        JsonNode body = KeyJson.object(exchange.body(LIMIT));
        List<RelayException.Field> faults = new ArrayList<>();
        KeyControl.Wish wish = KeyJson.wish(body, faults);
        if (!faults.isEmpty()) {
            throw RelayException.invalid(faults);
        }
        KeyControl.Made made = by(exchange).create(wish);
        // A proxy or browser that keeps answers would keep the key.
        exchange.set("Cache-Control", "no-store");
        exchange.sendJson(201, Json.bytes(json -> KeyJson.write(json, made.info(), made.key())));
    }

    private void change(Exchange exchange, String rest) {
        String id = decoded(rest);
        JsonNode body = KeyJson.object(exchange.body(LIMIT));
        KeyInfo old =
                keys.list().stream()
                        .filter(key -> key.id().equals(id) || key.name().equals(id))
                        .filter(key -> !key.isRevoked())
                        .findFirst()
                        .orElseThrow(() ->
                                RelayException.of(
                                        404,
                                        "key.not_found",
                                        "there is no key \"%s\" that is in use".formatted(id)));
        List<RelayException.Field> faults = new ArrayList<>();
        KeyControl.Wish wish = KeyJson.changed(body, old, faults);
        if (!faults.isEmpty()) {
            throw RelayException.invalid(faults);
        }
        KeyInfo changed = by(exchange).change(old.id(), wish.scope(), wish.allowance());
        exchange.sendJson(200, Json.bytes(json -> KeyJson.write(json, changed, null)));
    }

    private void revoke(Exchange exchange, String rest) {
        String id = decoded(rest);
        boolean forget = exchange.parameters("forget").contains("true");
        KeyInfo gone = forget ? by(exchange).forget(id) : by(exchange).revoke(id);
        exchange.sendJson(200, Json.bytes(json -> KeyJson.write(json, gone, null)));
    }

    private KeyControl by(Exchange exchange) {
        return keys.by(exchange.principal().name());
    }

    private static String decoded(String rest) {
        try {
            return URLDecoder.decode(rest.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not an encoding: no key has that name.
            return rest;
        }
    }
}
