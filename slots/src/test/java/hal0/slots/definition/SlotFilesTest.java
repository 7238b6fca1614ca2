package hal0.slots.definition;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.config.ConfigProblem;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.Model;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.definition.SlotSpec.Server;
import hal0.slots.definition.SlotSpec.Slot;
import hal0.slots.definition.SlotSpec.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotFilesTest {
    @TempDir Path home;
    Path folder;

    @BeforeEach
    void folder() throws Exception {
        folder = Files.createDirectory(home.resolve("slots"));
    }

    @Test
    void fileThatLeavesEverythingOutHasTheDefaults() {
        write("chat", "");
        assertThat(slots())
                .containsExactly(
                        new SlotSpec(
                                new Slot(
                                        "chat",
                                        Type.LLM,
                                        null,
                                        null,
                                        List.of(),
                                        Device.CPU,
                                        0,
                                        null,
                                        null,
                                        List.of(),
                                        true,
                                        false,
                                        0,
                                        0,
                                        List.of(),
                                        null,
                                        null,
                                        4),
                                new Model(null, 8192, -1, 0),
                                new Server(List.of(), Map.of(), "/health")));
    }

    @Test
    void everyKeyIsRead() {
        write(
                "big-1",
                """
                [slot]
                name = "big-1"
                type = "embedding"
                runtime = "process"
                command = ["llama-server", "-m", "${MODEL}", "--port", "${PORT}", "-c", "${CTX}", "--host", "${HOST}"]
                device = "gpu-cuda"
                gpu_index = 1
                profile = "embed"
                port = 8085
                aliases = ["primary", "x/y"]
                enabled = false
                pinned = true
                memory_mb = 4096
                cpus = 1.5
                idle_timeout_s = 60
                unload_after_s = 0
                max_parallel = 2
                [model]
                default = "qwen3-4b"
                context_size = 4096
                n_gpu_layers = 20
                vram_mb = 6000
                [server]
                extra_args = ["--flash-attn"]
                env = { CUDA_VISIBLE_DEVICES = "1" }
                health_path = "/ready"
                """);
        assertThat(slots())
                .containsExactly(
                        new SlotSpec(
                                new Slot(
                                        "big-1",
                                        Type.EMBEDDING,
                                        RuntimeName.PROCESS,
                                        null,
                                        List.of(
                                                "llama-server",
                                                "-m",
                                                "${MODEL}",
                                                "--port",
                                                "${PORT}",
                                                "-c",
                                                "${CTX}",
                                                "--host",
                                                "${HOST}"),
                                        Device.GPU_CUDA,
                                        1,
                                        "embed",
                                        8085,
                                        List.of("primary", "x/y"),
                                        false,
                                        true,
                                        4096,
                                        1.5,
                                        List.of(),
                                        Duration.ofMinutes(1),
                                        Duration.ZERO,
                                        2),
                                new Model("qwen3-4b", 4096, 20, 6000),
                                new Server(
                                        List.of("--flash-attn"),
                                        Map.of("CUDA_VISIBLE_DEVICES", "1"),
                                        "/ready")));
    }

    @Test
    void swarmTakesImageAndConstraints() {
        write(
                "far",
                """
                [slot]
                runtime = "swarm"
                image = "ghcr.io/ggml-org/llama.cpp:server"
                constraints = ["node.labels.gpu == true"]
                """);
        assertThat(slots().getFirst().slot())
                .returns("ghcr.io/ggml-org/llama.cpp:server", Slot::image)
                .returns(List.of("node.labels.gpu == true"), Slot::constraints);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    name = "chut"                 | slots/chat.toml:2: slot.name: "chut" is not the name of the file
                    name = "No!"                  | slots/chat.toml:2: slot.name: "No!" cannot name a slot
                    type = "lm"                   | slots/chat.toml:2: slot.type: "lm" is not one of
                    runtime = "podmann"           | slots/chat.toml:2: slot.runtime: "podmann" is not one of
                    device = "gpu"                | slots/chat.toml:2: slot.device: "gpu" is not one of
                    port = 0                      | slots/chat.toml:2: slot.port
                    port = 65536                  | slots/chat.toml:2: slot.port
                    gpu_index = -1                | slots/chat.toml:2: slot.gpu_index
                    memory_mb = -1                | slots/chat.toml:2: slot.memory_mb
                    cpus = -0.5                   | slots/chat.toml:2: slot.cpus
                    max_parallel = 0              | slots/chat.toml:2: slot.max_parallel
                    idle_timeout_s = -1           | slots/chat.toml:2: slot.idle_timeout_s
                    unload_after_s = "5"          | slots/chat.toml:2: slot.unload_after_s
                    aliases = ["chat"]            | slots/chat.toml:2: slot.aliases: "chat" is no other name
                    runtime = "process"           | slots/chat.toml: slot.command: runtime "process" needs one
                    command = ["x", "${HOME}"]    | slots/chat.toml:2: slot.command: nothing fills in ${HOME}
                    pined = true                  | slots/chat.toml:2: slot.pined
                    model.context_size = 0        | slots/chat.toml:2: model.context_size
                    model.n_gpu_layers = -2       | slots/chat.toml:2: model.n_gpu_layers
                    model.vram_mb = -1            | slots/chat.toml:2: model.vram_mb
                    server.health_path = "health" | slots/chat.toml:2: server.health_path: "health" is not a path
                    server.env = { "A=B" = "c" }  | slots/chat.toml:2: server.env
                    """)
    void wrongValueIsReportedAtItsPlace(String line, String problem) {
        boolean other = line.contains("model.") || line.contains("server.");
        write("chat", (other ? "\n" : "[slot]\n") + line + "\n");
        SlotFiles read = SlotFiles.read(folder);
        assertThat(read.specs()).isEmpty();
        assertThat(read.problems())
                .filteredOn(p -> p.severity() == ConfigProblem.Severity.ERROR)
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void badFileHidesNoOther() {
        write("a", "[slot]\nport = 8081\n");
        write("b", "[slot\n");
        write("c", "[slot]\ntype = 7\nport = \"x\"\n");
        write("d", "[slot]\nport = 8082\n");
        write("E", "");
        SlotFiles read = SlotFiles.read(folder);
        assertThat(read.specs()).extracting(SlotSpec::name).containsExactly("a", "d");
        assertThat(read.problems())
                .extracting(ConfigProblem::file)
                .containsExactly("slots/E.toml", "slots/b.toml", "slots/c.toml", "slots/c.toml");
    }

    @Test
    void portAndNamesBelongToOneSlot() {
        write("a", "[slot]\nport = 8081\naliases = [\"primary\"]\n");
        write("b", "[slot]\nport = 8081\naliases = [\"primary\"]\n");
        write("c", "[slot]\naliases = [\"a\"]\n");
        write("primary", "");
        SlotFiles read = SlotFiles.read(folder);
        assertThat(read.specs()).extracting(SlotSpec::name).containsExactly("a");
        assertThat(read.problems())
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        "slots/b.toml:3: slot.aliases: primary is taken by slots/a.toml (choose another)",
                        "slots/b.toml:2: slot.port: 8081 is taken by slots/a.toml (choose another)",
                        "slots/c.toml:2: slot.aliases: a is taken by slots/a.toml (choose another)",
                        "slots/primary.toml: slot.name: primary is taken by slots/a.toml (choose another)");
    }

    @Test
    void fileThatLostAClashKeepsNothingFromOthers() {
        write("a", "[slot]\nport = 8081\n");
        write("b", "[slot]\nport = 8081\naliases = [\"second\"]\n");
        write("c", "[slot]\naliases = [\"second\"]\n");
        assertThat(SlotFiles.read(folder).specs())
                .extracting(SlotSpec::name)
                .containsExactly("a", "c");
    }

    @Test
    void keyThatHasNoEffectIsAWarningAndTheSlotStays() {
        write("chat", "[slot]\ncommand = [\"x\"]\nconstraints = [\"y\"]\ngpu_index = 1\n");
        SlotFiles read = SlotFiles.read(folder);
        assertThat(read.specs()).hasSize(1);
        assertThat(read.problems())
                .hasSize(3)
                .allMatch(p -> p.severity() == ConfigProblem.Severity.WARNING);
    }

    @Test
    void otherFilesAreNoSlots() throws Exception {
        Files.writeString(folder.resolve(".chat.toml.swp"), "");
        Files.writeString(folder.resolve(".hidden.toml"), "[");
        Files.writeString(folder.resolve("chat.toml~"), "[");
        Files.writeString(folder.resolve("README.md"), "[");
        assertThat(SlotFiles.read(folder)).isEqualTo(new SlotFiles(List.of(), List.of()));
    }

    @Test
    void missingFolderHoldsNoSlotsAndAFileInItsPlaceIsAProblem() throws Exception {
        assertThat(SlotFiles.read(home.resolve("none")))
                .isEqualTo(new SlotFiles(List.of(), List.of()));
        Path file = Files.writeString(home.resolve("file"), "");
        assertThat(SlotFiles.read(file).problems())
                .singleElement()
                .asString()
                .contains("not a folder");
    }

    @Test
    void valuesOfVariablesAreNotPrinted() {
        write("chat", "[server]\nenv = { HF_TOKEN = \"hf_secret\" }\n");
        assertThat(slots().getFirst().toString()).contains("HF_TOKEN").doesNotContain("hf_secret");
    }

    private List<SlotSpec> slots() {
        SlotFiles read = SlotFiles.read(folder);
        assertThat(read.problems()).isEmpty();
        return read.specs();
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name + ".toml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
