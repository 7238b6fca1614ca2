package hal0.slots;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.SlotEvent;
import hal0.slots.lifecycle.SlotState;
import hal0.slots.lifecycle.SlotState.Broken;
import hal0.slots.lifecycle.SlotState.Next;
import hal0.slots.lifecycle.SlotState.Offline;
import hal0.slots.plan.Arbiter;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.RuntimeEvent;
import java.util.List;
import java.util.Objects;

/// Hears what runtimes tell of their own accord, and asks them what slots want to know.
///
/// **Threads** any.
final class EngineNews {
    private static final System.Logger LOG = System.getLogger(EngineNews.class.getName());

    private final Keepers keepers;
    private final Runtimes runtimes;
    private final SlotLaunches launches;
    private final Arbiter arbiter;

    EngineNews(Keepers keepers, Runtimes runtimes, SlotLaunches launches, Arbiter arbiter) {
        this.keepers = keepers;
        this.runtimes = runtimes;
        this.launches = launches;
        this.arbiter = arbiter;
    }

    /// What a runtime tells of its own accord.
    void hear(RuntimeEvent event) {
        switch (event) {
            case RuntimeEvent.Ended(var slot, var id, var why) ->
                    keepers.find(slot)
                            .ifPresent(keeper -> keeper.loop().post(new SlotEvent.Died(id, why)));
            case RuntimeEvent.EngineLost(var name, var why) ->
                    LOG.log(WARNING, "{0} does not answer any more: {1}", name.word(), why);
            case RuntimeEvent.EngineFound(var name) -> {
                LOG.log(INFO, "{0} answers again", name.word());
                Thread.ofVirtual().name("slots-engine-found").start(() -> lookAgain(name));
            }
        }
    }

    /// What has ended while nobody could tell, what could not be begun, and what is there twice.
    private void lookAgain(RuntimeName name) {
        List<Running> found;
        try {
            found = runtimes.get(name).find();
        } catch (SlotException e) {
            LOG.log(WARNING, "{0}: {1}", name.word(), e.message());
            return;
        }
        for (Keeper keeper : keepers.all()) {
            Running running = keeper.loop().running();
            if (running != null && running.runtime() == name) {
                boolean alive =
                        found.stream().anyMatch(f -> f.alive() && f.id().equals(running.id()));
                if (!alive) {
                    keeper.loop()
                            .post(
                                    new SlotEvent.Died(
                                            running.id(),
                                            "it ended while %s did not answer"
                                                    .formatted(name.word())));
                }
            } else if (Runtimes.behind(keeper.definition().runtime()).contains(name)
                    && !takesOver(keeper, found)) {
                keeper.loop().post(new SlotEvent.EngineFound());
                loadIfMissing(keeper);
            }
        }
    }

    /// Whether something of an earlier process runs there just as it is wanted: then the slot, of
    /// which nothing was known, has it from now on.
    private boolean takesOver(Keeper keeper, List<Running> found) {
        SlotState state = keeper.loop().state();
        boolean down =
                state instanceof Offline
                        || (state instanceof Broken broken && broken.next() instanceof Next.Retry);
        if (!down || !keeper.isBegun()) {
            return false;
        }
        for (Running running : found) {
            if (running.alive() && running.slot().equals(keeper.slot())) {
                Launch launch = launches.asItRuns(running, running.model());
                if (launch != null) {
                    launches.keep(keeper.slot(), launch.port());
                    keeper.loop().post(new SlotEvent.Found(launch));
                    return true;
                }
            }
        }
        return false;
    }

    /// A slot that is to be up and could not be, for want of its engine.
    private void loadIfMissing(Keeper keeper) {
        boolean missing =
                keeper.definition().spec().slot().enabled()
                        && Objects.equals(
                                keeper.loop().saved().extra().get("code"),
                                SlotProblem.RUNTIME_UNAVAILABLE.code())
                        && !keeper.loop().saved().state().isReady();
        if (missing && keeper.isBegun()) {
            keeper.order(arbiter.wake(keeper.slot()));
        }
    }

    /// What has written the slot's output: what runs, else what is left of the last run.
    ///
    /// **Errors** `ILLEGAL_TRANSITION` when there is neither.
    Running withOutput(Keeper keeper) {
        Running running = keeper.loop().running();
        if (running != null) {
            return running;
        }
        for (RuntimeName name : Runtimes.behind(keeper.definition().runtime())) {
            try {
                List<Running> found = runtimes.get(name).find();
                for (Running remnant : found) {
                    if (remnant.slot().equals(keeper.slot())) {
                        return remnant;
                    }
                }
            } catch (SlotException e) {
                LOG.log(INFO, "slot {0}: {1}", keeper.slot(), e.message());
            }
        }
        throw SlotException.of(
                SlotProblem.ILLEGAL_TRANSITION,
                "slot \"%s\" is %s and has left no output: load it"
                        .formatted(keeper.slot(), keeper.loop().state().name().word()));
    }
}
