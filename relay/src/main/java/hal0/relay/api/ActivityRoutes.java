package hal0.relay.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.home.activity.Deed;
import hal0.relay.control.Records;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `/api/activity`: who changed what.
public final class ActivityRoutes implements RouteFamily {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USUAL = 50;

    private final Records records;

    public ActivityRoutes(Records records) {
        this.records = records;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/api/activity", Route.Access.ADMIN, this::list)
                        .about(
                                About.of("Every change and who made it, the newest first.")
                                        .query(
                                                Field.whole("limit", "At most 500; 50 by default."),
                                                Field.whole(
                                                        "before", "Only what came before this id."))
                                        .answer(200, About.Form.LIST, fields())
                                        .errors("validation.invalid 422")));
    }

    private static List<Field> fields() {
        return List.of(
                Field.whole("id", "Counts up."),
                Field.text("at", "When, as ISO 8601."),
                Field.text("who", "The name of the key, or local, hal0, cli or tui."),
                Field.text("action", "Such as upstream.add."),
                Field.text("subject", "What it was done to."),
                Field.any("before", "What was there; null where there was nothing."),
                Field.any("after", "What is there now."),
                Field.text("outcome", "What came of it.").oneOf(List.of("done", "refused")),
                Field.text("reason", "Why it was refused.").orNull());
    }

    private void list(Exchange exchange, String rest) {
        List<RelayException.Field> problems = new ArrayList<>();
        long limit = whole(exchange, "limit", USUAL, problems);
        long before = whole(exchange, "before", Long.MAX_VALUE, problems);
        if (!problems.isEmpty()) {
            throw RelayException.invalid(problems);
        }
        List<Deed.Noted> noted =
                records.activity().list((int) Math.min(limit, Integer.MAX_VALUE), before);
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (Deed.Noted deed : noted) {
                        write(json, deed);
                    }
                    json.writeEndArray();
                }));
    }

    private static long whole(
            Exchange exchange, String name, long usual, List<RelayException.Field> problems) {
        String text = exchange.query(name);
        if (text == null) {
            return usual;
        }
        try {
            long number = Long.parseLong(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        problems.add(new RelayException.Field(name, "it has to be a whole number above 0"));
        return usual;
    }

    /// As `/api` tells it.
    public static void write(JsonGenerator json, Deed.Noted noted) throws IOException {
        Deed deed = noted.deed();
        json.writeStartObject();
        json.writeNumberField("id", noted.id());
        json.writeStringField("at", noted.at().toString());
        json.writeStringField("who", deed.actor());
        json.writeStringField("action", deed.action());
        json.writeStringField("subject", deed.subject());
        state(json, "before", deed.before());
        state(json, "after", deed.after());
        json.writeStringField("outcome", deed.outcome().name().toLowerCase(Locale.ROOT));
        json.writeStringField("reason", deed.reason());
        json.writeEndObject();
    }

    /// A text that was cut is no JSON any more, and is told as text.
    private static void state(JsonGenerator json, String name, @Nullable String state)
            throws IOException {
        if (state == null) {
            json.writeNullField(name);
            return;
        }
        try {
            String whole = JSON.readTree(state).toString();
            json.writeFieldName(name);
            json.writeRawValue(whole);
        } catch (JsonProcessingException _) {
            json.writeStringField(name, state);
        }
    }
}
