package hal0.slots.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.slots.definition.Argument.Source;
import hal0.slots.definition.HomeDefinitions.Surroundings;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.model.RegisteredModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchTest {
    @TempDir Path home;
    private Path gguf;
    private final List<RegisteredModel> models = new ArrayList<>();

    @BeforeEach
    void modelFile() throws Exception {
        Files.createDirectory(home.resolve("slots"));
        gguf = Files.writeString(home.resolve("qwen3-4b.gguf"), "GGUF");
    }

    private void slot(String text) {
        write("slots/chat.toml", text);
    }

    private void write(String name, String text) {
        try {
            Files.writeString(home.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void register(
            String id, @Nullable String path, long context, @Nullable String profile) {
        models.add(
                new RegisteredModel(id, path, null, null, null, 0, context, List.of(), profile, 3));
    }

    private HomeDefinitions definitions() {
        HomeDefinitions definitions = new HomeDefinitions(home);
        definitions.reload(
                new Surroundings(
                        SlotsSettings.USUAL, GpuSettings.USUAL, models, home.resolve("store")));
        return definitions;
    }

    private Launch launch() {
        return launch(RuntimeName.DOCKER, null);
    }

    private Launch launch(RuntimeName runtime, @Nullable String model) {
        return definitions().launch("chat", model, runtime, 8081);
    }

    private static String line(Launch launch) {
        return String.join(" ", launch.argv());
    }

    @Test
    void aSlotWithAFileIsAContainerThatSeesItUnderModels() {
        slot("[model]\ndefault = \"" + gguf + "\"\n");
        Launch launch = launch();
        assertThat(line(launch))
                .isEqualTo(
                        "--host 0.0.0.0 --port 8081 -m /models/qwen3-4b.gguf -c 8192 --alias %s"
                                .formatted(gguf));
        assertThat(launch.image()).isEqualTo("ghcr.io/ggml-org/llama.cpp:server");
        assertThat(launch.healthPath()).isEqualTo("/health");
        assertThat(launch.model())
                .isEqualTo(new Launch.Served(gguf.toString(), gguf, "/models/qwen3-4b.gguf", 8192));
    }

    @Test
    void aProcessHasTheModelsOfTheRegistryAndFilesOnly() {
        register("qwen3", gguf.toString(), 0, null);
        slot(
                """
                [slot]
                runtime = "process"
                command = ["serve", "${MODEL}"]
                [model]
                default = "org/its-own"
                """);
        assertThat(line(launch(RuntimeName.PROCESS, null))).isEqualTo("serve org/its-own");
        assertThat(line(launch(RuntimeName.PROCESS, "qwen3"))).isEqualTo("serve " + gguf);
        assertThatThrownBy(() -> launch(RuntimeName.PROCESS, "qwen4"))
                .isInstanceOf(SlotException.class)
                .hasMessageContaining("neither registered nor a file")
                .hasMessageContaining("qwen3");
    }

    @Test
    void noModelIsTakenForAnOption() {
        slot("[model]\ndefault = \"" + gguf + "\"\n");
        assertThatThrownBy(() -> launch(RuntimeName.DOCKER, "--api-key-file=/etc/shadow"))
                .isInstanceOf(SlotException.class)
                .hasMessageContaining("option");
    }

    @Test
    void everyWordTellsWhereItIsWritten() {
        register("qwen3", gguf.toString(), 32_768, null);
        write("profiles.toml", "\n[profile.llama-server]\ncommand = [\"--jinja\"]\n");
        slot(
                """
                [slot]
                port = 8085
                [model]
                default = "qwen3"
                context_size = 4096
                [server]
                extra_args = ["--parallel", "2"]
                """);
        assertThat(definitions().launch("chat", null, RuntimeName.PODMAN, 8085).arguments())
                .containsExactly(
                        new Argument("--host", Source.BASE, ""),
                        new Argument("0.0.0.0", Source.BASE, ""),
                        new Argument("--port", Source.BASE, ""),
                        new Argument("8085", Source.SLOT, "slots/chat.toml:2"),
                        new Argument("-m", Source.BASE, ""),
                        new Argument("/models/qwen3-4b.gguf", Source.MODEL, "models.toml:3"),
                        new Argument("-c", Source.BASE, ""),
                        new Argument("4096", Source.SLOT, "slots/chat.toml:5"),
                        new Argument("--jinja", Source.PROFILE, "profiles.toml:2"),
                        new Argument("--alias", Source.MODEL, "models.toml:3"),
                        new Argument("qwen3", Source.MODEL, "models.toml:3"),
                        new Argument("--parallel", Source.EXTRA_ARGS, "slots/chat.toml:7"),
                        new Argument("2", Source.EXTRA_ARGS, "slots/chat.toml:7"));
    }

    @Nested
    class Context {
        private String context() {
            CommandWords words = new CommandWords();
            words.add(Source.BASE, "", launch().argv());
            return words.merged().stream()
                    .filter(item -> Flags.CONTEXT.equals(item.flag()))
                    .map(item -> item.value().orElse(""))
                    .reduce((a, b) -> a + "," + b)
                    .orElse("");
        }

        @Test
        void isNotMoreThanTheModelHasUnlessTheSlotSaysSo() {
            register("small", gguf.toString(), 2048, null);
            slot("[model]\ndefault = \"small\"\n");
            assertThat(context()).isEqualTo("2048");
            slot("[model]\ndefault = \"small\"\ncontext_size = 16384\n");
            assertThat(context()).isEqualTo("16384");
        }

        @Test
        void ofAProfileIsReplacedByTheSlotsAndThatByExtraArgs() {
            register("qwen3", gguf.toString(), 4096, null);
            write("profiles.toml", "[profile.llama-server]\ncommand = [\"--ctx-size=1024\"]\n");
            slot("[model]\ndefault = \"qwen3\"\n");
            assertThat(context()).isEqualTo("1024");
            assertThat(launch().model()).extracting(Launch.Served::contextSize).isEqualTo(1024L);
            slot("[model]\ndefault = \"qwen3\"\ncontext_size = 8192\n");
            assertThat(context()).isEqualTo("8192");
            slot(
                    "[model]\ndefault = \"qwen3\"\ncontext_size = 8192\n[server]\nextra_args = [\"-c\", \"99\"]\n");
            assertThat(context()).isEqualTo("99");
            assertThat(launch().model()).extracting(Launch.Served::contextSize).isEqualTo(99L);
        }
    }

    /// Whoever says how large the context is, in every combination: the strongest has it.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void precedenceHoldsForEveryCombination(int who) {
        boolean profile = (who & 1) != 0;
        boolean model = (who & 2) != 0;
        boolean slot = (who & 4) != 0;
        boolean extra = (who & 8) != 0;
        register("m", gguf.toString(), model ? 2000 : 0, null);
        if (profile) {
            write(
                    "profiles.toml",
                    "[profile.llama-server]\ncommand = [\"--ctx-size\", \"1000\"]\n");
        }
        slot(
                "[model]\ndefault = \"m\"\n%s%s"
                        .formatted(
                                slot ? "context_size = 3000\n" : "",
                                extra ? "[server]\nextra_args = [\"-c=4000\"]\n" : ""));
        long expected = extra ? 4000 : slot ? 3000 : profile ? 1000 : model ? 2000 : 8192;
        assertThat(launch().model()).extracting(Launch.Served::contextSize).isEqualTo(expected);
        assertThat(launch().argv().stream().filter(word -> word.matches("-c(=.*)?|--ctx-size")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    llm           | cpu        | ghcr.io/ggml-org/llama.cpp:server        | ''
                    llm           | gpu-cuda   | ghcr.io/ggml-org/llama.cpp:server-cuda   | -ngl 999
                    llm           | gpu-rocm   | ghcr.io/ggml-org/llama.cpp:server-rocm   | -ngl 999
                    llm           | gpu-vulkan | ghcr.io/ggml-org/llama.cpp:server-vulkan | -ngl 999
                    embedding     | cpu        | ghcr.io/ggml-org/llama.cpp:server        | --embeddings
                    embedding     | gpu-cuda   | ghcr.io/ggml-org/llama.cpp:server-cuda   | --embeddings
                    reranking     | gpu-rocm   | ghcr.io/ggml-org/llama.cpp:server-rocm   | --reranking
                    transcription | cpu        | ghcr.io/ggml-org/whisper.cpp:main        | --inference-path /v1/audio/transcriptions
                    tts           | cpu        | ghcr.io/remsky/kokoro-fastapi-cpu:latest | --port 8081
                    image         | gpu-cuda   | docker.io/yanwk/comfyui-boot:cu126-slim  | CLI_ARGS=--port 8081
                    """)
    void typeAndDeviceChooseTheProfile(String type, String device, String image, String part) {
        slot("[slot]\ntype = \"%s\"\ndevice = \"%s\"\n".formatted(type, device));
        Launch launch = launch();
        assertThat(launch.image()).isEqualTo(image);
        assertThat(line(launch)).contains(part);
        assertThat(definitions().problems()).isEmpty();
    }

    @Test
    void gpuLayersAreTheSlotsWhereItSaysHowMany() {
        slot("[slot]\ndevice = \"gpu-cuda\"\ngpu_index = 1\n[model]\nn_gpu_layers = 20\n");
        assertThat(line(launch())).contains("-ngl 20").doesNotContain("999");
        assertThat(launch().gpuIndex()).isEqualTo(1);
        slot("[slot]\ndevice = \"gpu-cuda\"\nprofile = \"embed\"\n");
        assertThat(line(launch())).contains("-ngl 999");
        slot("[slot]\ndevice = \"gpu-cuda\"\nprofile = \"vllm\"\n[model]\nn_gpu_layers = 20\n");
        assertThat(line(launch())).doesNotContain("-ngl");
    }

    @Test
    void vllmIsToldTheNameThatClientsUse() {
        register("qwen3", gguf.toString(), 0, "vllm");
        slot("[slot]\ndevice = \"gpu-cuda\"\n[model]\ndefault = \"qwen3\"\n");
        Launch launch = launch();
        assertThat(launch.image()).isEqualTo("docker.io/vllm/vllm-openai:latest");
        assertThat(line(launch))
                .contains("--model /models/qwen3-4b.gguf --max-model-len 8192")
                .endsWith("--served-model-name qwen3");
    }

    @Test
    void withoutAModelTheServerIsToldOfNone() {
        slot("");
        assertThat(launch().model()).isNull();
        assertThat(line(launch())).isEqualTo("--host 0.0.0.0 --port 8081 -c 8192");
    }

    @Test
    void aNameThatNobodyKnowsIsTheImages() {
        slot("[model]\ndefault = \"tiny\"\n");
        assertThat(line(launch())).contains("-m tiny").doesNotContain("--alias");
        assertThat(launch().model()).isEqualTo(new Launch.Served("tiny", null, "tiny", 8192));
    }

    @Test
    void anotherModelCanBeAskedFor() {
        register("other", gguf.toString(), 0, null);
        slot("[model]\ndefault = \"tiny\"\n");
        assertThat(line(launch(RuntimeName.DOCKER, "other")))
                .contains("-m /models/qwen3-4b.gguf", "--alias other");
    }

    @Nested
    class Process {
        @Test
        void seesThePathItselfAndListensOnThisMachineOnly() {
            slot(
                    """
                    [slot]
                    runtime = "process"
                    command = ["llama-server", "-m", "${MODEL}", "--port", "${PORT}", "-c", "${CTX}", "--host", "${HOST}"]
                    [model]
                    default = "%s"
                    [server]
                    extra_args = ["-c", "512", "--x=${PORT}"]
                    env = { A = "b" }
                    """
                            .formatted(gguf));
            Launch launch = launch(RuntimeName.PROCESS, null);
            assertThat(line(launch))
                    .isEqualTo(
                            "llama-server -m %s --port 8081 --host 127.0.0.1 --alias %s -c 512 --x=8081"
                                    .formatted(gguf, gguf));
            assertThat(launch.image()).isNull();
            assertThat(launch.env()).isEqualTo(Map.of("A", "b"));
        }

        @Test
        void takesAProfilesFlagsOnlyWhereItNamesOneAndItsOwnCountMore() {
            slot(
                    """
                    [slot]
                    runtime = "process"
                    command = ["llama-server", "--port", "9"]
                    profile = "embed"
                    """);
            assertThat(line(launch(RuntimeName.PROCESS, null)))
                    .isEqualTo("llama-server --port 9 --host 127.0.0.1 -c 8192 --embeddings");
        }
    }

    @Nested
    class Profile {
        @Test
        void ofTheUsersOwnReplacesWhatItSays() {
            write(
                    "profiles.toml",
                    """
                    [profile.llama-server]
                    image = "example.com/llama:1"
                    health_path = "/ready"
                    [profile.mine]
                    image = "example.com/mine:1"
                    command = ["serve", "${MODEL}", "--on", "${HOST}:${PORT}"]
                    """);
            slot("[model]\ndefault = \"tiny\"\n");
            assertThat(launch().image()).isEqualTo("example.com/llama:1");
            assertThat(launch().healthPath()).isEqualTo("/ready");
            assertThat(line(launch())).contains("-m tiny");
            slot("[slot]\nprofile = \"mine\"\n[model]\ndefault = \"tiny\"\n");
            assertThat(line(launch())).isEqualTo("serve tiny --on 0.0.0.0:8081");
            slot("[slot]\nprofile = \"mine\"\nimage = \"x:2\"\n[server]\nhealth_path = \"/h\"\n");
            assertThat(launch().image()).isEqualTo("x:2");
            assertThat(launch().healthPath()).isEqualTo("/h");
        }

        @Test
        void thatBeginsWithAWordReplacesTheWholeCommand() {
            write("profiles.toml", "[profile.llama-server]\ncommand = [\"run\", \"-x\"]\n");
            slot("");
            assertThat(line(launch())).isEqualTo("run -x");
        }

        @Test
        void ofTheUsersServesADeviceForWhichThereIsNone() {
            slot("[slot]\ndevice = \"npu\"\n");
            refused(LaunchTest.this::launch, "slots/chat.toml:2: slot.profile: nothing is known");
            assertThat(definitions().problems())
                    .singleElement()
                    .asString()
                    .startsWith("slots/chat.toml:2: slot.device: nothing is known that serves");
            write(
                    "profiles.toml",
                    "[profile.npu]\nimage = \"example.com/npu:1\"\ndevices = [\"npu\"]\n");
            assertThat(launch().image()).isEqualTo("example.com/npu:1");
            assertThat(launch().device()).isEqualTo(Device.NPU);
        }

        @Test
        void thatNobodyKnowsIsRefusedWithItsPlaceAndTheNearest() {
            slot("\n[slot]\nprofile = \"lama-server\"\n");
            refused(
                    LaunchTest.this::launch,
                    "slots/chat.toml:3: there is no profile \"lama-server\" (did you mean \"llama-server\"?)");
            register("qwen3", gguf.toString(), 0, "vlm");
            slot("[model]\ndefault = \"qwen3\"\n");
            refused(
                    LaunchTest.this::launch,
                    "models.toml:3: model qwen3: there is no profile \"vlm\"");
        }
    }

    @Nested
    class ModelFile {
        @Test
        void thatIsGoneIsRefusedWithItsPlace() {
            slot("[model]\ndefault = \"/no/such.gguf\"\n");
            refused(
                    LaunchTest.this::launch,
                    "slots/chat.toml:2: model.default: there is no file /no/such.gguf");
            register("qwen3", home.resolve("gone.gguf").toString(), 0, null);
            slot("[model]\ndefault = \"qwen3\"\n");
            refused(LaunchTest.this::launch, "models.toml:3: model qwen3: there is no file");
        }

        @Test
        void inPartsNeedsAllOfThem() throws Exception {
            Path first = Files.writeString(home.resolve("big-00001-of-00003.gguf"), "");
            Files.writeString(home.resolve("big-00002-of-00003.gguf"), "");
            slot("[model]\ndefault = \"" + first + "\"\n");
            refused(LaunchTest.this::launch, "there is no file", "big-00003-of-00003.gguf");
            Files.writeString(home.resolve("big-00003-of-00003.gguf"), "");
            Launch.Served model = launch().model();
            assertThat(model).isNotNull();
            assertThat(model.inside()).isEqualTo("/models/big-00001-of-00003.gguf");
            assertThat(model.files())
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .containsExactly(
                            "big-00001-of-00003.gguf",
                            "big-00002-of-00003.gguf",
                            "big-00003-of-00003.gguf");
        }

        @Test
        void isLookedForInTheStoreToo() throws Exception {
            Path kept = Files.createDirectories(home.resolve("store/hf/org/repo"));
            Path file = Files.writeString(kept.resolve("m.gguf"), "");
            slot("[model]\ndefault = \"hf/org/repo/m.gguf\"\n");
            assertThat(launch().model()).extracting(Launch.Served::file).isEqualTo(file);
            models.add(
                    new RegisteredModel(
                            "m", null, "hf:org/repo/m.gguf", null, null, 0, 0, List.of(), null, 5));
            slot("[model]\ndefault = \"m\"\n");
            assertThat(launch().model()).extracting(Launch.Served::file).isEqualTo(file);
            Files.delete(file);
            refused(
                    LaunchTest.this::launch,
                    "models.toml:5: model m: it was not pulled yet: `hal0 models pull hf:org/repo/m.gguf`");
        }
    }

    @Test
    void aSlotThatIsNotDefinedIsNotFound() {
        assertThatExceptionOfType(SlotException.class)
                .isThrownBy(this::launch)
                .matches(e -> e.problem() == SlotProblem.NOT_FOUND);
    }

    @Test
    void fingerprintFollowsWhatIsStartedAndNotWhoSaidSo() {
        slot("[model]\ndefault = \"tiny\"\n");
        String before = launch().fingerprint();
        slot("# moved\n\n[model]\ndefault = \"tiny\"\ncontext_size = 8192\n");
        assertThat(launch().fingerprint()).isEqualTo(before);
        slot("[model]\ndefault = \"tiny\"\ncontext_size = 8191\n");
        assertThat(launch().fingerprint()).isNotEqualTo(before);
    }

    private static void refused(ThrowingCallable call, String... texts) {
        assertThatExceptionOfType(SlotException.class)
                .isThrownBy(call)
                .matches(e -> e.problem() == SlotProblem.CONFIG_ERROR)
                .satisfies(e -> assertThat(e.message()).contains(texts));
    }
}
