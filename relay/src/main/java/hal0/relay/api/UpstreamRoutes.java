package hal0.relay.api;

import hal0.providers.message.Protocol;
import hal0.providers.probe.KeyState;
import hal0.providers.probe.Reach;
import hal0.providers.probe.Verdict;
import hal0.relay.control.FactJson;
import hal0.relay.control.LocalUpstreams;
import hal0.relay.control.ProviderFacts;
import hal0.relay.control.TrialJson;
import hal0.relay.control.UpstreamStatus;
import hal0.relay.control.UpstreamStatuses;
import hal0.relay.control.UpstreamTrial;
import hal0.relay.control.Upstreams;
import hal0.relay.error.Json;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `/api/upstreams` and `/api/providers`: looking at providers, declaring and trying them.
public final class UpstreamRoutes implements RouteFamily {
    /// The field of both that is no key of a declaration.
    public static final String CONFIRM = "confirm_key_origin";

    private static final List<String> PROTOCOLS =
            Arrays.stream(Protocol.values()).map(Protocol::shortName).toList();

    private static final List<String> STYLES =
            List.of("bearer", "anthropic", "x-api-key", "header", "google_query", "none");

    /// The keys of an `[[upstream]]` but for its name.
    private static final List<Field> KEYS =
            List.of(
                    Field.text("kind", "What it is; slots declare themselves.")
                            .oneOf(List.of("remote")),
                    Field.text("url", "Where it is, with its /v1 where it has one."),
                    Field.text("protocol", "What it speaks.").oneOf(PROTOCOLS),
                    Field.text("auth_style", "How its key is sent.").oneOf(STYLES),
                    Field.text("auth_header", "The header of the style \"header\"."),
                    Field.texts("auth_value_env", "The variable that holds its key, or several."),
                    Field.number("timeout_seconds", "For a whole answer."),
                    Field.flag("advertise_models", "Whether its models are listed."),
                    Field.flag("enabled", "Whether it is routed to."),
                    Field.object(
                            "model_filters",
                            "Which of its models are listed; exclude wins.",
                            Field.texts("include", "Patterns such as anthropic/*."),
                            Field.texts("exclude", "Patterns.")));

    private static final Field CONFIRMED =
            Field.flag(CONFIRM, "That a variable of another origin may be sent to this one.");

    /// Of a new one.
    public static final List<Field> NEW = newFields();

    /// Of a change.
    public static final List<Field> CHANGE = changeFields();

    private static final Field[] STATUS = {
        Field.text("name", "Its name."),
        Field.text("kind", "What it is.").oneOf(List.of("remote", "slot")),
        Field.text("url", "Where it is."),
        Field.text("protocol", "What it speaks."),
        Field.text("auth_style", "How its key is sent."),
        Field.texts("auth_value_env", "The variables that may hold its key."),
        Field.flag("auth_configured", "Whether it has what it needs."),
        Field.text("key_state", "SET, MISSING or NOT_NEEDED."),
        Field.flag("enabled", "Whether it is routed to."),
        Field.flag("local", "Whether it costs nothing."),
        Field.flag("advertise_models", "Whether its models are listed."),
        Field.whole("models_count", "How many are known.").orNull(),
        Field.text("breaker", "closed, open or half-open."),
        Field.text("last_error", "Why it could not be used last.").orNull(),
        Field.text("source", "Where it is declared."),
        Field.text("problem", "Why its declaration cannot be used.").orNull()
    };

    private static final Field[] FACT = {
        Field.text("key", "As config.toml has it."),
        Field.any("value", "Null where it is not known; secrets are masked."),
        Field.text("origin", "A place in a file, preset or default.")
    };

    private final LocalUpstreams upstreams;

    public UpstreamRoutes(LocalUpstreams upstreams) {
        this.upstreams = upstreams;
    }

    private static <T> List<String> words(T[] all, Function<T, String> word) {
        return Arrays.stream(all).map(word).toList();
    }

    private static List<Field> newFields() {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.text("name", "Small letters, digits, - and _, at most 64.").must());
        fields.addAll(KEYS);
        fields.add(CONFIRMED);
        return List.copyOf(fields);
    }

    private static List<Field> changeFields() {
        List<Field> fields = new ArrayList<>();
        KEYS.forEach(field -> fields.add(field.orNull()));
        fields.add(CONFIRMED);
        return List.copyOf(fields);
    }

    @Override
    public List<Route> routes() {
        About list = About.of("Every provider.").answer(200, About.Form.LIST, List.of(STATUS));
        String invalid = "validation.invalid 422";
        return List.of(
                new Route("GET", "/api/providers", Route.Access.ADMIN, this::remote).about(list),
                new Route("GET", "/api/upstreams", Route.Access.ADMIN, this::list).about(list),
                new Route("GET", "/api/upstreams/{name}", Route.Access.ADMIN, this::one)
                        .about(
                                About.of("One provider.")
                                        .answer(STATUS)
                                        .errors("upstream.not_found 404")),
                new Route("GET", "/api/upstreams/{name}/facts", Route.Access.ADMIN, this::facts)
                        .about(
                                About.of(
                                                "All that holds for a provider and where each value comes from.")
                                        .answer(200, About.Form.LIST, List.of(FACT))
                                        .errors("upstream.not_found 404")),
                new Route("POST", "/api/upstreams", Route.Access.ADMIN, this::add)
                        .about(
                                About.of(
                                                "Declares a provider in upstreams.toml; it is used at once.")
                                        .body(NEW)
                                        .answer(201, About.Form.OBJECT, List.of(STATUS))
                                        .errors(
                                                "upstream.invalid 400",
                                                "upstream.already_exists 409",
                                                "upstream.key_origin 409",
                                                invalid)),
                new Route("PATCH", "/api/upstreams/{name}", Route.Access.ADMIN, this::change)
                        .about(
                                About.of("Changes what upstreams.toml says of a provider.")
                                        .body(CHANGE)
                                        .answer(STATUS)
                                        .errors(
                                                "upstream.invalid 400",
                                                "upstream.protected 400",
                                                "upstream.not_found 404",
                                                "upstream.key_origin 409",
                                                invalid)),
                new Route("DELETE", "/api/upstreams/{name}", Route.Access.ADMIN, this::remove)
                        .about(
                                About.of("Takes a provider out of upstreams.toml.")
                                        .answer(Field.text("removed", "Its name."))
                                        .errors(
                                                "upstream.invalid 400",
                                                "upstream.protected 400",
                                                "upstream.not_found 404")),
                new Route("POST", "/api/upstreams/{name}/test", Route.Access.ADMIN, this::test)
                        .about(
                                About.of("Calls a provider without asking a model.")
                                        .query(
                                                Field.flag(
                                                        "chosen",
                                                        "False where its absence is no failure: nobody declared it or set its key."))
                                        .answer(
                                                Field.flag("ok", "Whether it can be used."),
                                                Field.text("verdict", "What it comes to.")
                                                        .oneOf(
                                                                words(
                                                                        Verdict.values(),
                                                                        Verdict::word)),
                                                Field.text("reach", "How far the call got.")
                                                        .oneOf(words(Reach.values(), Reach::word)),
                                                Field.whole("status", "Of its answer.").orNull(),
                                                Field.whole("latency_ms", "Of its answer.")
                                                        .orNull(),
                                                Field.whole("models_count", "That it lists.")
                                                        .orNull(),
                                                Field.text("key", "What is known of its key.")
                                                        .oneOf(
                                                                words(
                                                                        KeyState.values(),
                                                                        KeyState::word)),
                                                Field.text("error", "What is wrong.").orNull())
                                        .errors("upstream.not_found 404")));
    }

    private Upstreams by(Exchange exchange) {
        return upstreams.by(exchange.principal().name());
    }

    private void list(Exchange exchange, String rest) {
        send(exchange, upstreams.all());
    }

    /// Slots are looked at in their own place.
    private void remote(Exchange exchange, String rest) {
        send(exchange, upstreams.all().stream().filter(s -> !UpstreamStatuses.isSlot(s)).toList());
    }

    private static void send(Exchange exchange, List<UpstreamStatus> all) {
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (UpstreamStatus status : all) {
                        UpstreamStatuses.write(json, status);
                    }
                    json.writeEndArray();
                }));
    }

    private void one(Exchange exchange, String name) {
        send(exchange, 200, upstreams.one(PathName.decoded(name)));
    }

    private void add(Exchange exchange, String rest) {
        JsonBody body = JsonBody.of(exchange, NEW);
        send(exchange, 201, by(exchange).add(keys(body), body.flag(CONFIRM)));
    }

    private void change(Exchange exchange, String name) {
        JsonBody body = JsonBody.of(exchange, CHANGE);
        UpstreamStatus changed =
                by(exchange).change(PathName.decoded(name), keys(body), body.flag(CONFIRM));
        send(exchange, 200, changed);
    }

    private static void send(Exchange exchange, int code, UpstreamStatus status) {
        exchange.sendJson(code, Json.bytes(json -> UpstreamStatuses.write(json, status)));
    }

    /// What goes into the file: one pattern is a list of one there.
    public static Map<String, @Nullable Object> keys(JsonBody body) {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>(body.values());
        keys.remove(CONFIRM);
        if (keys.get("model_filters") instanceof Map<?, ?> filters) {
            Map<String, Object> lists = new LinkedHashMap<>();
            filters.forEach((name, patterns) ->
                    lists.put(
                            String.valueOf(name),
                            patterns instanceof String one
                                    ? List.of(one)
                                    : Objects.requireNonNull(patterns)));
            keys.put("model_filters", lists);
        }
        return keys;
    }

    private void remove(Exchange exchange, String encoded) {
        String name = PathName.decoded(encoded);
        by(exchange).remove(name);
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("removed", name);
                    json.writeEndObject();
                }));
    }

    private void test(Exchange exchange, String name) {
        boolean chosen = QueryFlag.of(exchange, "chosen", true);
        UpstreamTrial trial = by(exchange).test(PathName.decoded(name), chosen, exchange.cancel());
        exchange.sendJson(200, Json.bytes(json -> TrialJson.write(json, trial)));
    }

    private void facts(Exchange exchange, String name) {
        List<ProviderFacts.Fact> facts = upstreams.facts(PathName.decoded(name));
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (ProviderFacts.Fact fact : facts) {
                        FactJson.write(json, fact);
                    }
                    json.writeEndArray();
                }));
    }
}
