package hal0.providers.event;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Tokens that a provider counted for one answer.
///
/// **Units** tokens. `input` excludes those read from and written to the cache, whatever the wire
/// says; `output` includes `reasoning`. `reportedUsd` is the provider's own figure, where it gives
/// one.
public record Usage(
        long input,
        long output,
        long cacheRead,
        long cacheWrite5m,
        long cacheWrite1h,
        long reasoning,
        @Nullable BigDecimal reportedUsd) {

    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, null);

    public static Usage of(long input, long output) {
        return new Usage(input, output, 0, 0, 0, 0, null);
    }

    /// Both together; what the provider says that they cost only where both say it.
    public Usage plus(Usage other) {
        return new Usage(
                input + other.input,
                output + other.output,
                cacheRead + other.cacheRead,
                cacheWrite5m + other.cacheWrite5m,
                cacheWrite1h + other.cacheWrite1h,
                reasoning + other.reasoning,
                reportedUsd == null || other.reportedUsd == null
                        ? null
                        : reportedUsd.add(other.reportedUsd));
    }

    /// All tokens that the model read, cached or not.
    public long totalInput() {
        return input + cacheRead + cacheWrite5m + cacheWrite1h;
    }

    public long cacheWrite() {
        return cacheWrite5m + cacheWrite1h;
    }
}
