package hal0.slots.docker;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Slots in containers of a real Podman.
class PodmanContractTest extends EngineContract {
    private static final Path SPECIFICATIONS = Path.of("/var/run/cdi");

    PodmanContractTest() {
        super(RuntimeName.PODMAN);
    }

    @Override
    protected List<String> command() {
        return List.of("podman", "--remote", "--url", address.toString());
    }

    @Test
    void missingDescriptionOfGpusIsToldWithWhatToDo() throws IOException {
        assumeNoDescription();
        assertThat(failure(on(Device.GPU_CUDA), SlotProblem.CONFIG_ERROR))
                .contains("nvidia-ctk cdi generate");
    }

    /// Without the hardware: what a description asks for is done, here for a variable.
    @Test
    void gpuComesInAsItsDescriptionSays() throws IOException {
        assumeNoDescription();
        Files.createDirectories(SPECIFICATIONS);
        Path file = SPECIFICATIONS.resolve("hal0-test.json");
        Files.writeString(
                file,
                """
                {"cdiVersion": "0.5.0", "kind": "nvidia.com/gpu",
                 "devices": [{"name": "0", "containerEdits": {"env": ["GPU_THAT_CAME=0"]}}]}
                """);
        try {
            Running running = runtime.start(on(Device.GPU_CUDA), never);
            assertThat(environment(running)).contains("GPU_THAT_CAME=0");
        } finally {
            Files.delete(file);
        }
    }

    private static void assumeNoDescription() throws IOException {
        for (Path folder : List.of(Path.of("/etc/cdi"), SPECIFICATIONS)) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    Assumptions.assumeTrue(
                            files.noneMatch(file -> file.toString().contains("nvidia")),
                            "this machine has GPUs of its own");
                }
            }
        }
    }
}
