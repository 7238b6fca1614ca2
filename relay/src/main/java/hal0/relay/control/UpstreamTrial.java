package hal0.relay.control;

import hal0.providers.probe.Connection;
import org.jspecify.annotations.Nullable;

/// What came of testing an upstream.
///
/// **Shape** `ok` when it can be used, or needs no call to be.
public record UpstreamTrial(boolean ok, Connection found) {

    /// What is wrong, and with `ok` a remark; null where all is well.
    public @Nullable String error() {
        return found.message().isEmpty() ? null : found.message();
    }

    /// Of one whole answer in milliseconds, null where none came.
    public @Nullable Long latencyMs() {
        return found.latency() == null ? null : found.latency().toMillis();
    }

    /// How many models it lists, null where it lists nothing.
    public @Nullable Integer modelsCount() {
        return found.models();
    }
}
