package hal0.slots.docker;

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
import hal0.slots.testing.TestEngines;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An engine whose images have to fit on a small disk: a Podman of its own on a tmpfs.
class FullDiskTest {
    @TempDir Path folder;

    private Path disk;
    private Path socket;
    private Process podman;

    @BeforeEach
    void startPodman() throws IOException {
        TestEngines.address(RuntimeName.PODMAN);
        disk = Files.createDirectory(folder.resolve("disk"));
        socket = folder.resolve("podman.sock");
        TestEngines.run(
                List.of("mount", "-t", "tmpfs", "-o", "size=48m", "none", disk.toString()), null);
        ProcessBuilder service =
                new ProcessBuilder(
                        "podman",
                        "--root",
                        disk.resolve("root").toString(),
                        "--runroot",
                        disk.resolve("run").toString(),
                        "--tmpdir",
                        disk.resolve("tmp").toString(),
                        "system",
                        "service",
                        "--time=0",
                        "unix://" + socket);
        Path settings = TestEngines.folder();
        service.environment()
                .put("CONTAINERS_CONF", settings.resolve("containers.conf").toString());
        service.environment()
                .put("CONTAINERS_REGISTRIES_CONF", settings.resolve("registries.conf").toString());
        service.environment().put("TMPDIR", Files.createDirectory(disk.resolve("var")).toString());
        podman =
                service.redirectErrorStream(true)
                        .redirectOutput(folder.resolve("podman.log").toFile())
                        .start();
    }

    @AfterEach
    void endPodman() throws InterruptedException {
        if (disk == null) {
            return;
        }
        if (podman != null) {
            podman.destroyForcibly().waitFor();
        }
        // Podman mounts its own folder once more.
        TestEngines.run(List.of("umount", "-R", "-l", disk.toString()), null);
    }

    @Test
    void pullThatDoesNotFitIsToldAndLeavesNoImage() throws Exception {
        try (TestRegistry registry = TestRegistry.start(folder);
                Engine engine = Engine.at(RuntimeName.PODMAN, URI.create("unix://" + socket))) {
            String image = registry.image("models/large:1");
            publish(registry.direct("models/large:1"));
            DockerSlotRuntime runtime = DockerSlotRuntime.on(engine, HomeMark.of(folder));
            awaitUp(runtime);
            Launch launch =
                    new ContainerLaunches(RuntimeName.PODMAN)
                            .of("chat", image, 8199, List.of(), Device.CPU, 0, null);
            assertThatThrownBy(() -> runtime.prepare(launch, _ -> {}, new CancelToken()))
                    .isInstanceOfSatisfying(
                            SlotException.class,
                            e -> assertThat(e.problem()).isEqualTo(SlotProblem.LOAD_FAILED))
                    .hasMessageContainingAll(image, "no space left on device", "Free space");
            assertThat(runtime.isPrepared(launch)).isFalse();
        }
    }

    private void publish(String image) throws IOException {
        Path context = Files.createDirectory(folder.resolve("context"));
        byte[] weights = new byte[64 * 1024 * 1024];
        new Random(7).nextBytes(weights);
        Files.write(context.resolve("weights"), weights);
        Path archive = folder.resolve("context.tar");
        TestEngines.run(
                List.of("tar", "-C", context.toString(), "-cf", archive.toString(), "."), null);
        String address = TestEngines.address(RuntimeName.PODMAN).toString();
        for (List<String> words :
                List.of(
                        List.of("import", archive.toString(), image),
                        List.of("push", image),
                        List.of("rmi", "-f", image))) {
            List<String> command = new ArrayList<>(List.of("podman", "--remote", "--url", address));
            command.addAll(words);
            TestEngines.run(command, null);
        }
    }

    private void awaitUp(DockerSlotRuntime runtime) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (true) {
            try {
                runtime.check();
                return;
            } catch (SlotException e) {
                assertThat(Instant.now()).as(e.message()).isBefore(end);
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }
}
