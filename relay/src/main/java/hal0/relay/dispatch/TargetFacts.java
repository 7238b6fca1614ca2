package hal0.relay.dispatch;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/// What is known of targets at this moment, by which the strategies of routes choose.
///
/// **Threads** any; must not block.
public interface TargetFacts {

    /// Nothing is known.
    TargetFacts NONE =
            new TargetFacts() {
                @Override
                public int inFlight(Target target) {
                    return 0;
                }

                @Override
                public Optional<Duration> findFirstToken(Target target) {
                    return Optional.empty();
                }

                @Override
                public Optional<BigDecimal> findPrice(Target target) {
                    return Optional.empty();
                }

                @Override
                public boolean isOpen(Target target) {
                    return false;
                }
            };

    /// Requests that the target is answering.
    int inFlight(Target target);

    /// How long its first token took of late.
    Optional<Duration> findFirstToken(Target target);

    /// USD for a million tokens in and a million tokens out.
    Optional<BigDecimal> findPrice(Target target);

    /// Whether its breaker is open: it has failed lately and is not to be asked for now.
    boolean isOpen(Target target);
}
