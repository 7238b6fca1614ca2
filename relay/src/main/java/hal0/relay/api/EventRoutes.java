package hal0.relay.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.event.Event;
import hal0.relay.event.Events;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/api/events`: what happens, as server-sent events.
///
/// **Shape** the first is named `hello` and tells the epoch and the newest id; `missed` tells how
/// many were forgotten before they could be sent; all others have no name. The id of an event is
/// `EPOCH-NUMBER`, which a client that comes back sends as `Last-Event-ID`.
public final class EventRoutes implements RouteFamily {
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final Events events;
    private final Duration quiet;

    public EventRoutes(Events events) {
        this(events, QUIET);
    }

    /// `quiet` is how long nothing may be sent.
    public EventRoutes(Events events, Duration quiet) {
        this.events = events;
        this.quiet = quiet;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/api/events", Route.Access.ADMIN, this::stream)
                        .about(
                                About.of("What happens from now on, or since an event.")
                                        .query(
                                                Field.text(
                                                        "since",
                                                        "The number or id of the last event that is known; 0 for all that are remembered."))
                                        .answer(200, About.Form.EVENTS, fields())
                                        .errors("validation.invalid 422")));
    }

    private static List<Field> fields() {
        return List.of(
                Field.whole("id", "Counts up from 1 in one run."),
                Field.text("ts", "When, as ISO 8601."),
                Field.text("type", "Such as provider.added."),
                Field.text("severity", "How much it matters.")
                        .oneOf(List.of("info", "warning", "error")),
                Field.text("source", "What it happened to."),
                Field.text("message", "For people."),
                Field.any("data", "More, by name."));
    }

    private void stream(Exchange exchange, String rest) {
        long seen = since(exchange);
        exchange.status(200)
                .set("Content-Type", "text/event-stream")
                .set("Cache-Control", "no-store")
                .set("X-Accel-Buffering", "no");
        try (OutputStream out = exchange.stream()) {
            send(out, "event: hello\ndata: ", Json.bytes(this::hello));
            out.flush();
            while (!exchange.cancel().isCancelled() && !events.isClosed()) {
                seen = next(exchange, out, seen);
            }
        } catch (IOException e) {
            throw exchange.abort("the client left");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw exchange.abort("the relay is shutting down");
        }
    }

    private long next(Exchange exchange, OutputStream out, long seen)
            throws IOException, InterruptedException {
        Events.Batch batch = events.after(seen, quiet, exchange.cancel());
        long last = seen;
        if (batch.missed() > 0) {
            send(out, "event: missed\ndata: ", Json.bytes(json -> missed(json, batch.missed())));
        }
        for (Event event : batch.events()) {
            String id = "id: %s-%d\ndata: ".formatted(events.epoch(), event.id());
            send(out, id, Json.bytes(json -> write(json, event)));
            last = event.id();
        }
        if (batch.events().isEmpty()) {
            out.write(": quiet\n\n".getBytes(UTF_8));
        }
        out.flush();
        return last;
    }

    /// **Shape** an id of another run means that everything of this one is new.
    private long since(Exchange exchange) {
        String told = exchange.header("Last-Event-ID");
        @Nullable String text = told == null ? exchange.query("since") : told;
        if (text == null) {
            return events.latest();
        }
        int dash = text.lastIndexOf('-');
        if (dash >= 0 && !text.substring(0, dash).equals(events.epoch())) {
            return 0;
        }
        try {
            long number = Long.parseLong(text.substring(dash + 1));
            // One that has not been is of another run too.
            return number >= 0 && number <= events.latest() ? number : 0;
        } catch (NumberFormatException e) {
            throw RelayException.invalid(
                    List.of(
                            new RelayException.Field(
                                    "since", "it has to be the number or the id of an event")));
        }
    }

    private static void send(OutputStream out, String head, byte[] data) throws IOException {
        out.write(head.getBytes(UTF_8));
        out.write(data);
        out.write("\n\n".getBytes(UTF_8));
    }

    private void hello(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("epoch", events.epoch());
        json.writeNumberField("latest", events.latest());
        json.writeEndObject();
    }

    private static void missed(JsonGenerator json, long count) throws IOException {
        json.writeStartObject();
        json.writeNumberField("missed", count);
        json.writeEndObject();
    }

    /// As `/api` tells it.
    public static void write(JsonGenerator json, Event event) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", event.id());
        json.writeStringField("ts", event.at().toString());
        json.writeStringField("type", event.type());
        json.writeStringField("severity", event.severity().name().toLowerCase(Locale.ROOT));
        json.writeStringField("source", event.source());
        json.writeStringField("message", event.message());
        json.writeObjectFieldStart("data");
        for (Map.Entry<String, @Nullable Object> entry : event.data().entrySet()) {
            json.writeFieldName(entry.getKey());
            switch (entry.getValue()) {
                case null -> json.writeNull();
                case Boolean flag -> json.writeBoolean(flag);
                case Integer number -> json.writeNumber(number);
                case Long number -> json.writeNumber(number);
                case Double number -> json.writeNumber(number);
                case BigDecimal number -> json.writeNumber(number);
                case Object text -> json.writeString(text.toString());
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
