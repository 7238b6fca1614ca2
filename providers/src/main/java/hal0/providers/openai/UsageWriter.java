package hal0.providers.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.event.Usage;
import java.io.IOException;

/// Writes a `usage` object as [UsageReader] reads it.
final class UsageWriter {
    private UsageWriter() {}

    static void write(JsonGenerator json, Usage usage) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("prompt_tokens", usage.totalInput());
        json.writeNumberField("completion_tokens", usage.output());
        json.writeNumberField("total_tokens", usage.totalInput() + usage.output());
        json.writeObjectFieldStart("prompt_tokens_details");
        json.writeNumberField("cached_tokens", usage.cacheRead());
        json.writeNumberField("cache_write_tokens", usage.cacheWrite());
        json.writeEndObject();
        json.writeObjectFieldStart("completion_tokens_details");
        json.writeNumberField("reasoning_tokens", usage.reasoning());
        json.writeEndObject();
        if (usage.reportedUsd() != null) {
            json.writeNumberField("cost", usage.reportedUsd());
        }
        json.writeEndObject();
    }
}
