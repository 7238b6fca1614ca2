package hal0.cli.slots;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.cli.console.Logs;
import hal0.cli.console.Progress;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.home.config.ConfigProblem;
import hal0.home.config.Nearest;
import hal0.providers.http.CancelToken;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.SlotControl;
import hal0.relay.control.SlotInfo;
import hal0.relay.control.SlotLaunch;
import hal0.slots.definition.Definition;
import hal0.slots.definition.SlotSpec;
import hal0.slots.lifecycle.SavedState;
import hal0.slots.lifecycle.StateFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The slots as the running relay has them, or where none runs as files tell of them.
final class SlotsRun implements AutoCloseable {
    private static final Duration STEP = Duration.ofSeconds(1);

    private final Console console;
    private final Configuration configuration;
    private final Hal0 hal0;
    private final Optional<SlotControl> control;

    private SlotsRun(Console console, Configuration configuration, Hal0 hal0) {
        this.console = console;
        this.configuration = configuration;
        this.hal0 = hal0;
        this.control = hal0.owner().map(ControlPlane::slots);
    }

    static SlotsRun open(Console console, HomeOptions home) {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        return new SlotsRun(console, configuration, Hal0.open(configuration));
    }

    /// Says whether what runs was started as it would be now; nothing where no relay runs.
    static void compare(Console console, HomeOptions home, String name) {
        try (SlotsRun slots = open(console, home)) {
            slots.control
                    .map(control -> control.resolved(name))
                    .map(SlotsRun::difference)
                    .ifPresent(console.err()::println);
        }
    }

    private static String difference(SlotLaunch launch) {
        if (launch.runningFingerprint() == null) {
            return "Nothing of it runs now.";
        }
        return launch.differs()
                ? "What runs was started in another way; this takes effect with: hal0 slots restart "
                        + launch.slot()
                : "What runs was started in this way.";
    }

    /// Why files of this home define no slot, or define one as it was before; nothing of the files
    /// of a relay elsewhere.
    List<String> problems() {
        return hal0.elsewhere().isPresent()
                ? List.of()
                : configuration.slots().problems().stream().map(ConfigProblem::toString).toList();
    }

    /// Those of the relay, empty where none runs.
    Optional<SlotControl> control() {
        return control;
    }

    /// **Errors** [CommandException] where no relay runs.
    SlotControl required() {
        return control.orElseThrow(() ->
                new CommandException(
                        ExitCode.FAILED,
                        "no relay runs in this home, and slots are run by one. Start it with: hal0 serve"));
    }

    /// What is known of them; says so where that is only what files hold.
    List<SlotInfo> all() {
        return control.map(SlotControl::all).orElseGet(this::written);
    }

    /// **Errors** [CommandException] with the nearest name where there is no such slot.
    SlotInfo one(String name) {
        if (control.isPresent()) {
            return control.get().one(name);
        }
        List<SlotInfo> all = all();
        return all.stream()
                .filter(slot -> slot.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new CommandException(
                                ExitCode.CONFIGURATION,
                                "there is no slot \"%s\"%s"
                                        .formatted(
                                                name,
                                                Nearest.hint(
                                                        name,
                                                        all.stream()
                                                                .map(SlotInfo::name)
                                                                .toList()))));
    }

    /// As the last relay left them.
    private List<SlotInfo> written() {
        console.err()
                .println(
                        "No relay runs: these are the states that the last one wrote. Start one with: hal0 serve");
        return configuration.slots().definitions().all().stream().map(this::written).toList();
    }

    private SlotInfo written(Definition slot) {
        SavedState saved =
                new StateFile(configuration.home().state().resolve("slots"), slot.name()).read();
        SlotSpec.Slot spec = slot.spec().slot();
        return new SlotInfo(
                slot.name(),
                spec.type().word(),
                saved.state().word(),
                saved.modelId(),
                slot.spec().model().id(),
                spec.aliases(),
                saved.runtime() == null ? slot.runtime().word() : saved.runtime(),
                spec.device().word(),
                saved.port() == null ? spec.port() : saved.port(),
                null,
                spec.enabled(),
                spec.pinned(),
                0,
                0,
                saved.updatedAt(),
                saved.message(),
                saved.extra());
    }

    /// Waits for what comes of an order and says it; Ctrl-C leaves the order alone. `own` where the
    /// order names no model.
    int follow(SlotInfo ordered, boolean own) {
        CancelToken cancel = new CancelToken();
        long start = System.nanoTime();
        SlotInfo settled;
        try (Interrupt _ = Interrupt.cancels(cancel);
                Progress progress = Progress.on(console)) {
            settled = settled(ordered.name(), progress, cancel);
        }
        if (settled == null) {
            console.err().println("Not waited for any longer; it goes on by itself.");
            return ExitCode.INTERRUPTED;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        console.err().println("%s after %.1f s.".formatted(SlotText.step(settled), seconds));
        if (own) {
            otherModel(settled);
        }
        return settled.isFailed() ? ExitCode.UPSTREAM : ExitCode.DONE;
    }

    /// Null where nobody waits any longer.
    private @Nullable SlotInfo settled(String name, Progress progress, CancelToken cancel) {
        String shown = "";
        while (!cancel.isCancelled()) {
            SlotControl.Awaited awaited = required().await(name, STEP, cancel);
            if (awaited.settled()) {
                return awaited.slot();
            }
            String step = SlotText.step(awaited.slot());
            progress.at(step);
            if (!step.equals(shown)) {
                progress.done(step);
                shown = step;
            }
        }
        return null;
    }

    /// Its own model may be another by now than the one that it goes on with.
    private void otherModel(SlotInfo slot) {
        String own = slot.defaultModel();
        String model = slot.model();
        if (slot.isReady() && own != null && model != null && !own.equals(model)) {
            console.err()
                    .println(
                            "It keeps %1$s; its own model is %2$s. To have that: hal0 slots load %3$s --model %2$s"
                                    .formatted(model, own, slot.name()));
        }
    }

    /// What an order came to at once.
    int said(SlotInfo ordered, boolean own) {
        console.err().println(SlotText.step(ordered) + ".");
        if (own) {
            otherModel(ordered);
        }
        return ExitCode.DONE;
    }

    @Override
    public void close() {
        hal0.close();
    }
}
