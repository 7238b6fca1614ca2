package hal0.slots.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.engine.Engine;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.PullProgress;
import hal0.slots.runtime.Running;
import hal0.slots.testing.ModelServer;
import hal0.slots.testing.SlotRuntimeContract;
import hal0.slots.testing.TestEngines;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images come from a real registry.
abstract class PullContract {
    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir Path folder;

    private final CancelToken never = new CancelToken();
    private final RuntimeName engine;
    private final URI address;
    private TestRegistry registry;
    private DockerSlotRuntime runtime;
    private String image;

    PullContract(RuntimeName engine) {
        this.engine = engine;
        this.address = TestEngines.with(engine);
    }

    /// The words of the engine's command that speak to the engine of the tests.
    abstract List<String> command();

    @BeforeEach
    void open() throws IOException {
        registry = TestRegistry.start(folder);
        image = registry.image("models/server:v1");
        runtime = DockerSlotRuntime.on(Engine.at(engine, address), HomeMark.of(folder));
    }

    @AfterEach
    void close() {
        runtime.find().forEach(running -> runtime.stop(running, Duration.ZERO));
        runtime.close();
        registry.close();
    }

    @Test
    void missingImageIsPulledWithProgressAndThenStarts() throws Exception {
        publish(120);
        Launch launch = launch(image);
        assertThat(runtime.isPrepared(launch)).isFalse();
        List<PullProgress> progress = new ArrayList<>();
        runtime.prepare(launch, progress::add, never);
        assertThat(runtime.isPrepared(launch)).isTrue();
        assertThat(progress).hasSizeGreaterThan(1);
        assertThat(progress)
                .allSatisfy(step -> {
                    assertThat(step.what()).isEqualTo(image);
                    assertThat(step.done()).isBetween(0L, step.total());
                });
        assertThat(progress).extracting(PullProgress::done).isSorted();
        assertThat(progress.getLast().done()).isEqualTo(progress.getLast().total());
        assertThat(progress.getLast().total()).isGreaterThan(120L * MEBIBYTE);
        Running running = runtime.start(launch, never);
        assertThat(running.alive()).isTrue();
    }

    @Test
    void imageOfADigestIsPulled() throws Exception {
        String pinned = image.replace(":v1", "@" + publish(0));
        runtime.prepare(launch(pinned), _ -> {}, never);
        assertThat(runtime.isPrepared(launch(pinned))).isTrue();
    }

    @Test
    void cancelledPullEndsAtOnceAndCanBeDoneAgain() throws Exception {
        publish(120);
        CancelToken cancel = new CancelToken();
        List<Instant> cancelled = new CopyOnWriteArrayList<>();
        assertThatThrownBy(() ->
                        runtime.prepare(
                                launch(image),
                                step -> {
                                    if (step.done() > 0) {
                                        cancelled.add(Instant.now());
                                        cancel.cancel("the operator said so");
                                    }
                                },
                                cancel))
                .isInstanceOfSatisfying(
                        SlotException.class,
                        e -> assertThat(e.problem()).isEqualTo(SlotProblem.CANCELLED))
                .hasMessageContaining("the operator said so");
        assertThat(Duration.between(cancelled.getFirst(), Instant.now()))
                .isLessThan(Duration.ofSeconds(2));
        assertThat(runtime.isPrepared(launch(image))).isFalse();
        runtime.prepare(launch(image), _ -> {}, never);
        assertThat(runtime.isPrepared(launch(image))).isTrue();
    }

    @Test
    void missingTagIsAConfigErrorThatNamesTheImage() throws Exception {
        publish(0);
        String missing = registry.image("models/server:2");
        assertThat(failure(missing, SlotProblem.CONFIG_ERROR))
                .contains(missing, "Check slot.image");
    }

    @Test
    void missingRepositoryIsAConfigError() {
        assertThat(failure(registry.image("none:1"), SlotProblem.CONFIG_ERROR))
                .contains("none", "Check slot.image");
    }

    @Test
    void registryThatIsGoneIsTold() {
        registry.close();
        assertThat(failure(image, SlotProblem.LOAD_FAILED))
                .contains(image, "refused")
                .doesNotContain("null");
    }

    @Test
    void nameThatCannotBeOneIsAConfigError() {
        assertThat(failure(registry.image("No Such Name"), SlotProblem.CONFIG_ERROR))
                .contains("Check slot.image");
    }

    private String failure(String name, SlotProblem problem) {
        try {
            runtime.prepare(launch(name), _ -> {}, never);
        } catch (SlotException e) {
            assertThat(e.problem()).as(e.message()).isEqualTo(problem);
            return e.message();
        }
        throw new AssertionError("it was pulled");
    }

    /// Makes an image of the model server and as many MiB that cannot be compressed, pushes it and
    /// removes it; gives its digest.
    private String publish(int megabytes) throws IOException {
        Path context = Files.createDirectory(folder.resolve("context"));
        Files.copy(ModelServer.binary(), context.resolve("model-server"));
        byte[] piece = new byte[MEBIBYTE];
        Random random = new Random(7);
        try (OutputStream out = Files.newOutputStream(context.resolve("weights"))) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
        Path archive = folder.resolve("context.tar");
        TestEngines.run(
                List.of("tar", "-C", context.toString(), "-cf", archive.toString(), "."), null);
        String direct = registry.direct("models/server:v1");
        cli("import", "--change", "ENTRYPOINT [\"/model-server\"]", archive.toString(), direct);
        String pushed = cli("push", direct);
        String digest = digest(pushed);
        cli("rmi", "-f", direct);
        return digest;
    }

    /// The registry knows the digest whatever the engine's command prints.
    private String digest(String pushed) throws IOException {
        URI manifest =
                URI.create(
                        "http://"
                                + image.replace("/models", "/v2/models")
                                        .replace(":v1", "/manifests/v1"));
        HttpURLConnection connection = (HttpURLConnection) manifest.toURL().openConnection();
        connection.setRequestMethod("HEAD");
        connection.setRequestProperty(
                "Accept",
                "application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json");
        String digest = connection.getHeaderField("Docker-Content-Digest");
        assertThat(digest).as(pushed).startsWith("sha256:");
        return digest;
    }

    private String cli(String... words) {
        List<String> all = Stream.concat(command().stream(), Stream.of(words)).toList();
        return new String(TestEngines.run(all, null), UTF_8);
    }

    private Launch launch(String name) {
        int port = SlotRuntimeContract.freePort();
        return new ContainerLaunches(engine).of("chat", name, port, List.of(), Device.CPU, 0, null);
    }
}
