package hal0.relay.dispatch;

import hal0.providers.ModelKnowledge;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// What this process knows of its targets.
///
/// **Threads** any.
public final class LiveFacts implements TargetFacts {
    private final TargetStats stats;
    private final ModelKnowledge knowledge;
    private final Predicate<Target> open;

    /// `open` tells whether a target's breaker is open.
    public LiveFacts(TargetStats stats, ModelKnowledge knowledge, Predicate<Target> open) {
        this.stats = stats;
        this.knowledge = knowledge;
        this.open = open;
    }

    @Override
    public int inFlight(Target target) {
        return stats.inFlight(target);
    }

    @Override
    public Optional<Duration> findFirstToken(Target target) {
        return stats.findFirstToken(target);
    }

    @Override
    public Optional<BigDecimal> findPrice(Target target) {
        if (target.provider().local()) {
            return Optional.of(BigDecimal.ZERO);
        }
        Price price = knowledge.about(target.provider(), target.model()).price();
        return price.input() == null || price.output() == null
                ? Optional.empty()
                : Optional.of(price.input().add(price.output()));
    }

    @Override
    public boolean isOpen(Target target) {
        return open.test(target);
    }
}
