package hal0.slots.docker;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.definition.Argument;
import hal0.slots.definition.Argument.Source;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.runtime.HomeMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodmanUnitTest {
    private static final HomeMark HOME = new HomeMark("0123456789ab");

    @TempDir Path folder;

    private Launch launch(Device device, String... words) throws Exception {
        Path file = Files.writeString(folder.resolve("m x.gguf"), "");
        return new Launch(
                "chat",
                SlotSpec.Type.LLM,
                RuntimeName.PODMAN,
                "example.com/llama:1",
                Arrays.stream(words).map(word -> new Argument(word, Source.BASE, "")).toList(),
                Map.of("HF_TOKEN", "a 50% \"$ecret\""),
                device,
                1,
                8085,
                4096,
                1.5,
                List.of(),
                "/health",
                new Launch.Served("qwen3", file, "/models/m x.gguf", 8192));
    }

    private static String unit(Launch launch) {
        return PodmanUnit.text(launch, HOME, Path.of("/usr/bin/podman"), Path.of("/h 5%/chat.env"));
    }

    @Test
    void startsTheContainerThatHal0WouldStartAndFind() throws Exception {
        Launch launch = launch(Device.GPU_CUDA, "-m", "/models/m x.gguf", "--port", "8085");
        assertThat(unit(launch).lines().map(String::strip))
                .contains(
                        "Type=notify",
                        "ExecStart=/usr/bin/podman \\",
                        "--name=hal0-0123456789ab-chat \\",
                        "--label=hal0.slot=chat \\",
                        "--label=hal0.home=0123456789ab \\",
                        "--label=hal0.model=qwen3 \\",
                        "--label=hal0.fingerprint=" + launch.fingerprint() + " \\",
                        "--publish=127.0.0.1:8085:8085 \\",
                        "\"--mount=type=bind,src=%s/m x.gguf,dst=/models/m x.gguf,ro=true\" \\"
                                .formatted(folder.toRealPath()),
                        "--device=nvidia.com/gpu=1 \\",
                        "--memory=4096m \\",
                        "--cpus=1.5 \\",
                        "--cap-drop=all \\",
                        "--security-opt=no-new-privileges \\",
                        "example.com/llama:1 \\",
                        "\"/models/m x.gguf\" \\",
                        "8085");
        assertThat(unit(launch)).doesNotContain("privileged=", "0.0.0.0");
    }

    @Test
    void valuesOfVariablesStandInAFileBesideTheUnit() throws Exception {
        Launch launch = launch(Device.CPU, "x");
        assertThat(unit(launch).lines())
                .contains("EnvironmentFile=/h 5%%/chat.env", "    --env=HF_TOKEN \\");
        assertThat(unit(launch)).doesNotContain("ecret");
        assertThat(PodmanUnit.variables(launch, HOME))
                .isEqualTo("HF_TOKEN=\"a 50% \\\"\\$ecret\\\"\"\n");
    }

    @Test
    void nothingInAWordIsFilledInBySystemd() {
        assertThat(PodmanUnit.quoted("exec whisper-server \"$@\""))
                .isEqualTo("\"exec whisper-server \\\"$$@\\\"\"");
        assertThat(PodmanUnit.quoted("100%")).isEqualTo("\"100%%\"");
        assertThat(PodmanUnit.quoted("a\\b\nc")).isEqualTo("\"a\\\\b\\nc\"");
        assertThat(PodmanUnit.quoted("")).isEqualTo("\"\"");
        assertThat(PodmanUnit.quoted("--x=1")).isEqualTo("--x=1");
    }
}
