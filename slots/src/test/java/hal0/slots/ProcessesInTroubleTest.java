package hal0.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.hardware.Hardware;
import hal0.slots.lifecycle.StateName;
import hal0.slots.runtime.LogLine;
import hal0.slots.runtime.PullProgress;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.runtime.SlotRuntime;
import hal0.slots.testing.ModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that die and servers that do not fit beside each other, as real processes.
class ProcessesInTroubleTest {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final long MACHINE_MB = 350;

    @TempDir Path home;

    private final CancelToken never = new CancelToken();
    private Hastened runtime;
    private LocalSlots slots;
    private long hastened = System.nanoTime();

    @BeforeEach
    void make() throws IOException {
        runtime = new Hastened(SlotsProcess.runtime(home, RuntimeName.PROCESS));
        Files.createDirectories(home.resolve("slots"));
    }

    @AfterEach
    void end() {
        slots.close();
        try (SlotRuntime last = SlotsProcess.runtime(home, RuntimeName.PROCESS)) {
            last.find().forEach(running -> last.stop(running, Duration.ZERO));
        }
    }

    @Test
    void serverThatDiesAgainAndAgainIsLeftAloneUntilItIsLoadedByHand() throws Exception {
        define("chat", "--tokens", "3");
        open();
        slots.load("chat", null);
        for (int death = 1; death <= 6; death++) {
            int run = death;
            until(() -> runtime.started.size() == run && status("chat").state().isReady());
            assertThat(status("chat").extra()).doesNotContainKey("parked");
            kill();
            // The pauses grow to 40 s: that what runs it is back ends each at once.
            until(() -> isParked() || isStartedAfter(run));
        }
        assertThat(isParked()).isTrue();
        assertThat(status("chat").state()).isEqualTo(StateName.ERROR);
        assertThat(status("chat").message()).contains("died 6 times", "loaded by hand");
        assertThat(runtime.started).hasSize(6);
        assertThat(alive()).isEmpty();

        SlotException refused =
                catchThrowableOfType(SlotException.class, () -> enter("chat").close());
        assertThat(refused.problem()).isEqualTo(SlotProblem.CRASH_LOOPING);
        runtime.engineFound();
        assertThat(runtime.started).hasSize(6);

        slots.load("chat", null);
        until(() -> runtime.started.size() == 7);
    }

    @Test
    void oneOfTwoThatDoNotFitTogetherGoesWhenNobodyUsesIt() throws Exception {
        define("first", "--eat-mb", "200");
        define("second", "--eat-mb", "200");
        open();
        learn("first");
        learn("second");
        Permit busy = enter("first");
        Thread waiting = Thread.ofVirtual().start(() -> enter("second").close());
        until(() -> status("second").waiting() == 1);
        assertThat(alive()).containsExactly("first");
        busy.close();
        until(() -> !waiting.isAlive());
        assertThat(alive()).containsExactly("second");
        assertThat(status("first").state()).isEqualTo(StateName.OFFLINE);
        assertThat(status("first").message()).contains("second needs its memory");
    }

    private boolean isParked() {
        return status("chat").extra().containsKey("parked");
    }

    private boolean isStartedAfter(int run) {
        // Each makes everything that runs be looked for: not more often than a pause is worth.
        long now = System.nanoTime();
        if (status("chat").state() == StateName.ERROR && now - hastened > 250_000_000) {
            hastened = now;
            runtime.engineFound();
        }
        return runtime.started.size() > run;
    }

    private void kill() {
        runtime.find().stream()
                .filter(Running::alive)
                .flatMap(running -> running.pids().stream())
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    /// What it takes is measured while it is up.
    private void learn(String slot) {
        enter(slot).close();
        until(() -> status(slot).extra().get("measured") != null);
        slots.unload(slot);
        until(() -> status(slot).state() == StateName.OFFLINE);
    }

    private SlotStatus status(String slot) {
        return slots.find(slot).orElseThrow();
    }

    private Permit enter(String slot) {
        return slots.enter(new Wish(slot, null, LONG), never);
    }

    private List<String> alive() {
        return runtime.find().stream().filter(Running::alive).map(Running::slot).toList();
    }

    private void define(String slot, String... flags) throws IOException {
        Path model = Files.writeString(home.resolve("qwen.gguf"), "");
        Files.writeString(
                home.resolve("slots/%s.toml".formatted(slot)),
                """
                [slot]
                runtime = "process"
                enabled = false
                command = ["%s", "--host", "${HOST}", "--port", "${PORT}", "--model", "${MODEL}", "%s"]
                [model]
                default = "%s"
                """
                        .formatted(ModelServer.binary(), String.join("\", \"", flags), model));
    }

    /// On a machine whose memory is what these processes leave of it.
    private void open() {
        slots =
                SlotsProcess.open(
                        home,
                        RuntimeName.PROCESS,
                        30_500,
                        () -> runtime,
                        () ->
                                new Hardware(
                                        "cpu",
                                        2,
                                        MACHINE_MB,
                                        Math.max(0, MACHINE_MB - used()),
                                        List.of(),
                                        List.of(),
                                        List.of()));
    }

    private long used() {
        return runtime.find().stream().filter(Running::alive).mapToLong(runtime::memoryMb).sum();
    }

    private void until(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(() -> "in vain: " + slots.all()).isNegative();
            LockSupport.parkNanos(5_000_000);
        }
    }

    /// Processes, of which it can be told that what runs them is back.
    private static final class Hastened implements SlotRuntime {
        private final SlotRuntime processes;
        private final List<Consumer<RuntimeEvent>> listeners = new CopyOnWriteArrayList<>();
        final List<String> started = new CopyOnWriteArrayList<>();

        Hastened(SlotRuntime processes) {
            this.processes = processes;
        }

        void engineFound() {
            listeners.forEach(l -> l.accept(new RuntimeEvent.EngineFound(name())));
        }

        @Override
        public RuntimeName name() {
            return processes.name();
        }

        @Override
        public void check() {
            processes.check();
        }

        @Override
        public boolean isPrepared(Launch launch) {
            return processes.isPrepared(launch);
        }

        @Override
        public void prepare(Launch launch, Consumer<PullProgress> progress, CancelToken cancel) {
            processes.prepare(launch, progress, cancel);
        }

        @Override
        public Running start(Launch launch, CancelToken cancel) {
            Running running = processes.start(launch, cancel);
            started.add(running.id());
            return running;
        }

        @Override
        public List<Running> find() {
            return processes.find();
        }

        @Override
        public void stop(Running running, Duration grace) {
            processes.stop(running, grace);
        }

        @Override
        public Watching watch(Consumer<RuntimeEvent> listener) {
            listeners.add(listener);
            return processes.watch(listener);
        }

        @Override
        public void logs(
                Running running,
                int lines,
                boolean follow,
                Consumer<LogLine> sink,
                CancelToken cancel) {
            processes.logs(running, lines, follow, sink, cancel);
        }

        @Override
        public long memoryMb(Running running) {
            return processes.memoryMb(running);
        }

        @Override
        public void close() {
            processes.close();
        }
    }
}
