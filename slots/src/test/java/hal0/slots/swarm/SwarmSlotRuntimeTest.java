package hal0.slots.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.SwarmNodeAvailability;
import com.github.dockerjava.api.model.SwarmNodeSpec;
import hal0.providers.Secret;
import hal0.providers.http.CancelToken;
import hal0.slots.definition.Argument;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.engine.Engine;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.testing.SlotRuntimeContract;
import hal0.slots.testing.TestEngines;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Slots as services of a real Swarm of one node.
class SwarmSlotRuntimeTest {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final String IMAGE = TestEngines.IMAGE;

    private static TestSwarm swarm;

    @TempDir Path home;

    private final CancelToken never = new CancelToken();
    private final List<SwarmSlotRuntime> runtimes = new ArrayList<>();
    private SwarmSlotRuntime runtime;

    @BeforeAll
    static void join() {
        swarm = TestSwarm.join();
    }

    @AfterAll
    static void leave() {
        if (swarm != null) {
            swarm.leave();
        }
    }

    private List<?> secrets() {
        Map<String, String> ours = Map.of("hal0.home", HomeMark.of(home).text());
        return ask(client -> client.listSecretsCmd().withLabelFilter(ours).exec());
    }

    private static <T> T ask(Function<DockerClient, T> work) {
        return swarm.ask(work);
    }

    @BeforeEach
    void open() {
        runtime = another();
        runtime.check();
    }

    @AfterEach
    void endAll() {
        SwarmSlotRuntime last = another();
        last.find().forEach(running -> last.stop(running, Duration.ZERO));
        runtimes.forEach(SwarmSlotRuntime::close);
    }

    private SwarmSlotRuntime another() {
        SwarmSlotRuntime made =
                new SwarmSlotRuntime(
                        Engine.at(RuntimeName.DOCKER, swarm.address()),
                        HomeMark.of(home),
                        home.resolve("slots"));
        runtimes.add(made);
        return made;
    }

    @Test
    void serviceAnswersAtItsNodeToWhoHasItsKey() throws Exception {
        Launch launch = launch("--alias", "qwen");
        Running running = runtime.start(launch, never);
        assertThat(running.runtime()).isEqualTo(RuntimeName.SWARM);
        assertThat(running.alive()).isTrue();
        assertThat(running.model()).isEqualTo("qwen3");
        assertThat(running.fingerprint()).isEqualTo(launch.fingerprint());
        assertThat(running.endpoint()).hasToString("http://127.0.0.1:" + launch.port());
        await(() -> status(running, "/health", null) == 200);
        assertThat(status(running, "/props", null)).isEqualTo(401);
        assertThat(status(running, "/props", running.key())).isEqualTo(200);
    }

    @Test
    void keyIsInTheSecretAndInAPrivateFileAndNowhereElse() throws Exception {
        Running running = runtime.start(launch(), never);
        String key = running.key().value();
        assertThat(key).hasSize(64);
        Path file = home.resolve("slots/chat/swarm-key");
        assertThat(file).hasContent(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String service =
                ask(client -> client.inspectServiceCmd(service(running)).exec().toString());
        String tasks = ask(client -> client.listTasksCmd().exec().toString());
        assertThat(service).contains("chat").doesNotContain(key);
        assertThat(tasks).doesNotContain(key);
        assertThat(running.toString()).doesNotContain(key);
        assertThat(another().find()).containsExactly(running);
        runtime.stop(running, GRACE);
        assertThat(file).doesNotExist();
        assertThat(secrets()).isEmpty();
    }

    @Test
    void laterRelayFindsItAndStopsIt() {
        Running running = runtime.start(launch(), never);
        await(() -> status(running, "/health", null) == 200);
        SwarmSlotRuntime later = another();
        assertThat(later.find()).containsExactly(running);
        later.stop(running, GRACE);
        assertThat(status(running, "/health", null)).isZero();
        assertThat(later.find()).isEmpty();
        later.stop(running, GRACE);
    }

    @Test
    void lostKeyMakesItAnotherLaunch() throws Exception {
        Running running = runtime.start(launch(), never);
        Files.delete(home.resolve("slots/chat/swarm-key"));
        Running found = another().find().getFirst();
        assertThat(found.id()).isEqualTo(running.id());
        assertThat(found.fingerprint()).isNotEqualTo(running.fingerprint());
    }

    @Test
    void changedLaunchUpdatesTheService() {
        Launch launch = launch("--alias", "one");
        Running first = runtime.start(launch, never);
        await(() -> status(first, "/health", null) == 200);
        Launch changed = launch("--alias", "two");
        Running second = runtime.start(changed, never);
        assertThat(service(second)).isEqualTo(service(first));
        assertThat(second.fingerprint()).isEqualTo(changed.fingerprint());
        assertThat(second.endpoint().getPort()).isEqualTo(changed.port());
        await(() -> status(second, "/health", null) == 200);
        assertThat(status(second, "/props", second.key())).isEqualTo(200);
        assertThat(secrets()).hasSize(1);
    }

    @Test
    void sameLaunchAgainKeepsTheTask() {
        Launch launch = launch();
        Running first = runtime.start(launch, never);
        assertThat(another().start(launch, never)).isEqualTo(first);
    }

    @Test
    void constraintThatNoNodeFitsIsTold() {
        Launch launch = with(launch(), List.of("node.labels.gpu == h200"), 0, IMAGE, Device.CPU);
        assertRefused(
                launch, SlotProblem.CONFIG_ERROR, "node.labels.gpu == h200", "no suitable node");
    }

    @Test
    void reservationThatNoNodeHasIsTold() {
        assertRefused(
                with(launch(), List.of(), 1 << 30, IMAGE, Device.CPU),
                SlotProblem.LOAD_FAILED,
                "memory_mb = 1073741824",
                "insufficient resources");
        assertRefused(
                with(launch(), List.of(), 0, IMAGE, Device.GPU_CUDA),
                SlotProblem.LOAD_FAILED,
                "gpu-cuda",
                "insufficient resources");
    }

    @Test
    void missingImageAndMissingModelAreTold() {
        assertRefused(
                with(launch(), List.of(), 0, "no-such-image:1", Device.CPU),
                SlotProblem.CONFIG_ERROR,
                "no-such-image:1");
        Launch.Served gone =
                new Launch.Served("qwen3", Path.of("/no/such.gguf"), "/models/such.gguf", 512);
        assertRefused(
                with(launch(), gone), SlotProblem.CONFIG_ERROR, "bind source path does not exist");
    }

    @Test
    void keyOfOnesOwnIsRefused() {
        assertRefused(launch("--api-key", "mine"), SlotProblem.CONFIG_ERROR, "--api-key");
    }

    private void assertRefused(Launch launch, SlotProblem problem, String... words) {
        assertThatThrownBy(() -> runtime.start(launch, never))
                .isInstanceOfSatisfying(
                        SlotException.class,
                        e -> {
                            assertThat(e.message()).contains(words).contains("slot chat");
                            assertThat(e.problem()).isEqualTo(problem);
                        });
        assertThat(another().find()).isEmpty();
        assertThat(secrets()).isEmpty();
    }

    @Test
    void crashIsToldAndTheNextStartFollowsTheNewTask() throws Exception {
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        try (var _ = runtime.watch(events::add)) {
            Launch launch = launch("--crash-after", "1500");
            Running running = runtime.start(launch, never);
            assertThat(events.poll(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            RuntimeEvent.Ended.class,
                            ended -> {
                                assertThat(ended.id()).isEqualTo(running.id());
                                assertThat(ended.why()).contains("non-zero exit (3)");
                            });
            Running again = runtime.start(launch, never);
            assertThat(service(again)).isEqualTo(service(running));
            assertThat(again.id()).isNotEqualTo(running.id());
            assertThat(again.alive()).isTrue();
        }
    }

    @Test
    void nodeThatIsDrainedEndsItAndTheSlotIsPlacedAgain() throws Exception {
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        Launch launch = launch();
        try (var _ = runtime.watch(events::add)) {
            runtime.start(launch, never);
            availability(SwarmNodeAvailability.DRAIN);
            assertThat(events.poll(20, TimeUnit.SECONDS)).isInstanceOf(RuntimeEvent.Ended.class);
            assertThat(runtime.find()).extracting(Running::alive).containsExactly(false);
        } finally {
            availability(SwarmNodeAvailability.ACTIVE);
        }
        Running back = runtime.start(launch, never);
        await(() -> status(back, "/health", null) == 200);
    }

    private static void availability(SwarmNodeAvailability wanted) {
        ask(client -> {
            var node = client.listSwarmNodesCmd().exec().getFirst();
            SwarmNodeSpec spec = node.getSpec().withAvailability(wanted);
            return client.updateSwarmNodeCmd()
                    .withSwarmNodeId(node.getId())
                    .withVersion(node.getVersion().getIndex())
                    .withSwarmNodeSpec(spec)
                    .exec();
        });
    }

    @Test
    void removedServiceIsTold() throws Exception {
        BlockingQueue<RuntimeEvent> events = new LinkedBlockingQueue<>();
        try (var _ = runtime.watch(events::add)) {
            Running running = runtime.start(launch(), never);
            ask(client -> client.removeServiceCmd(service(running)).exec());
            String why = "its service was removed";
            assertThat(events.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(new RuntimeEvent.Ended("chat", running.id(), why));
        }
    }

    @Test
    void engineWithoutASwarmSaysWhatToDo() {
        assumeTrue(swarm.isOurs(), "the swarm was there before this test and is not left");
        swarm.end();
        try {
            assertThatThrownBy(runtime::check)
                    .isInstanceOfSatisfying(
                            SlotException.class,
                            e -> {
                                assertThat(e.problem()).isEqualTo(SlotProblem.RUNTIME_UNAVAILABLE);
                                assertThat(e.message()).contains("docker swarm init");
                            });
        } finally {
            swarm.begin();
        }
    }

    private static String service(Running running) {
        return running.id().substring(0, running.id().indexOf('/'));
    }

    private static Launch launch(String... flags) {
        int port = SlotRuntimeContract.freePort();
        List<String> base = List.of("--host", "0.0.0.0", "--port", "" + port, "-m", "qwen3");
        List<Argument> arguments =
                Stream.concat(base.stream(), Stream.of(flags))
                        .map(word -> new Argument(word, Argument.Source.SLOT, "chat.toml:4"))
                        .toList();
        return new Launch(
                "chat",
                SlotSpec.Type.LLM,
                RuntimeName.SWARM,
                IMAGE,
                arguments,
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

    private static Launch with(
            Launch l, List<String> constraints, long memoryMb, String image, Device device) {
        return new Launch(
                l.slot(),
                l.type(),
                l.runtime(),
                image,
                l.arguments(),
                l.env(),
                device,
                0,
                l.port(),
                memoryMb,
                0,
                constraints,
                l.healthPath(),
                l.model());
    }

    private static Launch with(Launch l, Launch.Served model) {
        return new Launch(
                l.slot(),
                l.type(),
                l.runtime(),
                l.image(),
                l.arguments(),
                l.env(),
                l.device(),
                0,
                l.port(),
                0,
                0,
                List.of(),
                l.healthPath(),
                model);
    }

    private static int status(Running running, String path, Secret key) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) running.endpoint().resolve(path).toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            if (key != null) {
                connection.setRequestProperty("Authorization", "Bearer " + key.value());
            }
            return connection.getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("did not come true in 20 s");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
