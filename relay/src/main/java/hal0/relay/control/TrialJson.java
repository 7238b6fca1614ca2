package hal0.relay.control;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import hal0.providers.probe.Connection;
import hal0.providers.probe.KeyState;
import hal0.providers.probe.Reach;
import hal0.providers.probe.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A test of an upstream as `/api` tells it.
public final class TrialJson {
    private TrialJson() {}

    public static void write(JsonGenerator json, UpstreamTrial trial) throws IOException {
        Connection found = trial.found();
        json.writeStartObject();
        json.writeBooleanField("ok", trial.ok());
        json.writeStringField("verdict", found.verdict().word());
        json.writeStringField("reach", found.reach().word());
        number(json, "status", found.status());
        number(json, "latency_ms", trial.latencyMs());
        number(json, "models_count", trial.modelsCount());
        json.writeStringField("key", found.key().word());
        json.writeStringField("error", trial.error());
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, @Nullable Number value)
            throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value.longValue());
        }
    }

    /// **Shape** words that this hal0 does not know, and those that an older one does not say, are
    /// made up from whether all is well.
    static UpstreamTrial trial(String name, JsonNode found) {
        boolean ok = found.path("ok").asBoolean();
        return new UpstreamTrial(
                ok,
                new Connection(
                        name,
                        word(
                                Verdict.values(),
                                Verdict::word,
                                found.path("verdict"),
                                ok ? Verdict.PASS : Verdict.FAIL),
                        word(
                                Reach.values(),
                                Reach::word,
                                found.path("reach"),
                                found.hasNonNull("status") ? Reach.ANSWERED : Reach.NOT_TRIED),
                        word(
                                KeyState.values(),
                                KeyState::word,
                                found.path("key"),
                                KeyState.NOT_VERIFIED),
                        found.hasNonNull("latency_ms")
                                ? Duration.ofMillis(found.path("latency_ms").asLong())
                                : null,
                        found.hasNonNull("models_count")
                                ? found.path("models_count").asInt()
                                : null,
                        Objects.requireNonNullElse(found.path("error").asText(null), ""),
                        found.hasNonNull("status") ? found.path("status").asInt() : null));
    }

    private static <T> T word(T[] all, Function<T, String> words, JsonNode told, T otherwise) {
        for (T one : all) {
            if (words.apply(one).equals(told.asText())) {
                return one;
            }
        }
        return otherwise;
    }
}
