package hal0.providers.probe;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a [ConnectionProbe] found out about one provider.
///
/// **Shape** `latency` is that of one whole answer, connecting included, null where none came;
/// `models` counts what the provider lists, null where it lists nothing. `message` says why and
/// what to do, empty where all is well; it is fit to be shown. `status` is that of the answer in
/// HTTP, null where none came.
public record Connection(
        String provider,
        Verdict verdict,
        Reach reach,
        KeyState key,
        @Nullable Duration latency,
        @Nullable Integer models,
        String message,
        @Nullable Integer status) {

    public Connection {
        Objects.requireNonNull(provider);
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(reach);
        Objects.requireNonNull(key);
        Objects.requireNonNull(message);
    }

    /// A provider that was not called.
    static Connection untried(String provider, Verdict verdict, KeyState key, String message) {
        return new Connection(provider, verdict, Reach.NOT_TRIED, key, null, null, message, null);
    }

    /// This, where nobody chose the provider and its absence is no fault.
    public Connection skipped(String why) {
        return new Connection(provider, Verdict.SKIP, reach, key, latency, models, why, status);
    }

    /// This, after a model was asked: its answer proves a key that nothing proved before.
    public Connection afterAnswer() {
        return key == KeyState.NOT_VERIFIED && verdict == Verdict.WARN
                ? new Connection(
                        provider,
                        Verdict.PASS,
                        reach,
                        KeyState.ACCEPTED,
                        latency,
                        models,
                        "",
                        status)
                : this;
    }

    /// This, after something else showed that the provider cannot be used.
    public Connection failed(KeyState keyNow, String why) {
        return new Connection(provider, Verdict.FAIL, reach, keyNow, latency, models, why, status);
    }

    /// This, where what was to be done besides could not be done.
    public Connection warned(String why) {
        String both = message.isEmpty() ? why : message + " " + why;
        return new Connection(provider, Verdict.WARN, reach, key, latency, models, both, status);
    }
}
