package hal0.relay.control;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Outcome;
import hal0.home.ledger.RowColumns;
import hal0.providers.dialect.Json;
import hal0.relay.control.RequestInfo.Try;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Requests as `/api/requests` writes them, and as they are read from there.
public final class RequestJson {
    private RequestJson() {}

    public static void write(JsonGenerator json, RequestInfo request) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", request.id());
        json.writeStringField("at", request.at().toString());
        json.writeStringField("client", request.client());
        json.writeStringField("session", request.session());
        json.writeStringField("protocol", request.protocol());
        json.writeStringField("requested_model", request.requested());
        json.writeBooleanField("streamed", request.streamed());
        json.writeNumberField("running_ms", request.runningMs());
        json.writeStringField("route", request.route());
        texts(json, "targets", request.targets());
        texts(json, "fetched", request.fetched());
        json.writeArrayFieldStart("tries");
        for (Try each : request.tries()) {
            json.writeStartObject();
            json.writeStringField("target", each.target());
            number(json, "ms", each.ms());
            number(json, "first_token_ms", each.firstTokenMs() < 0 ? null : each.firstTokenMs());
            json.writeStringField("error", each.error());
            json.writeEndObject();
        }
        json.writeEndArray();
        number(json, "head_us", request.headUs() < 0 ? null : request.headUs());
        json.writeFieldName("row");
        row(json, request.row());
        json.writeEndObject();
    }

    private static void row(JsonGenerator json, @Nullable LedgerRow row) throws IOException {
        if (row == null) {
            json.writeNull();
            return;
        }
        List<String> names = RowColumns.names();
        List<@Nullable Object> values = RowColumns.values(row);
        json.writeStartObject();
        for (int i = 0; i < names.size(); i++) {
            json.writeFieldName(names.get(i));
            if (values.get(i) instanceof BigDecimal number) {
                json.writeNumber(number);
            } else {
                Json.writeValue(json, values.get(i));
            }
        }
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, String name, @Nullable Long number)
            throws IOException {
        if (number == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, number);
        }
    }

    static RequestInfo read(JsonNode node) {
        List<Try> tries = new ArrayList<>();
        node.path("tries")
                .forEach(each ->
                        tries.add(
                                new Try(
                                        each.path("target").asText(),
                                        each.hasNonNull("ms") ? each.path("ms").asLong() : null,
                                        each.path("first_token_ms").asLong(-1),
                                        SlotJson.text(each, "error"))));
        return new RequestInfo(
                node.path("id").asText(),
                Instant.parse(node.path("at").asText()),
                node.path("client").asText(),
                SlotJson.text(node, "session"),
                node.path("protocol").asText(),
                node.path("requested_model").asText(),
                node.path("streamed").asBoolean(),
                node.path("running_ms").asLong(),
                node.path("route").asText(),
                texts(node.path("targets")),
                texts(node.path("fetched")),
                tries,
                node.path("head_us").asLong(-1),
                node.path("row").isObject() ? row(node.path("row")) : null);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static LedgerRow row(JsonNode row) {
        return new LedgerRow(
                row.path("request_id").asText(),
                Instant.parse(row.path("at").asText()),
                row.path("client").asText(),
                SlotJson.text(row, "session"),
                SlotJson.text(row, "key"),
                row.path("protocol").asText(),
                row.path("requested_model").asText(),
                row.path("provider").asText(),
                row.path("model").asText(),
                Outcome.valueOf(row.path("outcome").asText().toUpperCase(Locale.ROOT)),
                SlotJson.text(row, "error"),
                row.path("status").asInt(),
                row.path("attempts").asInt(),
                row.path("streamed").asBoolean(),
                row.path("input_tokens").asLong(),
                row.path("output_tokens").asLong(),
                row.path("cache_read_tokens").asLong(),
                row.path("cache_write_tokens").asLong(),
                row.path("reasoning_tokens").asLong(),
                row.hasNonNull("cost_usd") ? row.path("cost_usd").decimalValue() : null,
                row.path("local").asBoolean(),
                row.path("latency_ms").asLong(),
                row.path("first_token_ms").asLong(-1),
                row.path("overhead_us").asLong(),
                SlotJson.text(row, "answered_model"),
                row.path("estimated").asBoolean());
    }
}
