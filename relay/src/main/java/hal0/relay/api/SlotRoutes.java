package hal0.relay.api;

import hal0.relay.control.LocalSlotControl;
import hal0.relay.control.SlotControl;
import hal0.relay.control.SlotInfo;
import hal0.relay.control.SlotJson;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.guard.BodyLimit;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import hal0.relay.slot.SlotErrors;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// `/api/slots`: defining slots and telling them what to do.
///
/// **Shape** an order is answered with the state that follows it at once, or with `wait` with the
/// one that comes of it.
public final class SlotRoutes implements RouteFamily {
    private static final String PATH = "/api/slots";
    private static final BodyLimit LIMIT = new BodyLimit(1024 * 1024);
    private static final byte[] NOTHING = {'{', '}'};

    private static final Field WAIT =
            Field.number("wait", "Seconds to wait for what comes of it, 3600 at most.");
    private static final List<Field> LOAD =
            List.of(Field.text("model", "Which; left out, the default one."));
    private static final List<Field> SWAP =
            List.of(
                    Field.text("model", "Which.").must(),
                    Field.flag(
                            "persist", "Whether it is the default from now on; true if left out."));

    private final LocalSlotControl slots;

    public SlotRoutes(LocalSlotControl slots) {
        this.slots = slots;
    }

    @Override
    public List<Route> routes() {
        String missing = "slot.not_found 404";
        String wrong = "slot.config_error 400";
        String invalid = "validation.invalid 422";
        return List.of(
                new Route("GET", PATH, Route.Access.CLIENT, this::list)
                        .about(
                                About.of("Every slot and its state.")
                                        .answer(200, About.Form.LIST, List.of(SlotFields.STATUS))),
                new Route("POST", PATH, Route.Access.ADMIN, this::create)
                        .about(
                                About.of("Defines a slot in slots/NAME.toml.")
                                        .body(SlotFields.NEW)
                                        .answer(201, About.Form.OBJECT, List.of(SlotFields.STATUS))
                                        .errors(wrong, "slot.already_exists 409", invalid)),
                new Route("GET", PATH + "/{name}", Route.Access.CLIENT, this::one)
                        .about(
                                About.of("One slot and its state.")
                                        .answer(SlotFields.STATUS)
                                        .errors(missing)),
                new Route("PUT", PATH + "/{name}", Route.Access.ADMIN, this::change)
                        .about(
                                About.of(
                                                "Changes the keys of a definition that are sent; null takes one away.")
                                        .body(SlotFields.TABLES)
                                        .answer(SlotFields.STATUS)
                                        .errors(missing, wrong, invalid)),
                new Route("DELETE", PATH + "/{name}", Route.Access.ADMIN, this::remove)
                        .about(
                                About.of("Takes a slot away; what runs is drained and ended.")
                                        .answer(Field.text("removed", "Its name."))
                                        .errors(missing)),
                order("load", "Loads a slot.", LOAD, this::load),
                order(
                        "unload",
                        "Unloads a slot, once its requests have ended.",
                        List.of(),
                        this::unload),
                order("restart", "Starts anew what serves a slot.", List.of(), this::restart),
                order("swap", "Puts another model in place of the loaded one.", SWAP, this::swap));
    }

    private static Route order(
            String word, String summary, List<Field> body, Route.Handler handler) {
        return new Route("POST", PATH + "/{name}/" + word, Route.Access.ADMIN, handler)
                .about(
                        About.of(summary)
                                .query(WAIT)
                                .body(body)
                                .answer(202, About.Form.OBJECT, List.of(SlotFields.STATUS))
                                .orDone(200)
                                .errors(
                                        "slot.not_found 404",
                                        "slot.illegal_transition 409",
                                        "slot.no_free_port 409",
                                        "slot.config_error 400",
                                        "slot.load_failed 502",
                                        "slot.crash_looping 503",
                                        "slot.runtime_unavailable 503",
                                        "validation.invalid 422"));
    }

    private SlotControl by(Exchange exchange) {
        return slots.by(exchange.principal().name());
    }

    private void list(Exchange exchange, String rest) {
        List<SlotInfo> all = slots.all();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (SlotInfo slot : all) {
                        SlotJson.write(json, slot);
                    }
                    json.writeEndArray();
                }));
    }

    private void one(Exchange exchange, String name) {
        send(exchange, 200, slots.one(PathName.decoded(name)));
    }

    static void send(Exchange exchange, int status, SlotInfo slot) {
        exchange.sendJson(status, Json.bytes(json -> SlotJson.write(json, slot)));
    }

    private void create(Exchange exchange, String rest) {
        JsonBody body = JsonBody.of(exchange, SlotFields.NEW);
        send(exchange, 201, by(exchange).create(body.text("name"), SlotFields.keys(body)));
    }

    private void change(Exchange exchange, String name) {
        JsonBody body = JsonBody.of(exchange, SlotFields.TABLES);
        send(exchange, 200, by(exchange).change(PathName.decoded(name), SlotFields.keys(body)));
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

    private void load(Exchange exchange, String name) {
        Map<String, @Nullable Object> body = body(exchange, LOAD);
        String model = body.get("model") instanceof String named ? named : null;
        order(exchange, name, (control, slot) -> control.load(slot, model));
    }

    private void unload(Exchange exchange, String name) {
        var _ = body(exchange, List.of());
        order(exchange, name, SlotControl::unload);
    }

    private void restart(Exchange exchange, String name) {
        var _ = body(exchange, List.of());
        order(exchange, name, SlotControl::restart);
    }

    private void swap(Exchange exchange, String name) {
        JsonBody body = JsonBody.of(sent(exchange), SWAP);
        boolean persist = !Boolean.FALSE.equals(body.values().get("persist"));
        order(exchange, name, (control, slot) -> control.swap(slot, body.text("model"), persist));
    }

    /// An order needs no body where it has nothing to say.
    private static byte[] sent(Exchange exchange) {
        byte[] body = exchange.body(LIMIT);
        return body.length == 0 ? NOTHING : body;
    }

    private static Map<String, @Nullable Object> body(Exchange exchange, List<Field> fields) {
        return JsonBody.of(sent(exchange), fields).values();
    }

    private void order(
            Exchange exchange, String encoded, BiFunction<SlotControl, String, SlotInfo> order) {
        Duration wait = Waiting.of(exchange);
        String name = PathName.decoded(encoded);
        SlotInfo at = order.apply(by(exchange), name);
        if (wait.isZero()) {
            send(exchange, 202, at);
            return;
        }
        SlotControl.Awaited awaited = slots.await(name, wait, exchange.cancel());
        if (awaited.slot().isFailed()) {
            throw failed(awaited.slot());
        }
        send(exchange, awaited.settled() ? 200 : 202, awaited.slot());
    }

    private static RelayException failed(SlotInfo slot) {
        boolean parked = Boolean.TRUE.equals(slot.extra().get("parked"));
        SlotProblem problem = parked ? SlotProblem.CRASH_LOOPING : SlotProblem.LOAD_FAILED;
        String message =
                slot.message().isEmpty()
                        ? "the slot \"%s\" could not be loaded".formatted(slot.name())
                        : slot.message();
        return SlotErrors.asAnswer(
                SlotException.of(problem, message)
                        .with(Map.of("slot", slot.name(), "state", slot.state())));
    }

    /// How long a request waits for what it asked for.
    static final class Waiting {
        private static final double MOST_SECONDS = 3600;

        private Waiting() {}

        static Duration of(Exchange exchange) {
            String text = exchange.query("wait");
            if (text == null) {
                return Duration.ZERO;
            }
            if (!text.matches("\\d{1,6}(\\.\\d{1,9})?")) {
                throw RelayException.invalid(
                        List.of(
                                new RelayException.Field(
                                        "wait", "it has to be a number of seconds")));
            }
            double seconds = Math.min(MOST_SECONDS, Double.parseDouble(text));
            return Duration.ofMillis((long) (seconds * 1000));
        }
    }
}
