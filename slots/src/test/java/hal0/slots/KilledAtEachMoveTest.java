package hal0.slots;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.lifecycle.SavedState;
import hal0.slots.lifecycle.StateFile;
import hal0.slots.lifecycle.StateName;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.SlotRuntime;
import hal0.slots.testing.ModelServer;
import hal0.slots.testing.TestEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A relay that is killed at any moment of a slot's life leaves something behind that the next one
/// makes sense of: nothing runs twice, nothing is forgotten, and what is shown is what is.
class KilledAtEachMoveTest {
    private static final int FIRST_PORT = 31_000;

    /// Each life is mostly waiting for its server.
    private static final int AT_ONCE = 4;

    @TempDir Path folder;

    private RuntimeName engine;

    @ParameterizedTest
    @EnumSource(
            value = RuntimeName.class,
            names = {"PROCESS", "DOCKER", "PODMAN"})
    void nextRelayAgreesWithWhatWasLeftBehind(RuntimeName name) throws Exception {
        engine = name;
        if (engine != RuntimeName.PROCESS) {
            TestEngines.with(engine);
        }
        Path whole = home("whole");
        assertThat(live(whole, 0, FIRST_PORT)).isZero();
        List<String> moves = Files.readAllLines(whole.resolve(SlotsProcess.MOVES));
        assertThat(moves)
                .containsSubsequence(
                        "STARTING",
                        "WARMING",
                        "READY",
                        "SERVING",
                        "READY",
                        "UNLOADING",
                        "OFFLINE",
                        "STARTING",
                        "READY",
                        "ERROR",
                        "STARTING",
                        "READY",
                        "UNLOADING",
                        "OFFLINE");
        List<String> told = new ArrayList<>();
        try (ExecutorService lives = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<String>> all =
                    IntStream.rangeClosed(1, moves.size())
                            .mapToObj(move -> (Callable<String>) () -> killedAt(move))
                            .toList();
            for (Future<String> life : lives.invokeAll(all)) {
                told.add(life.get());
            }
        }
        // It was taken over where it ran, and some of the moments must have been such.
        assertThat(told).contains("READY", "OFFLINE");
    }

    private String killedAt(int move) throws Exception {
        Path home = home("killed-" + move);
        int firstPort = FIRST_PORT + move * SlotsProcess.PORTS;
        assertThat(live(home, move, firstPort)).isEqualTo(9);
        String last = Files.readAllLines(home.resolve(SlotsProcess.MOVES)).getLast();
        String when = "killed at move %d (%s)".formatted(move, last);
        StateFile file = new StateFile(home.resolve("state/slots"), "chat");
        SavedState left = file.read();
        assertThat(left.message()).as(when).doesNotContain("was lost");
        if (!List.of("SERVING", "READY").contains(last)) {
            assertThat(left.state().name()).as(when).isEqualTo(last);
        }
        try (SlotRuntime runtime = SlotsProcess.runtime(home, engine)) {
            List<Running> before = alive(runtime);
            assertThat(before).as(when).hasSizeLessThanOrEqualTo(1);
            try (LocalSlots slots = SlotsProcess.open(home, engine, firstPort)) {
                List<String> seen = new CopyOnWriteArrayList<>();
                var _ = slots.onChange(status -> seen.add(status.state() + " " + status.message()));
                until("settled", () -> isSettled(slots));
                StateName state = slots.find("chat").orElseThrow().state();
                when += " %s then %s".formatted(before, seen);
                List<Running> after = alive(runtime);
                if (before.isEmpty()) {
                    assertThat(state).as(when).isEqualTo(StateName.OFFLINE);
                    assertThat(after).as(when).isEmpty();
                } else {
                    assertThat(state).as(when).isEqualTo(StateName.READY);
                    assertThat(ids(after)).as(when).isEqualTo(ids(before));
                    assertThat(slots.find("chat").orElseThrow().extra().get("id"))
                            .as(when)
                            .isEqualTo(before.getFirst().id());
                }
                assertThat(file.read().state()).as(when).isEqualTo(state);
                assertThat(runtime.find()).as(when).hasSizeLessThanOrEqualTo(1);
                if (state == StateName.READY) {
                    slots.unload("chat");
                    until("unloaded", () -> alive(runtime).isEmpty());
                }
                return state.name();
            } finally {
                // A test that fails leaves nothing running either.
                runtime.find().forEach(rest -> runtime.stop(rest, Duration.ofSeconds(2)));
            }
        }
    }

    private static List<String> ids(List<Running> running) {
        return running.stream().map(Running::id).toList();
    }

    private static List<Running> alive(SlotRuntime runtime) {
        return runtime.find().stream().filter(Running::alive).toList();
    }

    /// Known, and not on its way anywhere.
    private static boolean isSettled(LocalSlots slots) {
        SlotStatus status = slots.find("chat").orElseThrow();
        return !status.message().startsWith("what runs is being looked for")
                && (status.state() == StateName.READY || status.state() == StateName.OFFLINE);
    }

    private static void until(String when, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(when).isNegative();
            LockSupport.parkNanos(5_000_000);
        }
    }

    /// A home with one slot that has two models to choose from.
    private Path home(String name) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.writeString(home.resolve("qwen.gguf"), "");
        Files.writeString(home.resolve("other.gguf"), "");
        Files.createDirectories(home.resolve("slots"));
        String runs =
                engine == RuntimeName.PROCESS
                        ? "command = [\"%s\", \"--host\", \"${HOST}\", \"--port\", \"${PORT}\", \"--model\", \"${MODEL}\", \"--load-delay\", \"30\"]"
                                .formatted(ModelServer.binary())
                        : "image = \"%s\"".formatted(TestEngines.IMAGE);
        Files.writeString(
                home.resolve("slots/chat.toml"),
                """
                [slot]
                runtime = "%s"
                enabled = false
                %s
                [model]
                default = "%s"
                """
                        .formatted(engine.word(), runs, model(home, "qwen")));
        return home;
    }

    /// A process reads a file; an image knows its models by name.
    private String model(Path home, String name) {
        return engine == RuntimeName.PROCESS ? home.resolve(name + ".gguf").toString() : name;
    }

    /// Runs the process to its end, and gives its exit code.
    private int live(Path home, int killAt, int firstPort) throws Exception {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SlotsProcess.class.getName(),
                                home.toString(),
                                String.valueOf(killAt),
                                engine.name(),
                                model(home, "other"),
                                String.valueOf(firstPort))
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("output.txt").toFile())
                        .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ends").isTrue();
            if (process.exitValue() != 0 && process.exitValue() != 9) {
                throw new AssertionError(Files.readString(home.resolve("output.txt")));
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
