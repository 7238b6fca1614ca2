package hal0.providers.catalog;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.ModelInfo;
import hal0.providers.price.Price;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Writes a model so that [ModelReader] gives the same one.
public final class ModelWriter {
    private ModelWriter() {}

    /// The object of a model; its id is not part of it.
    public static void write(JsonGenerator json, ModelInfo model) throws IOException {
        json.writeStartObject();
        if (model.displayName() != null) {
            json.writeStringField("name", model.displayName());
        }
        flag(json, "reasoning", model.thinking());
        flag(json, "tool_call", model.tools());
        flag(json, "structured_output", model.structuredOutput());
        flag(json, "prefill", model.prefill());
        if (model.images() != null) {
            json.writeObjectFieldStart("modalities");
            json.writeArrayFieldStart("input");
            json.writeString("text");
            if (model.images()) {
                json.writeString("image");
            }
            if (Boolean.TRUE.equals(model.documents())) {
                json.writeString("pdf");
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        if (model.contextWindow() != null || model.maxOutputTokens() != null) {
            json.writeObjectFieldStart("limit");
            count(json, "context", model.contextWindow());
            count(json, "output", model.maxOutputTokens());
            json.writeEndObject();
        }
        if (!model.price().equals(Price.UNKNOWN)) {
            json.writeFieldName("cost");
            price(json, model.price());
        }
        json.writeEndObject();
    }

    private static void flag(JsonGenerator json, String field, @Nullable Boolean value)
            throws IOException {
        if (value != null) {
            json.writeBooleanField(field, value);
        }
    }

    private static void count(JsonGenerator json, String field, @Nullable Long value)
            throws IOException {
        if (value != null) {
            json.writeNumberField(field, value);
        }
    }

    private static void price(JsonGenerator json, Price price) throws IOException {
        json.writeStartObject();
        amounts(json, price);
        if (!price.tiers().isEmpty()) {
            json.writeArrayFieldStart("tiers");
            for (Price.Tier tier : price.tiers()) {
                json.writeStartObject();
                json.writeObjectFieldStart("tier");
                json.writeStringField("type", "context");
                json.writeNumberField("size", tier.aboveTokens());
                json.writeEndObject();
                amounts(json, tier.price());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void amounts(JsonGenerator json, Price price) throws IOException {
        amount(json, "input", price.input());
        amount(json, "output", price.output());
        amount(json, "cache_read", price.cachedInput());
        amount(json, "cache_write", price.cacheWrite());
        amount(json, "cache_write_1h", price.cacheWrite1h());
    }

    private static void amount(JsonGenerator json, String field, @Nullable BigDecimal usd)
            throws IOException {
        if (usd != null) {
            json.writeNumberField(field, usd);
        }
    }
}
