package hal0.slots;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import hal0.slots.definition.Definition;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.lifecycle.Beginning;
import hal0.slots.lifecycle.SavedState;
import hal0.slots.runtime.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Brings together what slots are to be and what still runs of an earlier process.
///
/// **Shape** what runs just as its definition says now is taken over; what runs otherwise is
/// stopped before its slot begins, so that it is never there twice; what no slot wants is removed.
/// **Threads** any; blocks while engines are asked and things are stopped.
final class Adoption {
    private static final System.Logger LOG = System.getLogger(Adoption.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Runtimes runtimes;
    private final SlotLaunches launches;
    private final Map<RuntimeName, List<Running>> found = new ConcurrentHashMap<>();
    private final Map<String, String> silent = new ConcurrentHashMap<>();

    Adoption(Runtimes runtimes, SlotLaunches launches) {
        this.runtimes = runtimes;
        this.launches = launches;
    }

    /// Looks what runs there; an engine that does not answer has nothing for now.
    void look(RuntimeName name) {
        try {
            found.put(name, runtimes.get(name).find());
        } catch (SlotException e) {
            silent.put(name.word(), e.message());
            LOG.log(INFO, "what {0} runs is not known: {1}", name.word(), e.message());
        }
    }

    /// Where the slot begins; `replaced` when something was running that is not wanted any more.
    record Found(Beginning beginning, boolean adopted, boolean replaced) {}

    Found begin(Definition definition, SavedState saved) {
        Running taken = null;
        Launch launch = null;
        boolean replaced = false;
        for (Running running : of(definition.name())) {
            if (!running.alive()) {
                continue; // its output is kept until the next start removes it
            }
            boolean fits = fits(definition, running);
            Launch wanted = fits ? launches.asItRuns(running, running.model()) : null;
            if (taken == null && wanted != null) {
                taken = running;
                launch = wanted;
            } else {
                replaced = true;
                stop(running, "it is not what its definition says now");
            }
        }
        if (taken == null || launch == null) {
            String why = whyUnseen(saved);
            return new Found(
                    why == null ? Beginning.down(saved) : Beginning.unseen(saved, why),
                    false,
                    replaced);
        }
        launches.keep(definition.name(), launch.port());
        LOG.log(
                INFO,
                "slot {0}: {1} {2} still runs and is taken over",
                definition.name(),
                taken.runtime().word(),
                taken.id());
        return new Found(Beginning.adopting(saved, launch, taken), true, replaced);
    }

    /// Why what ran the slot last could not be asked about it, null where it was.
    @Nullable String whyUnseen(SavedState saved) {
        String runtime = saved.runtime();
        return runtime == null ? null : silent.get(runtime);
    }

    private static boolean fits(Definition definition, Running running) {
        return Runtimes.behind(definition.runtime()).contains(running.runtime());
    }

    private List<Running> of(String slot) {
        List<Running> all = new ArrayList<>();
        found.values()
                .forEach(list ->
                        list.stream()
                                .filter(running -> running.slot().equals(slot))
                                .forEach(all::add));
        return all;
    }

    /// Removes what belongs to no slot that there may be.
    void removeOrphans(Predicate<String> mayBe) {
        for (List<Running> list : found.values()) {
            for (Running running : list) {
                if (!mayBe.test(running.slot())) {
                    stop(running, "its slot is defined no more");
                }
            }
        }
    }

    private void stop(Running running, String why) {
        LOG.log(
                INFO,
                "slot {0}: {1} {2} is removed: {3}",
                running.slot(),
                running.runtime().word(),
                running.id(),
                why);
        try {
            runtimes.get(running.runtime()).stop(running, GRACE);
        } catch (SlotException e) {
            LOG.log(WARNING, "slot {0}: {1}", running.slot(), e.message());
        }
    }
}
