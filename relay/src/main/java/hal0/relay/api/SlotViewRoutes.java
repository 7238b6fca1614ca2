package hal0.relay.api;

import hal0.home.ledger.Grouping;
import hal0.home.ledger.Tally;
import hal0.relay.control.LocalSlotControl;
import hal0.relay.control.Records;
import hal0.relay.control.SlotControl;
import hal0.relay.control.SlotInfo;
import hal0.relay.control.SlotJson;
import hal0.relay.control.SlotLaunch;
import hal0.relay.control.SlotLine;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/api/slots/NAME/…`: what there is to see of a slot.
public final class SlotViewRoutes implements RouteFamily {
    private static final String PATH = "/api/slots/{name}/";
    private static final int USUAL_LINES = 200;
    private static final int MOST_LINES = 5000;

    private static final Field LINES = Field.whole("lines", "200 by default, 5000 at most.");
    private static final Field[] LINE = {
        Field.text("at", "When, where anybody noted it.").orNull(),
        Field.flag("error", "Whether it was written to standard error."),
        Field.text("text", "The line.")
    };

    private final LocalSlotControl slots;
    private final Records records;
    private final SlotStreams streams;

    public SlotViewRoutes(LocalSlotControl slots, Records records, Duration quiet) {
        this.slots = slots;
        this.records = records;
        this.streams = new SlotStreams(slots, quiet);
    }

    @Override
    public List<Route> routes() {
        String missing = "slot.not_found 404";
        return List.of(
                new Route("GET", PATH + "state", Route.Access.CLIENT, this::state)
                        .about(
                                About.of("The state of a slot, or with wait the one it settles in.")
                                        .query(Field.number("wait", "Seconds, 3600 at most."))
                                        .answer(SlotFields.STATUS)
                                        .errors(missing)),
                new Route("GET", PATH + "logs", Route.Access.ADMIN, this::logs)
                        .about(
                                About.of("The last lines that its server wrote.")
                                        .query(LINES)
                                        .answer(Field.list("lines", "The oldest first.", LINE))
                                        .errors(missing, "validation.invalid 422")),
                new Route("GET", PATH + "resolved", Route.Access.ADMIN, this::resolved)
                        .about(
                                About.of(
                                                "The command line that loading it comes to, and whether what runs was started in another way.")
                                        .answer(
                                                Field.text("slot", "Its name."),
                                                Field.text("runtime", "What would run it."),
                                                Field.text("image", "Of what.").orNull(),
                                                Field.whole("port", "Where it would listen."),
                                                Field.text("model", "With which model.").orNull(),
                                                Field.list(
                                                        "argv",
                                                        "Its command line.",
                                                        Field.text("text", "One word."),
                                                        Field.text("source", "Whose it is."),
                                                        Field.text("place", "Where it stands.")),
                                                Field.texts("env", "Names of its variables."),
                                                Field.text("fingerprint", "Of this."),
                                                Field.text("running_fingerprint", "Of what runs.")
                                                        .orNull(),
                                                Field.flag("differs", "Whether the two differ."))
                                        .errors(missing, "slot.config_error 400")),
                new Route("GET", PATH + "metrics", Route.Access.CLIENT, this::metrics)
                        .about(
                                About.of("A slot in numbers.")
                                        .answer(
                                                Field.text("name", "Its name."),
                                                Field.text("state", "Its state."),
                                                Field.whole("in_flight", "Requests under way."),
                                                Field.whole("waiting", "Requests that wait."),
                                                Field.whole("memory_mb", "As measured.").orNull(),
                                                Field.whole("restarts", "After failures."),
                                                Field.whole("requests", "In all."),
                                                Field.whole("failed", "Of those."),
                                                Field.whole("input_tokens", "In all."),
                                                Field.whole("output_tokens", "In all."))
                                        .errors(missing)),
                new Route("GET", PATH + "events", Route.Access.CLIENT, streams::events)
                        .about(
                                About.of("The states of a slot, from now on.")
                                        .answer(200, About.Form.EVENTS, List.of(SlotFields.STATUS))
                                        .errors(missing)),
                new Route("GET", PATH + "logs/stream", Route.Access.ADMIN, this::stream)
                        .about(
                                About.of("What its server writes, the last lines first.")
                                        .query(LINES)
                                        .answer(200, About.Form.EVENTS, List.of(LINE))
                                        .errors(missing, "validation.invalid 422")));
    }

    private void state(Exchange exchange, String encoded) {
        String name = PathName.decoded(encoded);
        Duration wait = SlotRoutes.Waiting.of(exchange);
        if (wait.isZero()) {
            SlotRoutes.send(exchange, 200, slots.one(name));
            return;
        }
        SlotControl.Awaited awaited = slots.await(name, wait, exchange.cancel());
        exchange.sendJson(
                200, Json.bytes(json -> SlotJson.write(json, awaited.slot(), awaited.settled())));
    }

    private void logs(Exchange exchange, String name) {
        List<SlotLine> lines = new ArrayList<>();
        slots.logs(PathName.decoded(name), lines(exchange), false, lines::add, exchange.cancel());
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeArrayFieldStart("lines");
                    for (SlotLine line : lines) {
                        SlotJson.write(json, line);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }));
    }

    private void stream(Exchange exchange, String name) {
        streams.logs(exchange, PathName.decoded(name), lines(exchange));
    }

    private static int lines(Exchange exchange) {
        @Nullable String text = exchange.query("lines");
        if (text == null) {
            return USUAL_LINES;
        }
        if (!text.matches("\\d{1,9}")) {
            throw RelayException.invalid(
                    List.of(new RelayException.Field("lines", "it has to be a whole number")));
        }
        return Math.min(Integer.parseInt(text), MOST_LINES);
    }

    private void resolved(Exchange exchange, String name) {
        SlotLaunch launch = slots.resolved(PathName.decoded(name));
        exchange.sendJson(200, Json.bytes(json -> SlotJson.write(json, launch)));
    }

    private void metrics(Exchange exchange, String name) {
        SlotInfo slot = slots.one(PathName.decoded(name));
        Optional<Tally> all =
                records.spending().by(Grouping.PROVIDER, Instant.EPOCH).stream()
                        .filter(tally -> slot.name().equals(tally.name()))
                        .findFirst();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("name", slot.name());
                    json.writeStringField("state", slot.state());
                    json.writeNumberField("in_flight", slot.inFlight());
                    json.writeNumberField("waiting", slot.waiting());
                    json.writeFieldName("memory_mb");
                    hal0.providers.dialect.Json.writeValue(json, slot.extra().get("memory_mb"));
                    json.writeFieldName("restarts");
                    hal0.providers.dialect.Json.writeValue(
                            json, Objects.requireNonNullElse(slot.extra().get("restarts"), 0));
                    json.writeNumberField("requests", all.map(Tally::requests).orElse(0L));
                    json.writeNumberField("failed", all.map(Tally::failed).orElse(0L));
                    json.writeNumberField("input_tokens", all.map(Tally::inputTokens).orElse(0L));
                    json.writeNumberField("output_tokens", all.map(Tally::outputTokens).orElse(0L));
                    json.writeEndObject();
                }));
    }
}
