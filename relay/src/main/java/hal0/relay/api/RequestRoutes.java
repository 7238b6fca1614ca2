package hal0.relay.api;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.home.ledger.RowColumns;
import hal0.providers.price.Price;
import hal0.relay.control.RequestInfo;
import hal0.relay.control.RequestJson;
import hal0.relay.control.Requests;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/requests`: what is asked of models now and was lately, one by one; what tokens cost, and
/// what may be spent.
public final class RequestRoutes implements RouteFamily {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final Requests requests;

    public RequestRoutes(Requests requests) {
        this.requests = requests;
    }

    @Override
    public List<Route> routes() {
        String invalid = "validation.invalid 422";
        return List.of(
                new Route("GET", "/api/requests", Route.Access.ADMIN, this::list)
                        .about(
                                About.of(
                                                "Requests under way, then those that are over, newest first.")
                                        .query(
                                                Field.whole(
                                                        "limit", "At most 1000; 100 by default."),
                                                Field.text("id", "Only the one of this id."))
                                        .answer(200, About.Form.LIST, fields())
                                        .errors(invalid)),
                new Route("GET", "/api/price", Route.Access.ADMIN, this::price)
                        .about(
                                About.of("What a model costs by the list that holds for it.")
                                        .query(
                                                Field.text("provider", "Its provider."),
                                                Field.text("model", "As the provider calls it."))
                                        .answer(
                                                usd("input_per_1m"),
                                                usd("output_per_1m"),
                                                usd("cached_input_per_1m"),
                                                usd("cache_write_per_1m"),
                                                usd("cache_write_1h_per_1m"))
                                        .errors(invalid)),
                new Route("GET", "/api/budget", Route.Access.ADMIN, this::budget)
                        .about(
                                About.of("What may be spent; 0 is no limit.")
                                        .answer(
                                                Field.number("turn_usd", "In one turn."),
                                                Field.number("session_usd", "In one session."),
                                                Field.number("day_usd", "In one day."))));
    }

    private static Field usd(String name) {
        return Field.number(name, "USD per million tokens.").orNull();
    }

    private static List<Field> fields() {
        return List.of(
                Field.text("id", "Its id, which the client may have chosen."),
                Field.text("at", "When it came, as ISO 8601."),
                Field.text("client", "Who asks."),
                Field.text("session", "The session that it belongs to.").orNull(),
                Field.text("protocol", "By which it was asked."),
                Field.text("requested_model", "The model as the client names it."),
                Field.flag("streamed", "Whether it is answered in pieces."),
                Field.whole("running_ms", "How long it takes, so far."),
                Field.text("route", "How its name was resolved; empty where nobody remembers."),
                Field.texts("targets", "Where it may go, in this order."),
                Field.texts("fetched", "Providers whose lists were fetched for it."),
                Field.list(
                        "tries",
                        "What was tried.",
                        Field.text("target", "Provider and model."),
                        Field.whole("ms", "How long; null while it is under way.").orNull(),
                        Field.whole("first_token_ms", "Until something came.").orNull(),
                        Field.text("error", "Why it failed.").orNull()),
                Field.whole("head_us", "The relay's own time until the answer began.").orNull(),
                Field.any(
                        "row",
                        "What the ledger has of it (%s); null while it is under way."
                                .formatted(String.join(", ", RowColumns.names()))));
    }

    private void list(Exchange exchange, String rest) {
        @Nullable String id = exchange.query("id");
        List<RequestInfo> found =
                id == null
                        ? requests.latest(limit(exchange.query("limit")))
                        : requests.find(id).map(List::of).orElse(List.of());
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (RequestInfo request : found) {
                        RequestJson.write(json, request);
                    }
                    json.writeEndArray();
                }));
    }

    private static int limit(@Nullable String given) {
        if (given == null) {
            return USUAL;
        }
        if (given.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(given);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        }
        throw RelayException.invalid(
                List.of(
                        new RelayException.Field(
                                "limit", "it is a whole number from 1 to " + MOST)));
    }

    private void price(Exchange exchange, String rest) {
        List<RelayException.Field> problems = new ArrayList<>();
        String provider = needed(exchange, "provider", problems);
        String model = needed(exchange, "model", problems);
        if (!problems.isEmpty()) {
            throw RelayException.invalid(problems);
        }
        Price price = requests.price(provider, model);
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    amount(json, "input_per_1m", price.input());
                    amount(json, "output_per_1m", price.output());
                    amount(json, "cached_input_per_1m", price.cachedInput());
                    amount(json, "cache_write_per_1m", price.cacheWrite());
                    amount(json, "cache_write_1h_per_1m", price.cacheWrite1h());
                    json.writeEndObject();
                }));
    }

    private static String needed(
            Exchange exchange, String name, List<RelayException.Field> problems) {
        @Nullable String given = exchange.query(name);
        if (given == null) {
            problems.add(new RelayException.Field(name, "it is needed"));
            return "";
        }
        return given;
    }

    private void budget(Exchange exchange, String rest) {
        Requests.Limits budget = requests.budget();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeNumberField("turn_usd", budget.turn());
                    json.writeNumberField("session_usd", budget.session());
                    json.writeNumberField("day_usd", budget.day());
                    json.writeEndObject();
                }));
    }

    private static void amount(JsonGenerator json, String name, @Nullable BigDecimal usd)
            throws IOException {
        if (usd == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, usd);
        }
    }
}
