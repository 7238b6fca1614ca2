package hal0.relay.control;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import hal0.relay.control.ProviderFacts.Fact;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What holds for a provider as `/api` tells it.
public final class FactJson {
    private FactJson() {}

    public static void write(JsonGenerator json, Fact fact) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", fact.key());
        json.writeFieldName("value");
        value(json, fact.value());
        json.writeStringField("origin", fact.origin());
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean flag -> json.writeBoolean(flag);
            case BigDecimal amount -> json.writeNumber(amount);
            case Double number -> json.writeNumber(number);
            case Number number -> json.writeNumber(number.longValue());
            case List<?> list -> {
                json.writeStartArray();
                for (Object item : list) {
                    json.writeString(String.valueOf(item));
                }
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }

    static Fact fact(JsonNode node) {
        return new Fact(
                node.path("key").asText(), value(node.path("value")), node.path("origin").asText());
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(item.asText()));
            return items;
        }
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isIntegralNumber()) {
            return node.asLong();
        }
        return node.isNumber() ? node.asDouble() : node.asText();
    }
}
