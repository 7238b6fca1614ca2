package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import hal0.providers.event.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Reads a `usage` object.
///
/// **Source** `prompt_tokens` includes cached ones and `completion_tokens` reasoning:
/// src/resources/completions.ts in openai/openai-node. `prompt_cache_hit_tokens`:
/// packages/deepseek/src/chat/__fixtures__/issue-19789-live-usage.chunks.txt in vercel/ai. `cost`
/// in credits, which are USD, and `cache_write_tokens`: api/reference/overview.mdx in
/// OpenRouterTeam/docs. xAI counts reasoning beside completion:
/// libs/partners/xai/langchain_xai/chat_models.py in langchain-ai/langchain; the total shows it.
/// Google's server of this protocol leaves thoughts out of all but the total:
/// github.com/Clarifai/clarifai-python/pull/978. All read 2026-11-21.
final class UsageReader {
    private long prompt;
    private long completion;
    private long total;
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
        UsageReader reader = new UsageReader();
        reader.object(p);
        return reader.usage();
    }

    private void object(JsonParser p) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "prompt_tokens" -> prompt = Json.number(p);
                case "completion_tokens" -> completion = Json.number(p);
                case "total_tokens" -> total = Json.number(p);
                case "prompt_tokens_details", "completion_tokens_details" -> details(p);
                case "prompt_cache_hit_tokens", "cached_tokens" ->
                        cached = Math.max(cached, Json.number(p));
                case "cache_creation_input_tokens" -> written = Math.max(written, Json.number(p));
                case "cost" -> cost(p);
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
                case "cached_tokens" -> cached = Math.max(cached, Json.number(p));
                case "cache_write_tokens" -> written = Math.max(written, Json.number(p));
                case "reasoning_tokens" -> reasoning = Json.number(p);
                default -> p.skipChildren();
            }
        }
    }

    /// A number; Perplexity sends an object with a total.
    private void cost(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            cost = Json.money(p);
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            boolean sum = p.currentName().equals("total_cost");
            p.nextToken();
            if (sum) {
                cost = Json.money(p);
            } else {
                p.skipChildren();
            }
        }
    }

    private Usage usage() {
        long unsaid = total - prompt - completion;
        if (reasoning == 0 && unsaid > 0 && unsaid != cached + written) {
            // Only the total tells of them.
            reasoning = unsaid;
        }
        boolean beside = reasoning > 0 && unsaid == reasoning;
        return new Usage(
                Math.max(0, prompt - cached - written),
                beside ? completion + reasoning : completion,
                cached,
                written,
                0,
                reasoning,
                cost);
    }
}
