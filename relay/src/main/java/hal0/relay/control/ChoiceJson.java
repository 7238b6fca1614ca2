package hal0.relay.control;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import hal0.home.error.ErrorKind;
import hal0.providers.ModelInfo;
import hal0.providers.listing.Listing;
import hal0.providers.price.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models of one provider as `/api` tells them: what `/v1/models` says of a model, and besides
/// in `_hal0` all that is known.
///
/// **Units** prices are USD per one million tokens.
public final class ChoiceJson {
    private ChoiceJson() {}

    public static void write(JsonGenerator json, ProviderModels models) throws IOException {
        json.writeStartObject();
        json.writeStringField("object", "list");
        json.writeArrayFieldStart("data");
        for (ModelChoice choice : models.models()) {
            write(json, choice);
        }
        json.writeEndArray();
        Listing.Failed failed = models.failure();
        json.writeFieldName("failure");
        if (failed == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeStringField("kind", failed.kind().name());
            json.writeStringField("message", failed.message());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ModelChoice choice) throws IOException {
        ModelInfo info = choice.info();
        json.writeStartObject();
        json.writeStringField("id", info.id());
        json.writeStringField("object", "model");
        // Nobody tells when a model was made; OpenAI's clients want a number.
        json.writeNumberField("created", 0);
        json.writeStringField("owned_by", choice.provider());
        known(json, "context_length", info.contextWindow());
        json.writeObjectFieldStart("_hal0");
        json.writeStringField("provider", choice.provider());
        json.writeStringField("model", info.id());
        json.writeBooleanField("local", choice.local());
        json.writeBooleanField("listed", choice.listed());
        known(json, "display_name", info.displayName());
        known(json, "max_output_tokens", info.maxOutputTokens());
        known(json, "thinking", info.thinking());
        known(json, "tools", info.tools());
        known(json, "images", info.images());
        known(json, "prefill", info.prefill());
        known(json, "documents", info.documents());
        known(json, "structured_output", info.structuredOutput());
        if (!info.price().equals(Price.UNKNOWN)) {
            json.writeObjectFieldStart("price");
            price(json, info.price());
            if (!info.price().tiers().isEmpty()) {
                json.writeArrayFieldStart("tiers");
                for (Price.Tier tier : info.price().tiers()) {
                    json.writeStartObject();
                    json.writeNumberField("above_tokens", tier.aboveTokens());
                    price(json, tier.price());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void price(JsonGenerator json, Price price) throws IOException {
        known(json, "input_per_1m", price.input());
        known(json, "output_per_1m", price.output());
        known(json, "cached_input_per_1m", price.cachedInput());
        known(json, "cache_write_per_1m", price.cacheWrite());
        known(json, "cache_write_1h_per_1m", price.cacheWrite1h());
    }

    private static void known(JsonGenerator json, String name, @Nullable Object value)
            throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            json.writeObject(value);
        }
    }

    static ProviderModels read(String provider, JsonNode tree) {
        List<ModelChoice> models = new ArrayList<>();
        for (JsonNode model : tree.path("data")) {
            JsonNode own = model.path("_hal0");
            models.add(
                    new ModelChoice(
                            own.path("provider").asText(provider),
                            info(model, own),
                            own.path("local").asBoolean(),
                            own.path("listed").asBoolean()));
        }
        return new ProviderModels(models, failure(tree.path("failure")));
    }

    private static Listing.@Nullable Failed failure(JsonNode told) {
        if (!told.isObject()) {
            return null;
        }
        ErrorKind kind = ErrorKind.REJECTED;
        for (ErrorKind each : ErrorKind.values()) {
            if (each.name().equals(told.path("kind").asText())) {
                kind = each;
            }
        }
        return new Listing.Failed(kind, told.path("message").asText());
    }

    private static ModelInfo info(JsonNode model, JsonNode own) {
        return new ModelInfo(
                own.path("model").asText(model.path("id").asText()),
                own.path("display_name").asText(null),
                count(model.path("context_length")),
                count(own.path("max_output_tokens")),
                flag(own.path("thinking")),
                flag(own.path("tools")),
                flag(own.path("images")),
                flag(own.path("prefill")),
                price(own.path("price")),
                flag(own.path("documents")),
                flag(own.path("structured_output")));
    }

    private static @Nullable Long count(JsonNode node) {
        return node.isNumber() ? node.asLong() : null;
    }

    private static @Nullable Boolean flag(JsonNode node) {
        return node.isBoolean() ? node.asBoolean() : null;
    }

    private static Price price(JsonNode told) {
        List<Price.Tier> tiers = new ArrayList<>();
        for (JsonNode tier : told.path("tiers")) {
            tiers.add(new Price.Tier(tier.path("above_tokens").asLong(), price(tier)));
        }
        return new Price(
                amount(told.path("input_per_1m")),
                amount(told.path("output_per_1m")),
                amount(told.path("cached_input_per_1m")),
                amount(told.path("cache_write_per_1m")),
                amount(told.path("cache_write_1h_per_1m")),
                tiers);
    }

    private static @Nullable BigDecimal amount(JsonNode node) {
        return node.isNumber() ? Price.amount(node.decimalValue()) : null;
    }
}
