package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import hal0.providers.event.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads and writes a `usageMetadata` object.
///
/// **Source** `promptTokenCount` includes cached tokens, thoughts and the results of tools that the
/// provider runs itself stand beside it: types.GenerateContentResponseUsageMetadata at
/// googleapis.github.io/js-genai; the sum of the four is the total:
/// packages/google/src/\_\_fixtures\_\_/google-tool-use-usage.json in vercel/ai; read 2026-11-21.
final class UsageMetadata {
    private long prompt;
    private long cached;
    private long candidates;
    private long thoughts;
    private long toolUse;
    private long total;

    private UsageMetadata() {}

    /// The usage at hand, null when the value is not an object.
    static @Nullable Usage read(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return null;
        }
        UsageMetadata read = new UsageMetadata();
        read.object(p);
        return read.usage();
    }

    private void object(JsonParser p) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "promptTokenCount" -> prompt = Json.number(p);
                case "cachedContentTokenCount" -> cached = Json.number(p);
                case "candidatesTokenCount" -> candidates = Json.number(p);
                case "thoughtsTokenCount" -> thoughts = Json.number(p);
                case "toolUsePromptTokenCount" -> toolUse = Json.number(p);
                case "totalTokenCount" -> total = Json.number(p);
                default -> p.skipChildren();
            }
        }
    }

    /// Where a compatible server counts thoughts among the candidates, as OpenAI does, the total
    /// shows it.
    private Usage usage() {
        boolean within = thoughts <= candidates && total == prompt + toolUse + candidates;
        return new Usage(
                Math.max(0, prompt - cached) + toolUse,
                within ? candidates : candidates + thoughts,
                cached,
                0,
                0,
                thoughts,
                null);
    }

    /// Writes it as a field; what was written to a cache is input here.
    static void write(JsonGenerator json, Usage usage) throws IOException {
        long output = Math.max(0, usage.output() - usage.reasoning());
        json.writeObjectFieldStart("usageMetadata");
        json.writeNumberField("promptTokenCount", usage.totalInput());
        if (usage.cacheRead() > 0) {
            json.writeNumberField("cachedContentTokenCount", usage.cacheRead());
        }
        json.writeNumberField("candidatesTokenCount", output);
        if (usage.reasoning() > 0) {
            json.writeNumberField("thoughtsTokenCount", usage.reasoning());
        }
        json.writeNumberField("totalTokenCount", usage.totalInput() + output + usage.reasoning());
        json.writeEndObject();
    }
}
