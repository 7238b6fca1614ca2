package hal0.relay.rescue;

import hal0.providers.error.ProviderException;
import hal0.providers.error.Retry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is done after a try that failed before its client saw anything of an answer.
///
/// **Shape** pure. The same target is asked again where that may help, up to its number of repeats;
/// then the next one; what is the caller's fault is told at once.
public final class RescueRule {
    /// A target that asks for more is not waited for.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /// One target of a decision: whether its breaker keeps requests off, and how much its model
    /// reads, null where nobody knows.
    public record Choice(boolean closedOff, @Nullable Long contextWindow) {}

    /// All targets, which of them failed, how often it was repeated and may be at most, and whether
    /// it has another key for this failure.
    public record Situation(
            List<Choice> choices, int at, int repeats, int mostRepeats, boolean otherKey) {
        public Situation {
            choices = List.copyOf(choices);
        }
    }

    /// What to do.
    public sealed interface Step {
        /// The same target, after the time that it named, or where null after one of our choice.
        record SameAgain(@Nullable Duration named) implements Step {}

        /// The same target with its other key, at once.
        record OtherKey() implements Step {}

        /// The target of that index, at once.
        record Next(int target) implements Step {}

        record GiveUp() implements Step {}
    }

    private RescueRule() {}

    public static Step after(ProviderException failure, Situation situation) {
        return switch (Fault.of(failure)) {
            case CALLERS -> new Step.GiveUp();
            case LENGTH -> larger(situation);
            case LASTING -> next(situation);
            case KEY -> situation.otherKey() ? new Step.OtherKey() : next(situation);
            case LIMIT ->
                    situation.otherKey() ? new Step.OtherKey() : sameOrNext(failure, situation);
            case PASSING -> sameOrNext(failure, situation);
        };
    }

    private static Step sameOrNext(ProviderException failure, Situation situation) {
        Duration named = failure.retry() instanceof Retry.After(Duration delay) ? delay : null;
        boolean same =
                situation.repeats() < situation.mostRepeats()
                        && !situation.choices().get(situation.at()).closedOff()
                        && (named == null || named.compareTo(LONGEST_WAIT) <= 0);
        return same ? new Step.SameAgain(named) : next(situation);
    }

    private static Step next(Situation situation) {
        List<Choice> choices = situation.choices();
        for (int i = situation.at() + 1; i < choices.size(); i++) {
            if (!choices.get(i).closedOff()) {
                return new Step.Next(i);
            }
        }
        return new Step.GiveUp();
    }

    /// One that is known to read more; of those of which nothing is known, none.
    private static Step larger(Situation situation) {
        List<Choice> choices = situation.choices();
        Long here = choices.get(situation.at()).contextWindow();
        for (int i = situation.at() + 1; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            Long there = choice.contextWindow();
            if (!choice.closedOff() && here != null && there != null && there > here) {
                return new Step.Next(i);
            }
        }
        return new Step.GiveUp();
    }
}
