package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import hal0.providers.event.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads the `usageMetadata` objects of one answer, and writes one.
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

    private @Nullable Usage last;

    /// The usage at hand, null when the value is not an object. Every piece of an answer has one,
    /// and most are like the one before.
    @Nullable Usage read(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return null;
        }
        prompt = 0;
        cached = 0;
        candidates = 0;
        thoughts = 0;
        toolUse = 0;
        total = 0;
        object(p);
        Usage same = last;
        if (same == null || !says(same)) {
            same = new Usage(input(), output(), cached, 0, 0, thoughts, null);
            last = same;
        }
        return same;
    }

    private boolean says(Usage usage) {
        return usage.input() == input()
                && usage.output() == output()
                && usage.cacheRead() == cached
                && usage.reasoning() == thoughts;
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

    private long input() {
        return Math.max(0, prompt - cached) + toolUse;
    }

    /// Where a compatible server counts thoughts among the candidates, as OpenAI does, the total
    /// shows it.
    private long output() {
        boolean within = thoughts <= candidates && total == prompt + toolUse + candidates;
        return within ? candidates : candidates + thoughts;
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
