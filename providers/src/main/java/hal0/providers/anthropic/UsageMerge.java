package hal0.providers.anthropic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import hal0.providers.event.Usage;
import java.io.IOException;

/// The usage of one answer: `message_start` counts the input, `message_delta` the output, and some
/// servers everything again or only there.
///
/// **Shape** the counts are cumulative, so a later one replaces an earlier; a later zero is a
/// server that did not count again. Input excludes both kinds of cached tokens on this wire
/// already. **Source** src/anthropic/types/usage.py, message_delta_usage.py, cache_creation.py and
/// output_tokens_details.py in anthropics/anthropic-sdk-python, read 2026-11-21.
final class UsageMerge {
    private long input;
    private long output;
    private long cacheRead;
    private long written;
    private long written5m;
    private long written1h;
    private long reasoning;
    private boolean seen;

    boolean seen() {
        return seen;
    }

    void read(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        seen = true;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "input_tokens" -> input = later(input, p);
                case "output_tokens" -> output = later(output, p);
                case "cache_read_input_tokens" -> cacheRead = later(cacheRead, p);
                case "cache_creation_input_tokens" -> written = later(written, p);
                case "cache_creation", "output_tokens_details" -> nested(p);
                default -> p.skipChildren();
            }
        }
    }

    private void nested(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String name = p.currentName();
            p.nextToken();
            switch (name) {
                case "ephemeral_5m_input_tokens" -> written5m = later(written5m, p);
                case "ephemeral_1h_input_tokens" -> written1h = later(written1h, p);
                case "thinking_tokens", "reasoning_tokens" -> reasoning = later(reasoning, p);
                default -> p.skipChildren();
            }
        }
    }

    private static long later(long before, JsonParser p) throws IOException {
        long now = Json.number(p);
        return now > 0 ? now : before;
    }

    /// Writes that no kind is given for are of the default kind, five minutes.
    Usage usage() {
        long short5m = Math.max(written5m, written - written1h);
        return new Usage(input, output, cacheRead, short5m, written1h, reasoning, null);
    }
}
