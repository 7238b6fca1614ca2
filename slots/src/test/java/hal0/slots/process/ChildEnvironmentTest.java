package hal0.slots.process;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.runtime.HomeMark;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildEnvironmentTest {
    private static final Map<String, String> OWN =
            Map.of("PATH", "/bin", "LC_ALL", "C", "ANTHROPIC_API_KEY", "sk", "DATABASE_URL", "x");

    private static Map<String, String> environment(Device device, Map<String, String> slot) {
        Launch launch =
                new Launch(
                        "chat",
                        SlotSpec.Type.LLM,
                        RuntimeName.PROCESS,
                        null,
                        List.of(),
                        slot,
                        device,
                        2,
                        8081,
                        0,
                        0,
                        List.of(),
                        "/health",
                        null);
        return ChildEnvironment.of(OWN, launch, Marks.of(launch, new HomeMark("home"), "id"));
    }

    @Test
    void onlyWhatProgramsNeedIsPassedOn() {
        assertThat(environment(Device.CPU, Map.of()))
                .containsEntry("PATH", "/bin")
                .containsEntry("LC_ALL", "C")
                .doesNotContainKeys("ANTHROPIC_API_KEY", "DATABASE_URL");
    }

    @Test
    void slotSeesItsOwnGpuAndNoOther() {
        assertThat(environment(Device.GPU_CUDA, Map.of()))
                .containsEntry("CUDA_VISIBLE_DEVICES", "2")
                .containsEntry("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
                .containsEntry("HIP_VISIBLE_DEVICES", "-1");
        assertThat(environment(Device.GPU_ROCM, Map.of()))
                .containsEntry("HIP_VISIBLE_DEVICES", "2")
                .containsEntry("CUDA_VISIBLE_DEVICES", "-1");
        assertThat(environment(Device.GPU_VULKAN, Map.of()))
                .containsEntry("GGML_VK_VISIBLE_DEVICES", "2");
        assertThat(environment(Device.CPU, Map.of())).containsEntry("CUDA_VISIBLE_DEVICES", "-1");
    }

    @Test
    void slotsOwnWordsWinButNotOverTheMarks() {
        Map<String, String> slot =
                Map.of("PATH", "/opt", "CUDA_VISIBLE_DEVICES", "0,1", Marks.SLOT, "other");
        assertThat(environment(Device.GPU_CUDA, slot))
                .containsEntry("PATH", "/opt")
                .containsEntry("CUDA_VISIBLE_DEVICES", "0,1")
                .containsEntry(Marks.SLOT, "chat");
    }
}
