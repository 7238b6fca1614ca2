package hal0.slots.process;

import hal0.home.Home;
import hal0.home.IoReason;
import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.LogLine;
import hal0.slots.runtime.PullProgress;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.runtime.SlotRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Slots as programs of this machine, each in a session of its own, so that it outlives the relay.
///
/// **Shape** `state` is the folder of slots' states: a slot's log, and what is known of its
/// process, are in `state/NAME`. `home` tells this home's processes from those of others.
/// `environment` is hal0's own, of which little is passed on. **Threads** any.
public final class ProcessSlotRuntime implements SlotRuntime {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration REMNANT_GRACE = Duration.ofSeconds(2);

    private final Path state;
    private final ProcessTable table = new ProcessTable(Path.of("/proc"));
    private final ProcessFinder finder;
    private final ProcessStart starting;
    private final ProcessWatch watch;

    public ProcessSlotRuntime(Path state, HomeMark home, Map<String, String> environment) {
        this.state = state;
        this.finder = new ProcessFinder(table, state, home);
        this.starting = new ProcessStart(table, home, environment);
        this.watch = new ProcessWatch(table, this::log);
    }

    @Override
    public RuntimeName name() {
        return RuntimeName.PROCESS;
    }

    @Override
    public void check() {
        if (!table.isReadable()) {
            throw SlotException.of(
                    SlotProblem.RUNTIME_UNAVAILABLE,
                    "the process runtime needs Linux: /proc/self/stat cannot be read");
        }
        starting.setsid();
    }

    @Override
    public boolean isPrepared(Launch launch) {
        Path model = model(launch);
        return starting.isThere(launch) && (model == null || Files.isReadable(model));
    }

    private static @Nullable Path model(Launch launch) {
        Launch.Served served = launch.model();
        return served == null ? null : served.file();
    }

    /// Nothing can be fetched for it: what is missing is told.
    @Override
    public void prepare(Launch launch, Consumer<PullProgress> progress, CancelToken cancel) {
        starting.program(launch);
        Path model = model(launch);
        if (model != null && !Files.isReadable(model)) {
            throw SlotException.of(
                    SlotProblem.CONFIG_ERROR,
                    "slot %s: the model file %s %s"
                            .formatted(
                                    launch.slot(),
                                    model,
                                    Files.exists(model) ? "may not be read" : "is not there"));
        }
    }

    @Override
    public Running start(Launch launch, CancelToken cancel) {
        check();
        prepare(launch, _ -> {}, cancel);
        for (Running remnant : find()) {
            if (remnant.slot().equals(launch.slot())) {
                stop(remnant, REMNANT_GRACE);
            }
        }
        SlotLog log = log(launch.slot());
        try {
            Home.createPrivate(folder(launch.slot()));
            log.begin();
            ProcessStart.Started started =
                    starting.start(launch, log, finder.file(launch.slot()), cancel);
            ProcessRecord record = started.record();
            watch.add(record, started.process());
            return record.running(true, new ProcessTree(table, record).pids());
        } catch (IOException e) {
            throw SlotException.of(
                    SlotProblem.LOAD_FAILED,
                    "slot %s: its process could not be started: %s"
                            .formatted(launch.slot(), IoReason.of(e)),
                    e);
        }
    }

    @Override
    public List<Running> find() {
        return finder.all().stream().map(this::seen).toList();
    }

    private Running seen(ProcessRecord record) {
        ProcessTree tree = new ProcessTree(table, record);
        boolean alive = tree.leads();
        if (alive) {
            watch.add(record, null);
        }
        return record.running(alive, tree.pids());
    }

    @Override
    public void stop(Running running, Duration grace) {
        watch.stopping(running.id());
        ProcessRecord known = watch.find(running.id());
        ProcessRecord record = known == null ? finder.find(running) : known;
        if (record == null) {
            return;
        }
        if (!new ProcessTree(table, record).end(grace)) {
            throw SlotException.of(
                    SlotProblem.RUNTIME_UNAVAILABLE,
                    "slot %s: process %d does not end, even by SIGKILL: the kernel holds it"
                            .formatted(record.slot(), record.pid()));
        }
        finder.forget(record);
    }

    @Override
    public Watching watch(Consumer<RuntimeEvent> listener) {
        Watching watching = watch.listen(listener);
        find();
        return watching;
    }

    @Override
    public void logs(
            Running running,
            int lines,
            boolean follow,
            Consumer<LogLine> sink,
            CancelToken cancel) {
        Consumer<String> each = text -> sink.accept(new LogLine(null, false, text));
        try {
            if (follow) {
                follow(running, lines, each, cancel);
            } else {
                log(running.slot()).last(lines).forEach(each);
            }
        } catch (IOException e) {
            throw SlotException.of(
                    SlotProblem.RUNTIME_UNAVAILABLE,
                    "slot %s: its log cannot be read: %s".formatted(running.slot(), IoReason.of(e)),
                    e);
        }
    }

    private void follow(Running running, int lines, Consumer<String> each, CancelToken cancel)
            throws IOException {
        SlotLog.Following following = log(running.slot()).follow(lines, each);
        ProcessRecord record = finder.find(running);
        ProcessTree tree = record == null ? null : new ProcessTree(table, record);
        Thread reader = Thread.currentThread();
        try (var _ = cancel.onCancel(() -> LockSupport.unpark(reader))) {
            while (!cancel.isCancelled()) {
                boolean alive = tree != null && tree.leads();
                following.more();
                if (!alive) {
                    following.finish();
                    return;
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    @Override
    public long memoryMb(Running running) {
        ProcessRecord record = finder.find(running);
        return record == null ? 0 : new ProcessTree(table, record).memoryMb();
    }

    private Path folder(String slot) {
        return state.resolve(slot);
    }

    private SlotLog log(String slot) {
        return new SlotLog(folder(slot).resolve("output.log"), SlotLog.LIMIT);
    }

    /// What runs goes on running.
    @Override
    public void close() {
        watch.close();
    }
}
