package hal0.slots.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.engine.Engine;
import hal0.slots.engine.Labels;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.LogLine;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.runtime.SlotRuntime;
import hal0.slots.testing.SlotRuntimeContract;
import hal0.slots.testing.TestEngines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What holds for containers beyond what holds for all runtimes.
abstract class EngineContract extends SlotRuntimeContract {
    private static final ObjectMapper JSON = new ObjectMapper();

    protected final ContainerLaunches launches;
    protected final URI address;
    private final RuntimeName engine;

    EngineContract(RuntimeName engine) {
        this.engine = engine;
        launches = new ContainerLaunches(engine);
        address = TestEngines.with(engine);
    }

    /// The words of the engine's command that speak to the engine of the tests.
    protected abstract List<String> command();

    @Override
    protected SlotRuntime open(Path home, HomeMark mark) {
        return DockerSlotRuntime.on(Engine.at(engine, address), mark);
    }

    @Override
    protected Launch launch(String slot, int port, List<String> flags) {
        return launches.of(slot, port, flags);
    }

    @Override
    protected Launch launchOfNothing(int port) {
        return launches.of("chat", "localhost/hal0/none:1", port, List.of(), Device.CPU, 0, null);
    }

    @Test
    void containerHasNoMoreRightsThanItNeeds() {
        Running running = runtime.start(launch("chat", freePort(), List.of()), never);
        JsonNode host = inspect(running).path("HostConfig");
        assertThat(host.path("Privileged").asBoolean(true)).isFalse();
        assertThat(host.path("RestartPolicy").path("Name").asText()).isIn("", "no");
        assertThat(host.path("SecurityOpt").toString()).contains("no-new-privileges");
        JsonNode bindings = host.path("PortBindings").elements().next();
        assertThat(bindings).hasSize(1);
        assertThat(bindings.get(0).path("HostIp").asText()).isEqualTo("127.0.0.1");
        assertThat(status(running))
                .contains("CapEff:\t0000000000000000")
                .contains("NoNewPrivs:\t1");
    }

    @Test
    void logsAreBounded() {
        Running running = runtime.start(launch("chat", freePort(), List.of()), never);
        // Podman tells of it only in the words of its monitor.
        String told = inspect(running) + monitor(running);
        assertThat(told).contains("10485760");
    }

    private static String monitor(Running running) {
        return ProcessHandle.of(running.pids().getFirst())
                .flatMap(ProcessHandle::parent)
                .flatMap(parent -> parent.info().commandLine())
                .orElse("");
    }

    @Test
    void modelOfAUserIsSeenReadOnlyInAllItsParts() throws Exception {
        List<Path> parts = new ArrayList<>();
        for (int part = 1; part <= 3; part++) {
            Path file = folder.resolve("big-%05d-of-00003.gguf".formatted(part));
            Files.writeString(file, "part " + part);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.setAttribute(file, "unix:uid", 54321);
            parts.add(file);
        }
        Launch.Served served =
                new Launch.Served("big", parts.getFirst(), "/models/big-00001-of-00003.gguf", 4096);
        Running running =
                runtime.start(
                        launches.of(
                                "chat",
                                TestEngines.IMAGE,
                                freePort(),
                                List.of(),
                                Device.CPU,
                                0,
                                served),
                        never);
        awaitUp(running);
        Path inside = root(running).resolve("models");
        assertThat(inside.resolve("big-00003-of-00003.gguf")).hasContent("part 3");
        assertThatThrownBy(() -> Files.writeString(inside.resolve("big-00002-of-00003.gguf"), "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Read-only");
    }

    @Test
    void modelFileThatIsGoneIsNamed() {
        Path file = folder.resolve("gone.gguf");
        Launch.Served served = new Launch.Served("gone", file, "/models/gone.gguf", 4096);
        Launch launch =
                launches.of(
                        "chat", TestEngines.IMAGE, freePort(), List.of(), Device.CPU, 0, served);
        assertThat(failure(launch, SlotProblem.CONFIG_ERROR)).contains(file.toString());
    }

    @Test
    void takenPortIsTold() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Launch launch = launch("chat", taken.getLocalPort(), List.of());
            assertThat(failure(launch, SlotProblem.NO_FREE_PORT)).contains("Choose another");
        }
        assertThat(runtime.find()).isEmpty();
    }

    @Test
    void containerOfSomebodyElseUnderTheNameStays() {
        String name = Labels.containerName(HomeMark.of(home()), "chat");
        String id = cli("create", "--name", name, TestEngines.IMAGE).strip();
        try {
            Launch launch = launch("chat", freePort(), List.of());
            assertThat(failure(launch, SlotProblem.LOAD_FAILED)).contains(name, "not hal0's");
            assertThat(cli("inspect", id)).contains(id);
        } finally {
            cli("rm", "-f", id);
        }
    }

    @Test
    void memoryLimitThatIsReachedIsTold() throws Exception {
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        try (SlotRuntime.Watching _ = runtime.watch(events::add)) {
            runtime.start(
                    launches.of(
                            "chat",
                            TestEngines.IMAGE,
                            freePort(),
                            List.of("--eat-mb", "300"),
                            Device.CPU,
                            64,
                            null),
                    never);
            assertThat(events.poll(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RuntimeEvent.Ended.class,
                            ended -> assertThat(ended.why()).contains("memory limit of 64 MiB"));
        }
    }

    @Test
    void lastWordsAreTold() throws Exception {
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        try (SlotRuntime.Watching _ = runtime.watch(events::add)) {
            runtime.start(launch("chat", freePort(), List.of("--crash-on-load")), never);
            assertThat(events.poll(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RuntimeEvent.Ended.class,
                            ended ->
                                    assertThat(ended.why())
                                            .isEqualTo(
                                                    "ended with exit code 1: error: failed to load model 'qwen3'"));
        }
    }

    @Test
    void devicesAreThereForTheirGroup() throws Exception {
        Path dev = Files.createDirectories(folder.resolve("dev"));
        Files.createDirectory(dev.resolve("dri"));
        Path node = dev.resolve("dri/renderD128");
        TestEngines.run(List.of("mknod", node.toString(), "c", "1", "3"), null);
        Files.setAttribute(node, "unix:gid", 44444);
        try (Engine here = Engine.at(engine, address)) {
            SlotRuntime withDevices =
                    DockerSlotRuntime.on(here, HomeMark.of(home()), new DeviceNodes(dev));
            Running running = withDevices.start(on(Device.GPU_VULKAN), never);
            assertThat(root(running).resolve("dev/dri/renderD128")).exists();
            assertThat(status(running)).containsPattern("Groups:.*44444");
            assertThat(environment(running))
                    .contains("GGML_VK_VISIBLE_DEVICES=0", "GREETING=hello");
            assertThat(environment(running)).doesNotContain("HIP_VISIBLE_DEVICES");
        }
    }

    @Test
    void deviceThatIsNotThereIsNamed() {
        try (Engine here = Engine.at(engine, address)) {
            SlotRuntime bare =
                    DockerSlotRuntime.on(here, HomeMark.of(home()), new DeviceNodes(folder));
            for (Device device : List.of(Device.GPU_ROCM, Device.GPU_VULKAN, Device.NPU)) {
                assertThatThrownBy(() -> bare.start(on(device), never))
                        .isInstanceOfSatisfying(
                                SlotException.class,
                                e -> assertThat(e.problem()).isEqualTo(SlotProblem.CONFIG_ERROR))
                        .hasMessageContainingAll(device.word(), "this machine has no /dev/");
            }
        }
    }

    @Test
    void terminalsOutputIsReadTooOfAContainerThatAUnitStarted() {
        int port = freePort();
        Launch launch = launch("chat", port, List.of());
        List<String> words = new ArrayList<>(List.of("run", "-d", "-t", "--name", "of-a-unit"));
        Labels.of(launch, HomeMark.of(home()))
                .forEach((key, value) -> words.addAll(List.of("--label", key + "=" + value)));
        words.addAll(List.of("-p", "127.0.0.1:" + port + ":" + port, TestEngines.IMAGE));
        words.addAll(launch.argv());
        cli(words.toArray(String[]::new));
        Running found = runtime.find().getFirst();
        assertThat(found.fingerprint()).isEqualTo(launch.fingerprint());
        assertThat(found.model()).isEqualTo("qwen3");
        awaitUp(found);
        List<LogLine> lines = new ArrayList<>();
        until(() -> {
            lines.clear();
            runtime.logs(found, 10, false, lines::add, never);
            return lines.stream().anyMatch(line -> line.text().equals("model qwen3 loaded"));
        });
        assertThat(lines).allMatch(line -> line.at() != null);
    }

    @Test
    void engineThatDiesAndComesBackIsFollowed() throws Exception {
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        try (SlotRuntime.Watching _ = runtime.watch(events::add)) {
            Running before = runtime.start(launch("chat", freePort(), List.of()), never);
            awaitUp(before);
            killEngine();
            assertThat(events.poll(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RuntimeEvent.EngineLost.class,
                            lost ->
                                    assertThat(lost.why())
                                            .contains(TestEngines.socket(address).toString()));
            assertThatThrownBy(() -> runtime.stop(before, GRACE))
                    .isInstanceOfSatisfying(
                            SlotException.class,
                            e ->
                                    assertThat(e.problem())
                                            .isEqualTo(SlotProblem.RUNTIME_UNAVAILABLE));
            TestEngines.script("start", engine);
            until(() -> events.stream().anyMatch(RuntimeEvent.EngineFound.class::isInstance));
            events.clear();
            Running after = runtime.start(launch("chat", freePort(), List.of()), never);
            awaitUp(after);
            assertThat(runtime.find()).extracting(Running::id).containsExactly(after.id());
            kill(after);
            until(() ->
                    events.stream()
                            .anyMatch(event ->
                                    event instanceof RuntimeEvent.Ended ended
                                            && after.id().equals(ended.id())));
        } finally {
            TestEngines.script("start", engine);
        }
    }

    private void killEngine() throws IOException {
        Path file = TestEngines.folder().resolve(engine.word() + ".pid");
        long pid = Long.parseLong(Files.readString(file).strip());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    protected Launch on(Device device) {
        return launches.of("chat", TestEngines.IMAGE, freePort(), List.of(), device, 0, null);
    }

    protected String failure(Launch launch, SlotProblem problem) {
        try {
            runtime.start(launch, never);
        } catch (SlotException e) {
            assertThat(e.problem()).as(e.message()).isEqualTo(problem);
            assertThat(runtime.find()).isEmpty();
            return e.message();
        }
        throw new AssertionError("it started");
    }

    protected String cli(String... words) {
        List<String> all = Stream.concat(command().stream(), Stream.of(words)).toList();
        return new String(TestEngines.run(all, null), UTF_8);
    }

    private JsonNode inspect(Running running) {
        try {
            return JSON.readTree(cli("inspect", running.id())).get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path root(Running running) {
        return Path.of("/proc/" + running.pids().getFirst() + "/root");
    }

    private static String status(Running running) {
        return read(running, "status");
    }

    protected static List<String> environment(Running running) {
        return List.of(read(running, "environ").split("\0"));
    }

    private static String read(Running running, String file) {
        try {
            return Files.readString(Path.of("/proc/" + running.pids().getFirst(), file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
