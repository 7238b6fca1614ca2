package hal0.slots.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.LogLine;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.runtime.SlotRuntime;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every runtime of slots keeps to, on the real thing.
///
/// A test of a runtime extends it and says how the model server is started there. Homes are folders
/// of the test's own, so that nothing but the test's is seen or ended.
public abstract class SlotRuntimeContract {
    protected static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir protected Path folder;

    protected final CancelToken never = new CancelToken();
    private final List<SlotRuntime> opened = new ArrayList<>();
    private Path home;
    private Path otherHome;
    protected SlotRuntime runtime;

    /// A runtime as another process of that home would open it.
    protected abstract SlotRuntime open(Path home, HomeMark mark);

    /// The model server of slot `chat`, or of another, with its flags after those for host and
    /// port. Variable `GREETING` is `hello`, the model is `qwen3`.
    protected abstract Launch launch(String slot, int port, List<String> flags);

    /// The same, but of an image or a program that is not there.
    protected abstract Launch launchOfNothing(int port);

    /// Kills what runs, as an operator or the kernel would.
    protected void kill(Running running) {
        running.pids()
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @BeforeEach
    void openRuntime() throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        otherHome = Files.createDirectory(folder.resolve("other"));
        runtime = another(home);
        runtime.check();
    }

    @AfterEach
    void endAll() {
        for (Path each : List.of(home, otherHome)) {
            SlotRuntime last = another(each);
            last.find().forEach(running -> last.stop(running, Duration.ZERO));
        }
        opened.forEach(SlotRuntime::close);
    }

    @Test
    void serverAnswersAtTheEndpointThatIsTold() throws Exception {
        Launch launch = launch("chat", freePort(), List.of());
        Running running = runtime.start(launch, never);
        awaitUp(running);
        assertThat(running.slot()).isEqualTo("chat");
        assertThat(running.runtime()).isEqualTo(runtime.name());
        assertThat(running.model()).isEqualTo("qwen3");
        assertThat(running.fingerprint()).isEqualTo(launch.fingerprint());
        assertThat(running.alive()).isTrue();
        assertThat(running.startedAt())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(2));
        assertThat(running.pids()).isNotEmpty().allMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    @Test
    void laterProcessOfTheHomeFindsWhatRuns() throws Exception {
        Running running = runtime.start(launch("chat", freePort(), List.of()), never);
        runtime.close();
        SlotRuntime later = another(home);
        assertThat(later.find())
                .singleElement()
                .usingRecursiveComparison()
                .ignoringFields("startedAt")
                .isEqualTo(running);
        awaitUp(running);
        later.stop(running, GRACE);
        assertThat(later.find()).isEmpty();
    }

    @Test
    void homesDoNotTouchEachOther() throws Exception {
        Running ours = runtime.start(launch("chat", freePort(), List.of()), never);
        SlotRuntime other = another(otherHome);
        assertThat(other.find()).isEmpty();
        Running theirs = other.start(launch("chat", freePort(), List.of()), never);
        assertThat(other.find()).extracting(Running::id).containsExactly(theirs.id());
        assertThat(runtime.find()).extracting(Running::id).containsExactly(ours.id());
        awaitUp(ours);
        awaitUp(theirs);
    }

    @Test
    void stopEndsItAndFreesItsPort() throws Exception {
        int port = freePort();
        Running running = runtime.start(launch("chat", port, List.of()), never);
        awaitUp(running);
        runtime.stop(running, GRACE);
        assertThat(runtime.find()).isEmpty();
        assertThat(running.pids()).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
        try (ServerSocket free = new ServerSocket(port)) {
            assertThat(free.isBound()).isTrue();
        }
        runtime.stop(running, GRACE);
    }

    @Test
    void stopForcesWhatDoesNotListen() throws Exception {
        Running running =
                runtime.start(launch("chat", freePort(), List.of("--ignore-sigterm")), never);
        awaitUp(running);
        Instant begun = Instant.now();
        runtime.stop(running, Duration.ofSeconds(1));
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(8));
        assertThat(runtime.find()).isEmpty();
        assertThat(running.pids()).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void startRemovesARemnantOfTheSameSlot() throws Exception {
        Running first = runtime.start(launch("chat", freePort(), List.of()), never);
        Running other = runtime.start(launch("embed", freePort(), List.of()), never);
        Running second = runtime.start(launch("chat", freePort(), List.of()), never);
        assertThat(runtime.find())
                .extracting(Running::id)
                .containsExactlyInAnyOrder(second.id(), other.id())
                .doesNotContain(first.id());
    }

    @Test
    void killIsToldWithinASecond() throws Exception {
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        try (SlotRuntime.Watching _ = runtime.watch(events::add)) {
            Running running = runtime.start(launch("chat", freePort(), List.of()), never);
            awaitUp(running);
            Instant killed = Instant.now();
            kill(running);
            RuntimeEvent event = events.poll(10, TimeUnit.SECONDS);
            assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(1));
            assertThat(event)
                    .isInstanceOfSatisfying(
                            RuntimeEvent.Ended.class,
                            ended -> {
                                assertThat(ended.slot()).isEqualTo("chat");
                                assertThat(ended.id()).isEqualTo(running.id());
                                assertThat(ended.why()).containsIgnoringCase("kill");
                            });
        }
    }

    @Test
    void endOfItsOwnIsToldWithItsExitCode() throws Exception {
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        try (SlotRuntime.Watching _ = runtime.watch(events::add)) {
            runtime.start(launch("chat", freePort(), List.of("--crash-after", "300")), never);
            assertThat(events.poll(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RuntimeEvent.Ended.class,
                            ended -> assertThat(ended.why()).contains("3"));
        }
    }

    @Test
    void endThatWasAskedForIsNoNews() throws Exception {
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        try (SlotRuntime.Watching _ = runtime.watch(events::add)) {
            Running stopped = runtime.start(launch("chat", freePort(), List.of()), never);
            awaitUp(stopped);
            runtime.stop(stopped, GRACE);
            Running killed = runtime.start(launch("embed", freePort(), List.of()), never);
            kill(killed);
            assertThat(events.poll(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RuntimeEvent.Ended.class,
                            ended -> assertThat(ended.slot()).isEqualTo("embed"));
        }
    }

    @Test
    void nothingIsToldAfterClosing() throws Exception {
        BlockingQueue<RuntimeEvent> closed = new LinkedBlockingQueue<>();
        BlockingQueue<RuntimeEvent> open = new LinkedBlockingQueue<>();
        runtime.watch(closed::add).close();
        try (SlotRuntime.Watching _ = runtime.watch(open::add)) {
            Running running = runtime.start(launch("chat", freePort(), List.of()), never);
            awaitUp(running);
            kill(running);
            assertThat(open.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(closed).isEmpty();
        }
    }

    @Test
    void logsGiveTheLastLinesAndSayWhichAreErrors() throws Exception {
        Running running =
                runtime.start(launch("chat", freePort(), List.of("--log-lines", "50")), never);
        awaitUp(running);
        List<LogLine> last = new ArrayList<>();
        until(() -> {
            last.clear();
            runtime.logs(running, 500, false, last::add, never);
            return last.stream().anyMatch(line -> line.text().contains("loaded"));
        });
        assertThat(last).extracting(LogLine::text).contains("line 1 of 50", "line 50 of 50");
        List<LogLine> few = new ArrayList<>();
        runtime.logs(running, 3, false, few::add, never);
        assertThat(few).hasSize(3).isEqualTo(last.subList(last.size() - 3, last.size()));
    }

    @Test
    void followedLogsEndWithTheServer() throws Exception {
        Running running = runtime.start(launch("chat", freePort(), List.of()), never);
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader =
                Thread.ofVirtual()
                        .start(() ->
                                runtime.logs(
                                        running, 10, true, line -> lines.add(line.text()), never));
        awaitUp(running);
        until(() -> lines.stream().anyMatch(line -> line.contains("loaded")));
        kill(running);
        assertThat(reader.join(SOON)).isTrue();
    }

    @Test
    void cancelEndsFollowing() throws Exception {
        Running running = runtime.start(launch("chat", freePort(), List.of()), never);
        CancelToken cancel = new CancelToken();
        BlockingQueue<LogLine> lines = new LinkedBlockingQueue<>();
        Thread reader =
                Thread.ofVirtual().start(() -> runtime.logs(running, 10, true, lines::add, cancel));
        assertThat(lines.poll(10, TimeUnit.SECONDS)).isNotNull();
        cancel.cancel("enough");
        assertThat(reader.join(SOON)).isTrue();
    }

    @Test
    void memoryIsWhatTheServerHolds() throws Exception {
        Running running =
                runtime.start(launch("chat", freePort(), List.of("--eat-mb", "80")), never);
        awaitUp(running);
        assertThat(runtime.memoryMb(running)).isBetween(80L, 140L);
    }

    @Test
    void cancelledStartLeavesNothing() {
        CancelToken cancel = new CancelToken();
        cancel.cancel("changed my mind");
        assertThatThrownBy(() -> runtime.start(launch("chat", freePort(), List.of()), cancel))
                .isInstanceOfSatisfying(
                        SlotException.class,
                        e -> assertThat(e.problem()).isEqualTo(SlotProblem.CANCELLED));
        assertThat(runtime.find()).isEmpty();
    }

    @Test
    void missingServerIsAConfigErrorAndLeavesNothing() throws Exception {
        Launch launch = launchOfNothing(freePort());
        assertThat(runtime.isPrepared(launch)).isFalse();
        assertThatThrownBy(() -> runtime.start(launch, never))
                .isInstanceOfSatisfying(
                        SlotException.class,
                        e -> assertThat(e.problem()).isEqualTo(SlotProblem.CONFIG_ERROR));
        assertThat(runtime.find()).isEmpty();
    }

    @Test
    void tenSlotsAtOnce() throws Exception {
        List<Thread> starts = new ArrayList<>();
        BlockingQueue<Running> started = new LinkedBlockingQueue<>();
        for (int i = 0; i < 10; i++) {
            Launch launch = launch("slot-" + i, freePort(), List.of());
            starts.add(Thread.ofVirtual().start(() -> started.add(runtime.start(launch, never))));
        }
        for (Thread start : starts) {
            start.join();
        }
        assertThat(started).hasSize(10);
        assertThat(runtime.find()).hasSize(10).allMatch(Running::alive);
        started.forEach(this::awaitUp);
    }

    protected SlotRuntime another(Path of) {
        SlotRuntime made = open(of, HomeMark.of(of));
        opened.add(made);
        return made;
    }

    protected Path home() {
        return home;
    }

    protected void awaitUp(Running running) {
        until(() -> get(running.endpoint().resolve("/health")) == 200);
    }

    /// The status of an answer, 0 without one.
    protected static int get(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(2000);
            connection.setReadTimeout(2000);
            return connection.getResponseCode();
        } catch (IOException e) {
            // Not up yet, or no longer.
            return 0;
        }
    }

    protected static void until(BooleanSupplier condition) {
        Instant end = Instant.now().plus(SOON);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("the condition held in time").isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /// Below those that the kernel gives to whoever connects anywhere, so that it stays free until
    /// the server has it.
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
            try (ServerSocket _ = new ServerSocket(port)) {
                return port;
            } catch (IOException e) {
                // Taken: another one then.
                continue;
            }
        }
    }
}
