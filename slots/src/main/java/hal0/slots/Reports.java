package hal0.slots;

import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.Overseer;
import hal0.slots.lifecycle.SlotEvent;
import hal0.slots.lifecycle.SlotState;
import hal0.slots.lifecycle.SlotState.Answering;
import hal0.slots.lifecycle.SlotState.Broken;
import hal0.slots.lifecycle.SlotState.Next;
import hal0.slots.lifecycle.SlotState.Offline;
import hal0.slots.lifecycle.SlotState.Pulling;
import hal0.slots.lifecycle.SlotState.Starting;
import hal0.slots.lifecycle.SlotState.Unloading;
import hal0.slots.lifecycle.SlotState.Wanted;
import hal0.slots.lifecycle.SlotState.Warming;
import hal0.slots.lifecycle.Up;
import hal0.slots.plan.Arbiter;
import hal0.slots.plan.Target;
import hal0.slots.runtime.PullProgress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells the arbiter what has become of slots, and everybody else that they have changed.
///
/// **Shape** an order of the arbiter's is answered once, by whichever move ends it: `up`, `down` or
/// `failed`.
final class Reports implements Overseer {
    /// Parked while it is still being stopped: that takes no longer.
    private static final Duration STOPPING = Duration.ofSeconds(15);

    private final Keepers keepers;
    private final Arbiter arbiter;
    private final SlotLaunches launches;
    private final Consumer<Keeper> changed;

    Reports(Keepers keepers, Arbiter arbiter, SlotLaunches launches, Consumer<Keeper> changed) {
        this.keepers = keepers;
        this.arbiter = arbiter;
        this.launches = launches;
        this.changed = changed;
    }

    @Override
    public void moved(String slot, SlotState before, SlotState after) {
        Keeper keeper = keepers.get(slot);
        boolean first = !keeper.isBegun();
        keeper.begin();
        switch (after) {
            case Offline offline -> offline(keeper, offline);
            case Broken broken -> broken(keeper, before, broken);
            case Pulling(_, var progress, _) -> pulling(slot, progress);
            case Starting _ -> {
                boolean asked =
                        (before instanceof Offline offline && offline.wanted() != null)
                                || (before instanceof Broken broken
                                        && broken.next() instanceof Wanted)
                                || before instanceof Pulling;
                if (!asked) {
                    found(keeper, after.model());
                }
            }
            case Unloading _ -> {}
            case Warming _ -> {
                if (first) {
                    found(keeper, after.model());
                }
            }
            case Answering answering -> {
                if (!(before instanceof Answering)) {
                    up(keeper, answering.up());
                }
            }
        }
        changed.accept(keeper);
    }

    /// The arbiter hears of what was found as if it had ordered it.
    private void found(Keeper keeper, @Nullable String model) {
        keeper.expectAnswer();
        arbiter.loading(keeper.slot(), model);
    }

    private void offline(Keeper keeper, Offline offline) {
        if (offline.wanted() != null) {
            return;
        }
        launches.release(keeper.slot());
        boolean due = keeper.takeAnswer();
        if (offline.failure() != null && due) {
            arbiter.failed(keeper.slot(), named(keeper, offline.failure().exception()));
        } else {
            arbiter.down(keeper.slot());
        }
    }

    private void broken(Keeper keeper, SlotState before, Broken broken) {
        String slot = keeper.slot();
        if (before instanceof Answering) {
            // What it waits for comes later where it is to be stopped first.
            Duration again = broken.next() instanceof Next.Retry(var after) ? after : STOPPING;
            arbiter.ended(slot, again);
        }
        if (broken.left() != null || broken.next() instanceof Wanted) {
            return;
        }
        launches.release(slot);
        boolean crash = before instanceof Answering || before instanceof Broken;
        if (keeper.takeAnswer() || !(crash && broken.next() instanceof Next.Retry)) {
            arbiter.failed(slot, named(keeper, broken.failure().exception()));
        }
    }

    private static SlotException named(Keeper keeper, SlotException e) {
        boolean already = e.message().startsWith("slot %s: ".formatted(keeper.slot()));
        return already
                ? e
                : SlotException.of(
                                e.problem(),
                                "slot \"%s\": %s".formatted(keeper.slot(), e.message()))
                        .with(e.details());
    }

    private void pulling(String slot, @Nullable PullProgress progress) {
        if (progress != null && progress.total() > 0) {
            arbiter.progress(slot, (double) progress.done() / progress.total(), null);
        }
    }

    private void up(Keeper keeper, Up up) {
        keeper.takeAnswer();
        arbiter.up(
                keeper.slot(),
                new Target(up.job().model(), up.running().endpoint(), up.running().key()));
    }

    @Override
    public void offered(String slot) {
        arbiter.letGo(slot);
    }

    @Override
    public void wanted(String slot, @Nullable String model) {
        Keeper keeper = keepers.get(slot);
        if (!keeper.isLeaving()) {
            arbiter.comeBack(slot, model);
        }
    }

    /// The arbiter took it to be elsewhere: it is told where the slot is, or it would wait for
    /// ever.
    @Override
    public void refused(String slot, SlotEvent.Order order, SlotState state, String why) {
        Keeper keeper = keepers.get(slot);
        if (!keeper.takeAnswer()) {
            return;
        }
        switch (state) {
            case Offline _ -> arbiter.down(slot);
            case Answering answering -> up(keeper, answering.up());
            case Broken _, Pulling _, Starting _, Warming _, Unloading _ ->
                    arbiter.failed(
                            slot,
                            SlotException.of(
                                    SlotProblem.ILLEGAL_TRANSITION,
                                    "slot \"%s\" is %s: %s"
                                            .formatted(slot, state.name().word(), why)));
        }
    }
}
