package hal0.relay.rescue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The breaker of every target that failed lately, by its name `provider/model`.
///
/// **Shape** who was let through by [#admits] tells one of three outcomes, or the target stays
/// closed to others while it is being probed. Targets that do well are not remembered. **Threads**
/// any.
public final class Breakers {
    /// Names come from clients: no more are remembered.
    private static final int MOST = 4096;

    /// What others are told of a target.
    public enum State {
        /// It is asked.
        CLOSED,
        /// It is not asked.
        OPEN,
        /// One request finds out whether it is well again.
        HALF_OPEN
    }

    /// Hears of changes, on the thread of the request that made them.
    public interface Listener {
        void changed(String target, State state);
    }

    private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();
    private final Map<String, String> reasons = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    private final Listener listener;

    /// **Units** `nanos` as of [System#nanoTime].
    public Breakers(LongSupplier nanos, Listener listener) {
        this.nanos = nanos;
        this.listener = listener;
    }

    /// Of real time, heard by nobody.
    public Breakers() {
        this(System::nanoTime, (_, _) -> {});
    }

    public State state(String target) {
        return state(breakers.get(target));
    }

    /// All targets that failed lately.
    public Map<String, State> states() {
        Map<String, State> states = new TreeMap<>();
        breakers.forEach((target, breaker) -> states.put(target, state(breaker)));
        return states;
    }

    private State state(@Nullable Breaker breaker) {
        return switch (breaker) {
            case null -> State.CLOSED;
            case Breaker.Closed _ -> State.CLOSED;
            case Breaker.Open open -> open.admits(nanos.getAsLong()) ? State.HALF_OPEN : State.OPEN;
            case Breaker.Probing _ -> State.HALF_OPEN;
        };
    }

    /// Whether a request would be let through now.
    public boolean wouldAdmit(String target) {
        Breaker breaker = breakers.get(target);
        return breaker == null || breaker.admits(nanos.getAsLong());
    }

    /// Lets a request through, as the probe where one is due; false where it must not go there.
    public boolean admits(String target) {
        if (breakers.get(target) == null) {
            return true;
        }
        boolean[] admitted = {true};
        change(
                target,
                before -> {
                    long now = nanos.getAsLong();
                    admitted[0] = before.admits(now);
                    return admitted[0] ? before.admitted(now) : before;
                });
        return admitted[0];
    }

    /// How long until a target that is not asked may be asked again.
    public Duration opensIn(String target) {
        if (breakers.get(target) instanceof Breaker.Open(long until)) {
            return Duration.ofNanos(Math.max(0, until - nanos.getAsLong()));
        }
        return state(target) == State.CLOSED ? Duration.ZERO : Breaker.REST;
    }

    /// The target answered, whatever it said.
    public void succeeded(String target) {
        if (breakers.containsKey(target)) {
            change(target, Breaker::succeeded);
        }
    }

    /// Why a target failed the last time, while it is remembered.
    public Optional<String> lastFailure(String target) {
        return Optional.ofNullable(reasons.get(target));
    }

    /// The target could not answer, for a reason that may be shown.
    public void failed(String target, String why) {
        long now = nanos.getAsLong();
        if (breakers.size() >= MOST && !breakers.containsKey(target)) {
            breakers.values().removeIf(Breaker.Closed.class::isInstance);
            reasons.keySet().retainAll(breakers.keySet());
        }
        reasons.put(target, why);
        change(target, before -> before.failed(now));
    }

    /// Nothing was learned of the target: the caller left, or the request never reached it.
    public void withdrawn(String target) {
        long now = nanos.getAsLong();
        if (breakers.containsKey(target)) {
            change(target, before -> before.withdrawn(now));
        }
    }

    private void change(String target, UnaryOperator<Breaker> step) {
        State[] seen = new State[2];
        breakers.compute(
                target,
                (_, known) -> {
                    seen[0] = state(known);
                    Breaker after = step.apply(known == null ? Breaker.unused() : known);
                    seen[1] = state(after);
                    if (after.isNew()) {
                        reasons.remove(target);
                        return null;
                    }
                    return after;
                });
        if (seen[0] != seen[1]) {
            listener.changed(target, seen[1]);
        }
    }
}
