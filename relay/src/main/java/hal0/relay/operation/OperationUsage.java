package hal0.relay.operation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.event.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads what the answer to an operation counted.
///
/// **Shape** `prompt_tokens` and `completion_tokens` (embeddings, completions, moderations of some
/// servers), `input_tokens` and `output_tokens` (pictures, speech, transcriptions), cached ones in
/// their details, Cohere's `meta.tokens`. Seconds and search units are no tokens and count as
/// nothing said. **Source** src/resources/{embeddings,images,completions}.ts and
/// src/resources/audio/transcriptions.ts in openai/openai-node; docs.cohere.com/reference/rerank.
/// Read 2026-11-21.
final class OperationUsage {
    private static final JsonFactory JSON = new JsonFactory();

    private long input;
    private long output;
    private long total;
    private long cached;
    private boolean counted;

    private OperationUsage() {}

    /// The count in that value, or null where it has none.
    static @Nullable Usage of(byte[] value) {
        OperationUsage usage = new OperationUsage();
        try (JsonParser p = JSON.createParser(value)) {
            if (p.nextToken() == JsonToken.START_OBJECT) {
                usage.object(p);
            }
        } catch (IOException e) {
            // What cannot be read is the client's as it is; here it counts as nothing said.
            return null;
        }
        return usage.counted ? usage.sum() : null;
    }

    private void object(JsonParser p) throws IOException {
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            JsonToken value = p.nextToken();
            if (value == JsonToken.START_OBJECT) {
                nested(name, p);
            } else if (value.isNumeric()) {
                number(name, Math.max(0, p.getValueAsLong()));
            } else {
                p.skipChildren();
            }
        }
    }

    private void nested(String name, JsonParser p) throws IOException {
        switch (name) {
            case "tokens", "prompt_tokens_details", "input_tokens_details", "input_token_details" ->
                    object(p);
            default -> p.skipChildren();
        }
    }

    private void number(String name, long count) {
        switch (name) {
            case "prompt_tokens", "input_tokens" -> input = count(count);
            case "completion_tokens", "output_tokens" -> output = count(count);
            case "total_tokens" -> total = count(count);
            case "cached_tokens" -> cached = count;
            default -> {
                // Of another kind.
            }
        }
    }

    private long count(long tokens) {
        counted = true;
        return tokens;
    }

    private Usage sum() {
        // Rankings of some servers tell the sum alone, and have no output.
        long read = input == 0 && output == 0 ? total : input;
        long fromCache = Math.min(cached, read);
        return new Usage(read - fromCache, output, fromCache, 0, 0, 0, null);
    }
}
