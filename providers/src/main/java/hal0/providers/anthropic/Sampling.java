package hal0.providers.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.message.Options;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// How the next token is chosen, and where the answer stops.
///
/// **Shape** what a version of Claude refuses is left out, for the answer is worth more than its
/// temperature: all of it from 4.7 on; beside thinking all but a `top_p` of 0.95 or more; one of
/// temperature and `top_p` from 4.1 on. **Units** a temperature is at most 1 here, and up to 2
/// elsewhere. **Source** as for [ClaudeModel] and [ThinkingPlan].
record Sampling(@Nullable ClaudeModel claude, boolean thinks) {
    private static final double LEAST_TOP_P = 0.95;

    void write(JsonGenerator json, Options options) throws IOException {
        Double temperature = options.temperature();
        Double topP = options.topP();
        Integer topK = options.topK();
        if (claude != null) {
            boolean free = claude.takesSampling() && !thinks;
            topK = free ? topK : null;
            temperature =
                    free && temperature != null ? Double.valueOf(Math.min(1, temperature)) : null;
            boolean wide = topP != null && topP >= LEAST_TOP_P;
            topP = claude.takesSampling() && (!thinks || wide) ? topP : null;
            topP = temperature == null || claude.takesTemperatureWithTopP() ? topP : null;
        }
        if (temperature != null) {
            json.writeNumberField("temperature", temperature);
        }
        if (topP != null) {
            json.writeNumberField("top_p", topP);
        }
        if (topK != null) {
            json.writeNumberField("top_k", topK);
        }
        if (!options.stop().isEmpty()) {
            json.writeArrayFieldStart("stop_sequences");
            for (String stop : options.stop()) {
                json.writeString(stop);
            }
            json.writeEndArray();
        }
    }
}
