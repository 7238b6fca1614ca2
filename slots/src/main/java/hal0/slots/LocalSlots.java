package hal0.slots;

import hal0.providers.Secret;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.slots.definition.Definitions;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.hardware.Hardware;
import hal0.slots.lifecycle.Answers;
import hal0.slots.lifecycle.Prober;
import hal0.slots.lifecycle.SlotEvent;
import hal0.slots.lifecycle.SlotLoop.Clocks;
import hal0.slots.lifecycle.SlotState;
import hal0.slots.lifecycle.SlotState.Broken;
import hal0.slots.lifecycle.SlotState.Offline;
import hal0.slots.lifecycle.Workshop;
import hal0.slots.plan.Arbiter;
import hal0.slots.plan.Lever;
import hal0.slots.plan.Order;
import hal0.slots.plan.Place;
import hal0.slots.runtime.LogLine;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.SlotRuntime;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The slots of this machine: definitions, one loop for each, one arbiter over all, and whatever
/// runs them.
///
/// **Shape** who makes it owns the home. It begins with `open`; what an earlier process left
/// running is then looked for in the background, and requests wait until that is known of their
/// slot. **Threads** any.
public final class LocalSlots implements Slots {
    private static final Duration ENDING = Duration.ofSeconds(5);

    private final Parts parts;
    private final Keepers keepers;
    private final Runtimes runtimes;
    private final SlotLaunches launches;
    private final Arbiter arbiter;
    private final Statuses statuses;
    private final Care care;
    private final EngineNews news;

    /// What it is made of.
    ///
    /// **Shape** `states` is the folder of slots' own folders; `runtimes` makes each when the first
    /// slot needs it; `arbiter` is made for the lever that it is given.
    public record Parts(
            Definitions definitions,
            Path states,
            Map<RuntimeName, Supplier<SlotRuntime>> runtimes,
            Transport transport,
            Hardware.Probe hardware,
            Estimator estimator,
            Function<Lever, Arbiter> arbiter,
            Clocks clocks,
            Workshop.Rhythm rhythm) {}

    private LocalSlots(Parts parts) {
        this.parts = parts;
        this.keepers = new Keepers(parts.definitions());
        this.runtimes = new Runtimes(parts.runtimes(), event -> news().hear(event));
        this.launches = new SlotLaunches(parts.definitions(), runtimes);
        SlotMemory memory =
                new SlotMemory(keepers, runtimes, launches, parts.hardware(), parts.estimator());
        this.arbiter =
                parts.arbiter()
                        .apply(
                                new LoopLever(
                                        keepers,
                                        launches,
                                        memory,
                                        keeper -> statusesOf().tell(keeper)));
        this.statuses = new Statuses(arbiter);
        this.news = new EngineNews(keepers, runtimes, launches, arbiter);
        Workshop workshop =
                new Workshop(
                        runtimes::get,
                        launches,
                        new Prober(parts.transport()),
                        memory,
                        parts.rhythm());
        this.care =
                new Care(
                        new Care.Surroundings(
                                parts.definitions(),
                                parts.states(),
                                keepers,
                                runtimes,
                                launches,
                                arbiter,
                                statuses,
                                parts.clocks()),
                        workshop);
    }

    private EngineNews news() {
        return news;
    }

    private Statuses statusesOf() {
        return statuses;
    }

    /// Takes care of all slots from now on; returns at once.
    public static LocalSlots open(Parts parts) {
        LocalSlots slots = new LocalSlots(parts);
        slots.care.begin();
        return slots;
    }

    @Override
    public List<SlotStatus> all() {
        return keepers.all().stream().map(statuses::of).toList();
    }

    @Override
    public Optional<SlotStatus> find(String name) {
        return keepers.find(name).map(statuses::of);
    }

    @Override
    public Permit enter(Wish wish, CancelToken cancel) {
        requireOffered(wish);
        Place place = arbiter.enter(wish.slot(), wish.model(), wish.patience(), cancel);
        return new Entered(
                place, keepers.find(wish.slot()).map(keeper -> keeper.loop().answers().asked()));
    }

    /// Files, and names that only a server knows, are for who runs this machine to choose: else a
    /// request could have anything loaded in place of what serves.
    private void requireOffered(Wish wish) {
        String model = wish.model();
        if (model == null) {
            return;
        }
        Keeper keeper = keepers.get(wish.slot());
        String loaded =
                keeper.isBegun() ? keeper.loop().state().model() : keeper.earlier().modelId();
        boolean own = model.equals(loaded) || model.equals(keeper.definition().spec().model().id());
        if (!own && !parts.definitions().isRegistered(model)) {
            throw SlotException.of(
                    SlotProblem.CONFIG_ERROR,
                    "slot \"%s\" does not have model \"%s\", and it is not registered: `hal0 models register`, or load it by hand: `hal0 slots load %s --model …`"
                            .formatted(wish.slot(), model, wish.slot()));
        }
    }

    /// **Shape** gives the place back once, however often it is closed.
    private record Entered(Place place, Optional<Answers.Asked> asked) implements Permit {
        @Override
        public URI endpoint() {
            return place.target().endpoint();
        }

        @Override
        public @Nullable Secret key() {
            return place.target().key();
        }

        @Override
        public @Nullable String model() {
            return place.target().model();
        }

        @Override
        public void answered() {
            asked.ifPresent(Answers.Asked::answered);
        }

        @Override
        public void close() {
            asked.ifPresent(Answers.Asked::close);
            place.close();
        }
    }

    @Override
    public SlotStatus load(String name, @Nullable String model) {
        Keeper keeper = keepers.get(name);
        var _ = launches.sketch(name, model);
        return ordered(keeper, arbiter.load(name, model));
    }

    @Override
    public SlotStatus unload(String name) {
        Keeper keeper = keepers.get(name);
        SlotState state = keeper.loop().state();
        if (state instanceof Broken) {
            keeper.loop().post(new SlotEvent.Unload("unloaded by hand"));
            return ordered(keeper, new GoingDown(keeper, statuses));
        }
        return ordered(keeper, arbiter.unload(name));
    }

    @Override
    public SlotStatus restart(String name) {
        Keeper keeper = keepers.get(name);
        SlotState state = keeper.loop().state();
        if (state instanceof Offline offline && offline.wanted() == null) {
            throw illegal(keeper, "nothing of it runs that could be restarted; load it");
        }
        return ordered(
                keeper,
                state instanceof Broken broken
                        ? arbiter.load(name, broken.model())
                        : arbiter.restart(name));
    }

    @Override
    public SlotStatus swap(String name, String model) {
        return load(name, model);
    }

    private SlotStatus ordered(Keeper keeper, Order order) {
        keeper.order(order);
        return statuses.of(keeper);
    }

    private static SlotException illegal(Keeper keeper, String why) {
        return SlotException.of(
                SlotProblem.ILLEGAL_TRANSITION,
                "slot \"%s\" is %s: %s"
                        .formatted(keeper.slot(), keeper.loop().state().name().word(), why));
    }

    @Override
    public SlotStatus await(String name, Duration patience, CancelToken cancel) {
        Keeper keeper = keepers.get(name);
        Order order = keeper.order();
        if (order != null) {
            var _ = order.await(patience, cancel);
        }
        return statuses.of(keeper);
    }

    @Override
    public Launch launch(String name) {
        Keeper keeper = keepers.get(name);
        return launches.asItWouldBe(name, keeper.loop().running());
    }

    @Override
    public Optional<String> runningFingerprint(String name) {
        return Optional.ofNullable(keepers.get(name).loop().running()).map(Running::fingerprint);
    }

    @Override
    public void logs(
            String name, int lines, boolean follow, Consumer<LogLine> sink, CancelToken cancel) {
        Running running = news.withOutput(keepers.get(name));
        runtimes.get(running.runtime()).logs(running, lines, follow, sink, cancel);
    }

    @Override
    public Subscription onChange(Consumer<SlotStatus> listener) {
        return statuses.onChange(listener);
    }

    @Override
    public GpuStatus gpu() {
        return Shares.of(arbiter.sharing(), parts.hardware().look(), keepers);
    }

    @Override
    public GpuStatus gpuMode(String mode, boolean force, boolean pin) {
        var _ = arbiter.gpuMode(mode, force, pin);
        return gpu();
    }

    @Override
    public void reload() {
        care.reload();
    }

    @Override
    public void close() {
        arbiter.close();
        keepers.all().forEach(keeper -> keeper.loop().close());
        // Whoever owns the home next must find what was written last.
        keepers.all().forEach(keeper -> keeper.loop().awaitEnd(ENDING));
        runtimes.close();
    }
}
