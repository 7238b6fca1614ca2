package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import hal0.providers.event.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The `usage` of an answer.
///
/// **Shape** `input_tokens` includes those read from and written to the cache, `output_tokens` the
/// reasoning. **Source** resources/responses/responses.d.ts (`ResponseUsage`) in the npm package
/// openai 6.49.0; `cost` in USD: docs/models/openresponsesstreamevent.md in
/// OpenRouterTeam/typescript-sdk; read 2026-11-21.
final class TokenUsage {
    private long input;
    private long output;
    private long cached;
    private long written;
    private long reasoning;
    private @Nullable BigDecimal cost;

    /// The usage at hand, null when the value is not an object.
    static @Nullable Usage read(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return null;
        }
        TokenUsage found = new TokenUsage();
        found.object(p);
        return new Usage(
                Math.max(0, found.input - found.cached - found.written),
                found.output,
                found.cached,
                found.written,
                0,
                found.reasoning,
                found.cost);
    }

    private void object(JsonParser p) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "input_tokens" -> input = Json.number(p);
                case "output_tokens" -> output = Json.number(p);
                case "input_tokens_details", "output_tokens_details" -> details(p);
                case "cost" -> cost = Json.money(p);
                default -> p.skipChildren();
            }
        }
    }

    private void details(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "cached_tokens" -> cached = Json.number(p);
                case "cache_write_tokens" -> written = Json.number(p);
                case "reasoning_tokens" -> reasoning = Json.number(p);
                default -> p.skipChildren();
            }
        }
    }

    /// Writes the object, or null when nobody counted.
    static void write(JsonGenerator json, @Nullable Usage usage) throws IOException {
        if (usage == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberField("input_tokens", usage.totalInput());
        json.writeObjectFieldStart("input_tokens_details");
        json.writeNumberField("cached_tokens", usage.cacheRead());
        json.writeNumberField("cache_write_tokens", usage.cacheWrite());
        json.writeEndObject();
        json.writeNumberField("output_tokens", usage.output());
        json.writeObjectFieldStart("output_tokens_details");
        json.writeNumberField("reasoning_tokens", usage.reasoning());
        json.writeEndObject();
        json.writeNumberField("total_tokens", usage.totalInput() + usage.output());
        if (usage.reportedUsd() != null) {
            json.writeNumberField("cost", usage.reportedUsd());
        }
        json.writeEndObject();
    }
}
