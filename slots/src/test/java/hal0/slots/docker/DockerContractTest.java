package hal0.slots.docker;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Slots in containers of a real Docker.
class DockerContractTest extends EngineContract {
    DockerContractTest() {
        super(RuntimeName.DOCKER);
    }

    @Override
    protected List<String> command() {
        return List.of("docker", "--host", address.toString());
    }

    @Test
    void missingToolkitOfNvidiaIsToldWithWhatToDo() {
        assertThat(failure(on(Device.GPU_CUDA), SlotProblem.CONFIG_ERROR))
                .contains("nvidia-container-toolkit");
    }
}
