package hal0.slots;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import hal0.home.IoReason;
import hal0.slots.definition.Definition;
import hal0.slots.definition.Definitions;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.lifecycle.Beginning;
import hal0.slots.lifecycle.SavedState;
import hal0.slots.lifecycle.SlotLoop;
import hal0.slots.lifecycle.SlotLoop.Clocks;
import hal0.slots.lifecycle.StateFile;
import hal0.slots.lifecycle.Workshop;
import hal0.slots.plan.Arbiter;
import hal0.slots.plan.Terms;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.SlotRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Which slots there are: takes them in, lets them go, and hears what engines tell.
///
/// **Threads** any; definitions are taken over one reading after the other.
final class Care {
    private static final System.Logger LOG = System.getLogger(Care.class.getName());
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Surroundings around;
    private final Workshop workshop;
    private final Reports reports;
    private final ReentrantLock defining = new ReentrantLock();

    record Surroundings(
            Definitions definitions,
            Path states,
            Keepers keepers,
            Runtimes runtimes,
            SlotLaunches launches,
            Arbiter arbiter,
            Statuses statuses,
            Clocks clocks) {}

    Care(Surroundings around, Workshop workshop) {
        this.around = around;
        this.workshop = workshop;
        this.reports =
                new Reports(
                        around.keepers(),
                        around.arbiter(),
                        around.launches(),
                        around.statuses()::tell);
    }

    /// Takes in every slot that is defined; what runs for them is found out in the background.
    void begin() {
        List<Keeper> all = new ArrayList<>();
        around.definitions().all().forEach(definition -> all.add(takeIn(definition)));
        Thread.ofVirtual().name("slots-adoption").start(() -> adopt(all));
    }

    private Keeper takeIn(Definition definition) {
        StateFile file = new StateFile(around.states(), definition.name());
        Keeper keeper =
                new Keeper(
                        definition,
                        file,
                        self ->
                                new SlotLoop(
                                        self::definition,
                                        file,
                                        workshop,
                                        reports,
                                        around.clocks()));
        around.keepers().add(keeper);
        around.arbiter().define(Terms.of(definition));
        return keeper;
    }

    /// A fault here must not leave slots of which nothing is ever known.
    private void adopt(List<Keeper> all) {
        Adoption adoption = new Adoption(around.runtimes(), around.launches());
        try {
            inParallel(List.copyOf(runtimesOf(all)), adoption::look);
        } catch (RuntimeException e) {
            LOG.log(ERROR, "what runs could not be found out", e);
        }
        inParallel(all, keeper -> adopt(keeper, adoption));
        adoption.removeOrphans(this::mayBe);
        forgetStates(adoption);
    }

    private static <T> void inParallel(List<T> all, Consumer<T> deed) {
        List<Thread> threads =
                all.stream()
                        .map(each ->
                                Thread.ofVirtual()
                                        .name("slots-adoption")
                                        .start(() -> deed.accept(each)))
                        .toList();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// The runtimes that may have something of ours: those of the definitions, and those that ran a
    /// slot before.
    private Set<RuntimeName> runtimesOf(List<Keeper> all) {
        Set<RuntimeName> names = EnumSet.noneOf(RuntimeName.class);
        all.forEach(keeper -> names.addAll(Runtimes.behind(keeper.definition().runtime())));
        for (String slot : savedSlots()) {
            String word = new StateFile(around.states(), slot).read().runtime();
            Arrays.stream(RuntimeName.values())
                    .filter(name -> name.word().equals(word))
                    .forEach(names::add);
        }
        return names;
    }

    private List<String> savedSlots() {
        if (!Files.isDirectory(around.states())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(around.states())) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            LOG.log(WARNING, "{0}: {1}", around.states(), IoReason.of(e));
            return List.of();
        }
    }

    private void adopt(Keeper keeper, Adoption adoption) {
        SavedState saved = keeper.earlier();
        boolean wake = keeper.definition().spec().slot().enabled();
        Beginning beginning = Beginning.down(saved);
        try {
            Adoption.Found found = adoption.begin(keeper.definition(), saved);
            beginning = found.beginning();
            wake = !found.adopted() && (wake || found.replaced());
        } catch (RuntimeException e) {
            LOG.log(ERROR, "slot " + keeper.slot() + ": what runs could not be taken over", e);
        }
        keeper.loop().start(beginning);
        if (wake && !saved.isParked()) {
            keeper.order(around.arbiter().wake(keeper.slot()));
        }
    }

    /// A typing error in a file must not take down what serves, nor what was learned of it.
    private boolean mayBe(String slot) {
        return around.keepers().find(slot).isPresent() || around.definitions().mayDefine(slot);
    }

    /// Folders of slots that are defined no more.
    private void forgetStates(Adoption adoption) {
        for (String slot : savedSlots()) {
            StateFile file = new StateFile(around.states(), slot);
            // What could not be asked about is looked for again at the next start.
            if (!mayBe(slot) && adoption.whyUnseen(file.read()) == null) {
                delete(file);
            }
        }
    }

    private static void delete(StateFile file) {
        try {
            file.delete();
        } catch (IOException e) {
            LOG.log(WARNING, "{0} stays: {1}", file.folder(), IoReason.of(e));
        }
    }

    /// Takes over definitions as they are now.
    void reload() {
        defining.lock();
        try {
            List<Definition> all = around.definitions().all();
            Set<String> names = new HashSet<>();
            for (Definition definition : all) {
                names.add(definition.name());
                around.keepers()
                        .find(definition.name())
                        .ifPresentOrElse(
                                keeper -> change(keeper, definition), () -> add(definition));
            }
            for (Keeper keeper : around.keepers().all()) {
                boolean gone =
                        !names.contains(keeper.slot())
                                && !around.definitions().mayDefine(keeper.slot());
                if (gone && !keeper.isLeaving()) {
                    LOG.log(INFO, "slot {0} is defined no more", keeper.slot());
                    keeper.leave();
                    around.arbiter().forget(keeper.slot(), () -> left(keeper));
                }
            }
        } finally {
            defining.unlock();
        }
    }

    /// One that is on its way out comes back once it is out.
    private void change(Keeper keeper, Definition definition) {
        if (!keeper.isLeaving() && !keeper.definition().equals(definition)) {
            keeper.define(definition);
            around.arbiter().define(Terms.of(definition));
            around.statuses().tell(keeper);
        }
    }

    private void add(Definition definition) {
        Keeper keeper = takeIn(definition);
        keeper.loop().start(Beginning.down(keeper.earlier()));
        if (definition.spec().slot().enabled()) {
            keeper.order(around.arbiter().wake(keeper.slot()));
        }
    }

    /// It is down, and the arbiter has forgotten it.
    private void left(Keeper keeper) {
        Thread.ofVirtual()
                .name("slots-leave-" + keeper.slot())
                .start(() -> {
                    keeper.loop().close();
                    keeper.loop().awaitEnd(GRACE);
                    for (RuntimeName name : Runtimes.behind(keeper.definition().runtime())) {
                        removeRemnants(name, keeper.slot());
                    }
                    delete(keeper.file());
                    around.keepers().remove(keeper);
                    around.statuses().tell(keeper);
                    reload();
                });
    }

    private void removeRemnants(RuntimeName name, String slot) {
        try {
            SlotRuntime runtime = around.runtimes().get(name);
            for (Running running : runtime.find()) {
                if (running.slot().equals(slot)) {
                    runtime.stop(running, GRACE);
                }
            }
        } catch (SlotException e) {
            LOG.log(INFO, "slot {0}: {1}", slot, e.message());
        }
    }
}
