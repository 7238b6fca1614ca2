package hal0.relay.dispatch;

import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.client.KeyRing;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Retry;
import hal0.relay.dispatch.Attempts.Means;
import hal0.relay.rescue.Fault;
import hal0.relay.rescue.RescueRule.Choice;
import hal0.relay.rescue.RescueRule.Situation;
import hal0.relay.routing.SlotAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The targets of one decision as a request comes by them: their breakers, clocks, keys and price.
///
/// **Threads** one.
final class Stations {
    private final Means means;
    private final Decision decision;
    private final Meter meter;

    Stations(Means means, Decision decision, Meter meter) {
        this.means = means;
        this.decision = decision;
        this.meter = meter;
    }

    /// Whether a route led here, which may have more targets and clocks of its own.
    boolean isRoute() {
        return count() > 1 || !decision.rules().equals(RescueRules.NONE);
    }

    int count() {
        return decision.targets().size();
    }

    Target target(int index) {
        return decision.targets().get(index);
    }

    /// The first target that may be asked.
    ///
    /// **Errors** [BreakerOpenException] when none may.
    int first() {
        for (int i = 0; i < count(); i++) {
            if (admits(i)) {
                return i;
            }
        }
        Target soonest = decision.target();
        for (Target target : decision.targets()) {
            if (delay(target).compareTo(delay(soonest)) < 0) {
                soonest = target;
            }
        }
        throw new BreakerOpenException(
                soonest,
                delay(soonest),
                means.breakers().lastFailure(soonest.toString()).orElse("no reason is known"));
    }

    private Duration delay(Target target) {
        return means.breakers().opensIn(target.toString());
    }

    /// Whether a request is let through to that target now; then its outcome is to be told.
    boolean admits(int index) {
        return means.breakers().admits(name(index));
    }

    /// Sets the target's price aside, and gives the keys to try.
    ///
    /// **Errors** `OverBudget`.
    KeyRing.Turn enter(int index) {
        Target target = target(index);
        boolean held = false;
        try {
            Meter.Caller caller = meter.caller();
            // Else what the target before was to cost would stand in the way of this one.
            meter.frees();
            meter.holds(
                    means.budget()
                            .hold(
                                    target.provider(),
                                    target.model(),
                                    caller.purse(),
                                    caller.estimatedTokens()));
            held = true;
        } finally {
            if (!held) {
                withdraw(index);
            }
        }
        return means.keys().turn(target.provider());
    }

    /// The target as it is called: with that key, and with the clocks of the route.
    Target prepared(Provider keyed, int index) {
        RescueRules rules = decision.rules();
        String model = target(index).model();
        if (rules.firstToken() == null && rules.idle() == null) {
            return new Target(keyed, model);
        }
        Timeouts own = keyed.timeouts();
        Timeouts changed =
                new Timeouts(
                        own.connect(),
                        Objects.requireNonNullElse(rules.firstToken(), own.firstToken()),
                        Objects.requireNonNullElse(rules.idle(), own.idle()),
                        own.total());
        return new Target(keyed.toBuilder().timeouts(changed).build(), model);
    }

    Situation situation(int at, int repeats, boolean otherKey, ProviderException failure) {
        List<Choice> choices = new ArrayList<>(count());
        for (int i = 0; i < count(); i++) {
            choices.add(new Choice(!means.breakers().wouldAdmit(name(i)), contextWindow(i)));
        }
        // Where nothing is held back, what no repetition is known to mend is told at once.
        boolean told = !isRoute() && failure.retry() instanceof Retry.Never;
        return new Situation(choices, at, repeats, told ? 0 : mostRepeats(at), otherKey);
    }

    int mostRepeats(int index) {
        Integer ruled = decision.rules().retries();
        return ruled != null ? ruled : target(index).provider().retries();
    }

    private @Nullable Long contextWindow(int index) {
        // Nobody looks where there is nowhere else to go.
        return count() == 1 ? null : about(index).contextWindow();
    }

    /// Whether a target is known to continue what it is told to have said.
    boolean canPrefill(int index) {
        return Boolean.TRUE.equals(about(index).prefill());
    }

    private ModelInfo about(int index) {
        Target target = target(index);
        return means.knowledge().about(target.provider(), target.model());
    }

    /// What a try told of the target; null for an answer.
    void note(int index, @Nullable ProviderException failure) {
        if (failure == null) {
            means.breakers().succeeded(name(index));
            return;
        }
        meter.noted(failure);
        if (!Fault.wasCalled(failure)) {
            meter.notCalled();
        }
        if (SlotAddress.isSlot(target(index).provider())) {
            // It is looked after, and back before a breaker would let anybody in.
            withdraw(index);
            return;
        }
        switch (Fault.health(failure)) {
            case WELL -> means.breakers().succeeded(name(index));
            case ILL -> means.breakers().failed(name(index), String.valueOf(failure.getMessage()));
            case UNKNOWN -> withdraw(index);
        }
    }

    /// A try ended without telling anything of the target.
    void withdraw(int index) {
        means.breakers().withdrawn(name(index));
    }

    /// The name of a target, under which its breaker is known.
    String name(int index) {
        return target(index).toString();
    }
}
