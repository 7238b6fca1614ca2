package hal0.slots.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.http.CancelToken;
import hal0.slots.definition.Argument;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.LogLine;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.testing.ModelServer;
import hal0.slots.testing.SlotRuntimeContract;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slots as real processes of this machine.
class ProcessSlotRuntimeTest {
    private static final Duration GRACE = Duration.ofSeconds(5);

    @TempDir Path home;

    private final CancelToken never = new CancelToken();
    private final ProcessTable table = new ProcessTable(Path.of("/proc"));
    private final List<ProcessSlotRuntime> runtimes = new ArrayList<>();
    private ProcessSlotRuntime runtime;

    @BeforeEach
    void open() {
        runtime = another();
        runtime.check();
    }

    @AfterEach
    void endAll() {
        ProcessSlotRuntime last = another();
        last.find().forEach(running -> last.stop(running, Duration.ZERO));
        runtimes.forEach(ProcessSlotRuntime::close);
    }

    /// As a relay finds things that is started next.
    private ProcessSlotRuntime another() {
        ProcessSlotRuntime made =
                new ProcessSlotRuntime(home.resolve("slots"), HomeMark.of(home), System.getenv());
        runtimes.add(made);
        return made;
    }

    @Test
    void serverAnswersAndLeadsItsOwnSession() throws Exception {
        Launch launch = launch("--alias", "qwen");
        Running running = runtime.start(launch, never);
        await(() -> health(launch) == 200);
        assertThat(running.slot()).isEqualTo("chat");
        assertThat(running.runtime()).isEqualTo(RuntimeName.PROCESS);
        assertThat(running.model()).isEqualTo("qwen3");
        assertThat(running.fingerprint()).isEqualTo(launch.fingerprint());
        assertThat(running.endpoint()).hasToString("http://127.0.0.1:" + launch.port());
        assertThat(running.alive()).isTrue();
        assertThat(running.startedAt())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        long pid = pid(running);
        assertThat(running.pids()).containsExactly(pid);
        assertThat(table.find(pid).orElseThrow().session()).isEqualTo(pid);
        assertThat(table.program(pid)).isEqualTo(ModelServer.binary().toRealPath());
    }

    @Test
    void serverSeesNoneOfOurKeys() {
        Map<String, String> own = new HashMap<>(System.getenv());
        own.put("OPENAI_API_KEY", "sk-secret");
        own.put("HF_TOKEN", "hf-secret");
        own.put("HAL0_HOME", "/elsewhere");
        ProcessSlotRuntime rich =
                new ProcessSlotRuntime(home.resolve("slots"), new HomeMark("mark"), own);
        runtimes.add(rich);
        Running running = rich.start(launch(), never);
        try {
            Map<String, String> seen = table.environment(pid(running));
            assertThat(seen)
                    .doesNotContainKeys("OPENAI_API_KEY", "HF_TOKEN", "HAL0_HOME")
                    .containsEntry("PATH", own.get("PATH"))
                    .containsEntry("CUDA_VISIBLE_DEVICES", "-1")
                    .containsEntry("GREETING", "hello");
        } finally {
            rich.stop(running, Duration.ZERO);
        }
    }

    @Test
    void missingProgramIsNamedWithWhereItWasLookedFor() throws Exception {
        Launch missing = command("no-such-server", "--port", "1");
        assertThat(runtime.isPrepared(missing)).isFalse();
        assertConfigError(missing, "no program \"no-such-server\"", System.getenv("PATH"));
        assertConfigError(command("/no/such/server"), "there is no program /no/such/server");
        assertConfigError(command("bin/server"), "\"bin/server\" is relative");
        assertConfigError(command(), "command is empty");
        Path data = Files.writeString(home.resolve("data"), "no program");
        assertConfigError(command(data.toString()), "is not a program that may be started");
        assertConfigError(command(script("#!/no/such/interpreter\n")), "did not start", "127");
        assertThat(runtime.find()).isEmpty();
    }

    private void assertConfigError(Launch launch, String... words) {
        assertThatThrownBy(() -> runtime.start(launch, never))
                .isInstanceOfSatisfying(
                        SlotException.class,
                        e -> {
                            assertThat(e.problem()).isEqualTo(SlotProblem.CONFIG_ERROR);
                            assertThat(e.message()).contains(words).contains("slot chat");
                        });
    }

    @Test
    void modelFileThatIsGoneIsToldBeforeAnythingIsStarted() {
        Launch launch = withModel(launch(), home.resolve("gone.gguf"));
        assertThat(runtime.isPrepared(launch)).isFalse();
        assertConfigError(launch, "gone.gguf is not there");
        assertThat(runtime.find()).isEmpty();
    }

    @Test
    void stoppingAsksFirst() {
        Launch launch = launch();
        Running running = runtime.start(launch, never);
        await(() -> health(launch) == 200);
        runtime.stop(running, GRACE);
        assertThat(table.isAlive(pid(running), started(running))).isFalse();
        assertThat(output()).endsWith("stopping");
        assertThat(runtime.find()).isEmpty();
        runtime.stop(running, GRACE);
    }

    @Test
    void stoppingTakesWorkersAlongThatDoNotListen() {
        Launch launch = launch("--children", "3", "--ignore-sigterm");
        Running running = runtime.start(launch, never);
        await(() -> health(launch) == 200);
        List<Long> pids = runtime.find().getFirst().pids();
        assertThat(pids).hasSize(4);
        runtime.stop(running, Duration.ofMillis(200));
        assertThat(pids).noneMatch(this::lives);
    }

    @Test
    void workersInSessionsOfTheirOwnGoToo() throws Exception {
        String worker = "setsid sleep 1000 & exec " + ModelServer.binary() + " \"$@\"";
        Launch launch = launchOf(script("#!/bin/sh\n" + worker), SlotRuntimeContract.freePort());
        Running running = runtime.start(launch, never);
        await(() -> health(launch) == 200);
        await(() -> runtime.find().getFirst().pids().size() == 2);
        List<Long> pids = runtime.find().getFirst().pids();
        runtime.stop(running, GRACE);
        assertThat(pids).noneMatch(this::lives);
    }

    @Test
    void laterRelayFindsItByFileOrByMark() throws Exception {
        Running running = runtime.start(launch(), never);
        runtime.close();
        assertThat(another().find()).containsExactly(running);
        Path file = home.resolve("slots/chat/process.json");
        Files.writeString(file, "{\"slot\":\"chat\",");
        assertSame(another().find(), running);
        Files.delete(file);
        assertSame(another().find(), running);
        another().stop(running, GRACE);
        assertThat(lives(pid(running))).isFalse();
    }

    /// Its start is then known to the tick only.
    private static void assertSame(List<Running> found, Running running) {
        assertThat(found)
                .singleElement()
                .usingRecursiveComparison()
                .ignoringFields("startedAt")
                .isEqualTo(running);
    }

    @Test
    void processThatCameToItsNumberLaterIsNeitherFoundNorKilled() throws Exception {
        Running running = runtime.start(launch(), never);
        runtime.stop(running, GRACE);
        Process foreign = new ProcessBuilder("sleep", "1000").start();
        try {
            Path file = home.resolve("slots/chat/process.json");
            new ProcessRecord(
                            "chat",
                            foreign.pid(),
                            started(running),
                            table.boot(),
                            "gone",
                            "f",
                            null,
                            1,
                            Instant.EPOCH)
                    .write(file);
            Running dead = another().find().getFirst();
            assertThat(dead.alive()).isFalse();
            runtime.stop(dead, Duration.ZERO);
            assertThat(foreign.isAlive()).isTrue();
            assertThat(file).doesNotExist();
        } finally {
            foreign.destroyForcibly();
        }
    }

    @Test
    void crashIsToldWithExitCodeAndLastWords() throws Exception {
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        try (var _ = runtime.watch(events::add)) {
            Running running = runtime.start(launch("--crash-after", "100"), never);
            RuntimeEvent event = events.poll(10, TimeUnit.SECONDS);
            String why = "it ended with exit code 3; its last output: error: crash, as told";
            assertThat(event).isEqualTo(new RuntimeEvent.Ended("chat", running.id(), why));
            assertThat(runtime.find().getFirst().alive()).isFalse();
        }
    }

    @Test
    void killedChildIsToldByItsSignalAndItsWorkersGo() throws Exception {
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        try (var _ = runtime.watch(events::add)) {
            Launch launch = launch("--children", "2");
            Running running = runtime.start(launch, never);
            await(() -> health(launch) == 200);
            List<Long> pids = runtime.find().getFirst().pids();
            ProcessHandle.of(pid(running)).orElseThrow().destroyForcibly();
            assertThat(events.poll(1, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RuntimeEvent.Ended.class,
                            ended -> assertThat(ended.why()).contains("signal 9 (SIGKILL)"));
            assertThat(pids).hasSize(3).noneMatch(this::lives);
        }
    }

    @Test
    void endOfAnAdoptedOneIsToldWithinASecond() throws Exception {
        Running running = runtime.start(launch(), never);
        runtime.close();
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        ProcessSlotRuntime later = another();
        try (var _ = later.watch(events::add)) {
            ProcessHandle.of(pid(running)).orElseThrow().destroyForcibly();
            assertThat(events.poll(1, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RuntimeEvent.Ended.class,
                            ended -> assertThat(ended.id()).isEqualTo(running.id()));
            later.stop(running, Duration.ZERO);
            assertThat(events).isEmpty();
        }
    }

    @Test
    void logsGiveTheLastLinesAndFollow() throws Exception {
        Launch launch = launch("--log-lines", "50");
        Running running = runtime.start(launch, never);
        await(() -> output().contains("loaded"));
        List<String> last = new ArrayList<>();
        runtime.logs(running, 3, false, line -> last.add(line.text()), never);
        assertThat(last).hasSize(3).last().isEqualTo("model qwen3 loaded");
        BlockingQueue<LogLine> lines = new LinkedBlockingQueue<>();
        Thread reader =
                Thread.ofVirtual().start(() -> runtime.logs(running, 1, true, lines::add, never));
        assertThat(lines.poll(5, TimeUnit.SECONDS).text()).isEqualTo("model qwen3 loaded");
        get(launch, "/v1/models");
        assertThat(lines.poll(5, TimeUnit.SECONDS).text()).isEqualTo("GET /v1/models");
        runtime.stop(running, GRACE);
        assertThat(lines.poll(5, TimeUnit.SECONDS).text()).isEqualTo("stopping");
        assertThat(reader.join(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void memoryLimitHolds() throws Exception {
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        try (var _ = runtime.watch(events::add)) {
            runtime.start(limited(launch("--eat-mb", "500"), 100), never);
            assertThat(events.poll(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RuntimeEvent.Ended.class,
                            ended -> assertThat(ended.why()).contains("out of memory after"));
        }
    }

    @Test
    void serverOutlivesAProgramThatIsKilled() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        String port = String.valueOf(SlotRuntimeContract.freePort());
        Process relay =
                new ProcessBuilder(
                                java.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-Dhal0.root=" + System.getProperty("hal0.root"),
                                StartAndDie.class.getName(),
                                home.toString(),
                                port)
                        .inheritIO()
                        .start();
        assertThat(relay.waitFor()).isEqualTo(137);
        Running found = runtime.find().getFirst();
        assertThat(found.alive()).isTrue();
        assertThat(found.endpoint().getPort()).isEqualTo(Integer.parseInt(port));
    }

    /// A relay that is killed as soon as its slot runs.
    static final class StartAndDie {
        public static void main(String[] args) {
            Path home = Path.of(args[0]);
            ProcessSlotRuntime runtime =
                    new ProcessSlotRuntime(
                            home.resolve("slots"), HomeMark.of(home), System.getenv());
            String server = ModelServer.binary().toString();
            runtime.start(launchOf(server, Integer.parseInt(args[1])), new CancelToken());
            Runtime.getRuntime().halt(137);
        }
    }

    private Path script(String text) throws IOException {
        Path file = Files.createTempFile(home, "script", "");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Launch command(Object... words) {
        return of(Stream.of(words).map(String::valueOf).toList(), 1);
    }

    private static Launch launch(String... flags) {
        int port = SlotRuntimeContract.freePort();
        List<String> base = List.of(ModelServer.binary().toString(), "--port", "" + port);
        List<String> model = List.of("--model", "qwen3");
        return of(Stream.of(base, model, List.of(flags)).flatMap(List::stream).toList(), port);
    }

    private static Launch launchOf(Object program, int port) {
        return of(List.of(program.toString(), "--port", String.valueOf(port)), port);
    }

    private static Launch of(List<String> argv, int port) {
        return new Launch(
                "chat",
                SlotSpec.Type.LLM,
                RuntimeName.PROCESS,
                null,
                argv.stream()
                        .map(word -> new Argument(word, Argument.Source.SLOT, "chat.toml:4"))
                        .toList(),
                Map.of("GREETING", "hello"),
                Device.CPU,
                0,
                port,
                0,
                0,
                List.of(),
                "/health",
                new Launch.Served("qwen3", null, "qwen3", 512));
    }

    private static Launch withModel(Launch l, Path file) {
        return copy(l, l.memoryMb(), new Launch.Served("qwen3", file, file.toString(), 512));
    }

    private static Launch limited(Launch l, long memoryMb) {
        return copy(l, memoryMb, l.model());
    }

    private static Launch copy(Launch l, long memoryMb, Launch.Served model) {
        return new Launch(
                l.slot(),
                l.type(),
                l.runtime(),
                null,
                l.arguments(),
                l.env(),
                l.device(),
                0,
                l.port(),
                memoryMb,
                0,
                List.of(),
                l.healthPath(),
                model);
    }

    private static long pid(Running running) {
        return Long.parseLong(running.id().substring(0, running.id().indexOf('@')));
    }

    private static long started(Running running) {
        return Long.parseLong(running.id().substring(running.id().indexOf('@') + 1));
    }

    private boolean lives(long pid) {
        return table.find(pid).filter(ProcessTable.Entry::isAlive).isPresent();
    }

    private String output() {
        try {
            return Files.readString(home.resolve("slots/chat/output.log")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static int health(Launch launch) {
        return get(launch, "/health");
    }

    private static int get(Launch launch, String path) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection)
                            java.net
                                    .URI
                                    .create("http://127.0.0.1:" + launch.port() + path)
                                    .toURL()
                                    .openConnection();
            return connection.getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("did not come true in 10 s");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
