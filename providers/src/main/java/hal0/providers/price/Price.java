package hal0.providers.price;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Prices of one model.
///
/// **Units** USD per one million tokens; null where not known.
public record Price(
        @Nullable BigDecimal input,
        @Nullable BigDecimal output,
        @Nullable BigDecimal cachedInput,
        @Nullable BigDecimal cacheWrite,
        @Nullable BigDecimal cacheWrite1h) {

    public static final Price UNKNOWN = new Price(null, null, null, null, null);

    public static Price of(String input, String output) {
        return new Price(new BigDecimal(input), new BigDecimal(output), null, null, null);
    }

    /// This price with what it leaves open taken from `other`.
    public Price orElse(Price other) {
        return new Price(
                input != null ? input : other.input,
                output != null ? output : other.output,
                cachedInput != null ? cachedInput : other.cachedInput,
                cacheWrite != null ? cacheWrite : other.cacheWrite,
                cacheWrite1h != null ? cacheWrite1h : other.cacheWrite1h);
    }
}
