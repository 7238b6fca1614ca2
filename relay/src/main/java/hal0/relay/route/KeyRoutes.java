package hal0.relay.route;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.guard.BodyLimit;
import hal0.relay.guard.Scope;
import hal0.relay.key.KeyControl;
import hal0.relay.key.KeyInfo;
import hal0.relay.key.KeyJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `/api/keys`: the relay's own keys, which are told once and never shown again.
public final class KeyRoutes implements RouteFamily {
    private static final BodyLimit LIMIT = new BodyLimit(1024 * 1024);

    private static final Field SCOPE =
            Field.text("scope", "What it opens; client by default.")
                    .oneOf(Arrays.stream(Scope.values()).map(Scope::word).toList());
    private static final Field MODELS =
            Field.strings("models", "Patterns of models that it may ask for; none is all.")
                    .orNull();
    private static final Field RPM = Field.whole("rpm", "Requests a minute.").orNull();
    private static final Field TPM = Field.whole("tpm", "Tokens a minute.").orNull();
    private static final Field BUDGET = Field.number("budget_usd", "In all, in USD.").orNull();
    private static final List<Field> NEW =
            List.of(
                    Field.text("name", "Letters, digits, and - _ . @.").must(),
                    SCOPE,
                    MODELS,
                    RPM,
                    TPM,
                    BUDGET,
                    Field.flag("launch", "Whether it is for one run of a tool only."));
    private static final List<Field> CHANGE = List.of(SCOPE, MODELS, RPM, TPM, BUDGET);
    private static final Field[] KEY = {
        Field.text("id", "Says nothing of the key.").must(),
        Field.text("name", "For people.").must(),
        Field.text("key", "The key itself, only where it was just made."),
        Field.text("hint", "Its last characters.").must(),
        SCOPE.must(),
        MODELS.must(),
        RPM.must(),
        TPM.must(),
        BUDGET.must(),
        Field.flag("launch", "Whether it is for one run of a tool only.").must(),
        Field.number("spent_usd", "So far; null where that cannot be told.").orNull().must(),
        Field.text("created_at", "As ISO 8601.").must(),
        Field.text("last_used_at", "Null before its first use.").orNull().must(),
        Field.text("revoked_at", "Null while it is in use.").orNull().must()
    };

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
                                        .answer(200, About.Form.LIST, List.of(KEY))),
                new Route("POST", "/api/keys", Route.Access.ADMIN, this::create)
                        .about(
                                About.of("Makes a key; its value is told this once.")
                                        .body(NEW)
                                        .answer(201, About.Form.OBJECT, List.of(KEY))
                                        .errors("key.exists 409", invalid)),
                new Route("PATCH", "/api/keys/{key}", Route.Access.ADMIN, this::change)
                        .about(
                                About.of("Changes what a key opens and how much.")
                                        .body(CHANGE)
                                        .answer(KEY)
                                        .errors(missing, invalid)),
                new Route("DELETE", "/api/keys/{key}", Route.Access.ADMIN, this::revoke)
                        .about(
                                About.of(
                                                "Revokes a key, or with forget=true takes it out of the list.")
                                        .query(Field.flag("forget", "Whether nothing stays of it."))
                                        .answer(KEY)
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
