package hal0.providers.probe;

import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One row of a smoke test.
///
/// **Shape** `latency` is null where nobody was asked; `message` says why it did not pass, empty
/// where it did.
public record Check(
        String name,
        Verdict verdict,
        @Nullable Duration latency,
        Usage usage,
        @Nullable Cost cost,
        String message) {

    public Check {
        Objects.requireNonNull(name);
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(usage);
        Objects.requireNonNull(message);
    }

    static Check skipped(String name, String why) {
        return new Check(name, Verdict.SKIP, null, Usage.NONE, null, why);
    }

    static Check of(String name, Verdict verdict, Exchange exchange, String message) {
        return new Check(
                name, verdict, exchange.took(), exchange.usage(), exchange.cost(), message);
    }
}
