package hal0.slots.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hal0.home.config.ConfigProblem;
import hal0.home.config.Settings;
import hal0.home.testing.Example;
import hal0.home.testing.KnownKeys;
import hal0.slots.definition.Definitions.PortRange;
import hal0.slots.definition.HomeDefinitions.Surroundings;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.model.RegisteredModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HomeDefinitionsTest {
    @TempDir Path home;
    private HomeDefinitions definitions;
    private SlotsSettings all = SlotsSettings.USUAL;
    private List<RegisteredModel> models = List.of();

    @BeforeEach
    void folder() throws Exception {
        Files.createDirectory(home.resolve("slots"));
        definitions = new HomeDefinitions(home);
    }

    private void write(String name, String text) {
        try {
            Files.writeString(home.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> reload() {
        definitions.reload(new Surroundings(all, GpuSettings.USUAL, models, home.resolve("store")));
        return definitions.problems().stream().map(ConfigProblem::toString).toList();
    }

    private List<String> names() {
        return definitions.all().stream().map(Definition::name).toList();
    }

    @Test
    void whatASlotLeavesOutIsAsForAll() {
        all =
                new SlotsSettings(
                        RuntimeName.DOCKER,
                        new PortRange(9000, 9001),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        0,
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(10),
                        11);
        write("slots/a.toml", "");
        write(
                "slots/b.toml",
                "[slot]\nruntime = \"podman\"\nidle_timeout_s = 1\nunload_after_s = 2\n");
        assertThat(reload()).isEmpty();
        assertThat(definitions.all())
                .extracting(
                        Definition::runtime,
                        Definition::idleTimeout,
                        Definition::unloadAfter,
                        Definition::loadTimeout,
                        Definition::drainTimeout,
                        Definition::queueLimit)
                .containsExactly(
                        tuple(
                                RuntimeName.DOCKER,
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(8),
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(10),
                                11),
                        tuple(
                                RuntimeName.PODMAN,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(10),
                                11));
        assertThat(definitions.ports()).isEqualTo(new PortRange(9000, 9001));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[slot\n",
                "[slot]\nport = 1\nport = 2\n",
                "[slot]\nport = \n",
                "[slot]\nport = \"8081\"\n",
                "[slot]\nport = 808100\n",
                "[slot]\nprot = 8081\n",
                "[slots]\n",
                "[slot]\naliases = \"x\"\n",
                "[slot]\nname = \"other\"\n",
                "slot = 5\n",
                "[[slot]]\nport = 8081\n",
                "[slot]\nruntime = \"process\"\n",
                "\u0000",
                "[model]\ncontext_size = 1e9\n"
            })
    void aBadEditIsReportedAndTheSlotStaysAsItWas(String bad) {
        write("slots/chat.toml", "[slot]\nport = 8085\n");
        write("slots/other.toml", "");
        assertThat(reload()).isEmpty();
        write("slots/chat.toml", bad);
        assertThat(reload())
                .isNotEmpty()
                .allMatch(problem -> problem.startsWith("slots/chat.toml"));
        assertThat(names()).containsExactly("chat", "other");
        assertThat(definitions.find("chat"))
                .map(definition -> definition.spec().slot().port())
                .hasValue(8085);
        assertThat(definitions.launch("chat", null, RuntimeName.DOCKER, 8085).argv())
                .contains("8085");
        write("slots/chat.toml", "[slot]\nport = 8086\n");
        assertThat(reload()).isEmpty();
        assertThat(definitions.find("chat"))
                .map(definition -> definition.spec().slot().port())
                .hasValue(8086);
    }

    @Test
    void bytesThatAreNoTextAreReportedWithTheirLine() throws Exception {
        Files.write(home.resolve("slots/chat.toml"), new byte[] {'a', '\n', (byte) 0xff});
        assertThat(reload())
                .containsExactly("slots/chat.toml:2: is not UTF-8 text (save the file as UTF-8)");
        assertThat(names()).isEmpty();
    }

    @Test
    void aDeletedFileIsADeletedSlot() throws Exception {
        write("slots/chat.toml", "");
        reload();
        Files.delete(home.resolve("slots/chat.toml"));
        assertThat(reload()).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void whatCannotBeReadMayStillDefineItsSlot() {
        write("slots/bad.toml", "[slot\n");
        assertThat(reload()).isNotEmpty();
        assertThat(names()).isEmpty();
        assertThat(definitions.mayDefine("bad")).isTrue();
        assertThat(definitions.mayDefine("gone")).isFalse();
    }

    @Test
    void aFolderThatCannotBeReadLeavesEverySlotAsItWas() throws Exception {
        write("slots/a.toml", "");
        reload();
        Files.move(home.resolve("slots"), home.resolve("aside"));
        write("slots", "no folder");
        assertThat(reload()).isNotEmpty();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void whatABadFileHadGoesToWhoeverClaimsItNow() {
        write("slots/b.toml", "[slot]\nport = 8085\n");
        reload();
        write("slots/b.toml", "[slot\n");
        write("slots/z.toml", "[slot]\nport = 8085\n");
        assertThat(reload()).hasSize(1);
        assertThat(names()).containsExactly("z");
    }

    @Test
    void aClashLeavesTheOneThatCameToItAsItWas() {
        write("slots/a.toml", "[slot]\nport = 8085\n");
        write("slots/b.toml", "[slot]\nport = 8086\n");
        reload();
        write("slots/b.toml", "[slot]\nport = 8085\n");
        assertThat(reload())
                .containsExactly(
                        "slots/b.toml:2: slot.port: 8085 is taken by slots/a.toml (choose another)");
        assertThat(definitions.find("b"))
                .map(definition -> definition.spec().slot().port())
                .hasValue(8086);
    }

    @Test
    void badProfilesAreReportedAndThoseBeforeStay() {
        write("profiles.toml", "[profile.mine]\nimage = \"example.com/mine:1\"\n");
        write("slots/chat.toml", "[slot]\nprofile = \"mine\"\n");
        assertThat(reload()).isEmpty();
        write("profiles.toml", "[profile.mine]\nimag = \"example.com/mine:2\"\n");
        assertThat(reload())
                .singleElement()
                .asString()
                .startsWith("profiles.toml:2: profile.mine.imag");
        assertThat(definitions.launch("chat", null, RuntimeName.DOCKER, 1).image())
                .isEqualTo("example.com/mine:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [profile.A]               | profiles.toml:1: profile.A: "A" cannot name a profile
                    [profile.a]~devices = ["gpu"] | profiles.toml:2: profile.a.devices: "gpu" is not one of cpu, gpu-cuda
                    [profile.a]~command = ["${HOME}"] | profiles.toml:2: profile.a.command: nothing fills in ${HOME}
                    [profile.a]~health_path = "health" | profiles.toml:2: profile.a.health_path: "health" is not a path
                    [profile.a]~image = "a b" | profiles.toml:2: profile.a.image: "a b" is no image
                    """)
    void wrongProfileIsReportedAtItsPlace(String text, String problem) {
        write("profiles.toml", text.replace('~', '\n') + "\n");
        assertThat(reload()).singleElement().asString().startsWith(problem);
    }

    @Test
    void whatDoesNotFitTogetherIsSaid() {
        models =
                List.of(
                        new RegisteredModel(
                                "m", null, null, null, null, 0, 0, List.of(), "nope", 7));
        write("slots/a.toml", "[slot]\nprofile = \"vllm\"\n");
        write("slots/b.toml", "[server]\nextra_args = [\"--port\", \"9000\"]\n");
        write("slots/c.toml", "[server]\nextra_args = [\"--port=${PORT}\"]\n");
        write("slots/d.toml", "\n[slot]\nprofile = \"llama-servr\"\n");
        assertThat(reload())
                .containsExactly(
                        "slots/a.toml:2: slot.profile: profile \"vllm\" is for gpu-cuda, and the slot's device is \"cpu\" (set `device`, or choose another profile)",
                        "slots/b.toml:2: server.extra_args: --port would make the server listen where nobody asks it (set `port` in [slot])",
                        "slots/d.toml:3: slot.profile: there is no profile \"llama-servr\" (did you mean \"llama-server\"?)",
                        "models.toml:7: model.profile: model m: there is no profile \"nope\"");
        assertThat(names()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aProcessForAllNeedsACommandInEach() {
        all =
                new SlotsSettings(
                        RuntimeName.PROCESS,
                        all.ports(),
                        all.idleTimeout(),
                        all.unloadAfter(),
                        0,
                        all.loadTimeout(),
                        all.drainTimeout(),
                        1);
        write("slots/a.toml", "");
        write("slots/b.toml", "[slot]\ncommand = [\"llama-server\"]\n");
        assertThat(reload())
                .filteredOn(problem -> !problem.contains("is used by runtime"))
                .singleElement()
                .asString()
                .startsWith("slots/a.toml: slot.command: [slots] of config.toml says runtime");
    }

    @Test
    void profilesExampleIsRightAndHasEveryKey() throws Exception {
        Settings example =
                Settings.of(
                        "profiles.toml",
                        Example.withEverything("profiles.toml"),
                        List.of(ProfilesSection.SECTION));
        assertThat(example.problems()).isEmpty();
        Set<String> written =
                example.settings().stream()
                        .filter(setting -> !setting.origin().equals("default"))
                        .map(setting -> setting.path())
                        .collect(Collectors.toSet());
        assertThat(written)
                .containsAll(KnownKeys.of(ProfilesSection.SECTION, "llama-pinned"))
                .contains("profile.llama-server.command");
    }

    @Test
    void everyBuiltInProfileNamesAnImageForItsDevicesAndKnownGaps() {
        for (Profiles.Layers profile : Profiles.BUILT_IN.all()) {
            assertThat(profile.devices()).as(profile.name()).isNotEmpty();
            profile.devices()
                    .forEach(device ->
                            assertThat(Profiles.BUILT_IN.image(profile, device))
                                    .as(profile.name())
                                    // Podman asks, or refuses, where the registry is left out.
                                    .matches("[a-z]+\\.[a-z]+/.+:.+"));
            assertThat(profile.healthPath()).startsWith("/");
            assertThat(String.join(" ", profile.command())).contains("${PORT}");
        }
        assertThat(Profiles.BUILT_IN.names())
                .containsExactlyInAnyOrder(
                        "llama-server",
                        "llama-server-cuda",
                        "llama-server-rocm",
                        "llama-server-vulkan",
                        "vllm",
                        "embed",
                        "rerank",
                        "whisper",
                        "tts",
                        "comfyui");
    }

    @Test
    void factsTellWhereEachValueComesFromAndHideVariables() {
        write(
                "slots/chat.toml",
                "[slot]\nport = 8085\n[server]\nenv = { HF_TOKEN = \"hf_secret\" }\n");
        reload();
        assertThat(definitions.facts("chat"))
                .contains(
                        new Fact("slot.port", "8085", "slots/chat.toml:2"),
                        new Fact("slot.pinned", "false", "default"),
                        new Fact("slot.idle_timeout_s", "300", "[slots]"),
                        new Fact("slot.profile", "\"llama-server\"", "device"),
                        new Fact(
                                "slot.image",
                                "\"ghcr.io/ggml-org/llama.cpp:server\"",
                                "profile llama-server"),
                        new Fact("server.env.HF_TOKEN", "***REDACTED***", "slots/chat.toml:4"));
        assertThat(definitions.facts("chat").toString()).doesNotContain("hf_secret");
        assertThat(definitions.facts("none")).isEmpty();
    }

    @Test
    void twoHundredSlotsAreReadFast() {
        for (int i = 0; i < 200; i++) {
            write(
                    "slots/s%03d.toml".formatted(i),
                    "[slot]\nport = %d\naliases = [\"a%d\"]\n[model]\ndefault = \"m%d\"\n"
                            .formatted(10_000 + i, i, i));
        }
        reload(); // what is loaded once does not count
        long start = System.nanoTime();
        assertThat(reload()).isEmpty();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(names()).hasSize(200);
        // Some 50 ms on an idle machine; a file that is read twice for each other one takes
        // minutes.
        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }
}
