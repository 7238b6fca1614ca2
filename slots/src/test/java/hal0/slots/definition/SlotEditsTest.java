package hal0.slots.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hal0.home.testing.Example;
import hal0.slots.definition.HomeDefinitions.Surroundings;
import hal0.slots.definition.SlotEdits.Origin;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotEditsTest {
    @TempDir Path home;
    private HomeDefinitions definitions;
    private SlotEdits edits;

    @BeforeEach
    void read() {
        definitions = new HomeDefinitions(home);
        edits = new SlotEdits(home, definitions);
        reload();
    }

    private void reload() {
        definitions.reload(
                new Surroundings(
                        SlotsSettings.USUAL, GpuSettings.USUAL, List.of(), home.resolve("store")));
    }

    private String text(String name) throws Exception {
        return Files.readString(home.resolve("slots").resolve(name + ".toml"));
    }

    private static Map<String, @Nullable Object> keys(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return keys;
    }

    @Test
    void aNewSlotHasWhatWasGivenAndNothingElse() throws Exception {
        edits.create(
                "chat",
                keys(
                        "model.default",
                        "qwen3-4b",
                        "slot.port",
                        8081L,
                        "slot.aliases",
                        List.of("primary"),
                        "slot.cpus",
                        1.5,
                        "slot.pinned",
                        true,
                        "server.env.A_B",
                        "c\"d"),
                Origin.FILES);
        assertThat(text("chat"))
                .isEqualTo(
                        """
                        [slot]
                        name = "chat"
                        port = 8081
                        aliases = ["primary"]
                        cpus = 1.5
                        pinned = true

                        [model]
                        default = "qwen3-4b"

                        [server]
                        env = { A_B = "c\\"d" }
                        """);
        reload();
        assertThat(definitions.find("chat")).isPresent();
        assertThat(definitions.problems()).isEmpty();
    }

    @Test
    void aChangeKeepsCommentsOrderAndEverythingElse() throws Exception {
        Files.createDirectories(home.resolve("slots"));
        String before = Files.readString(Example.file("slots/chat.toml"));
        Files.writeString(home.resolve("slots/chat.toml"), before);
        reload();
        edits.change("chat", keys("model.default", "other", "slot.port", 8090L), Origin.FILES);
        assertThat(text("chat"))
                .isEqualTo(
                        before.replace("default = \"qwen3-4b\"", "default = \"other\"")
                                .replace("port = 8081", "port = 8090"));
        edits.change("chat", keys("model.default", "qwen3-4b", "slot.port", 8081L), Origin.FILES);
        assertThat(text("chat")).isEqualTo(before);
    }

    @Test
    void aKeyCanBeTakenAwayAndATableComes() throws Exception {
        edits.create("chat", keys("slot.port", 8081L), Origin.FILES);
        edits.change(
                "chat",
                keys("slot.port", null, "server.extra_args", List.of("-x"), "server.env.A", "b"),
                Origin.FILES);
        reload();
        SlotSpec spec = definitions.find("chat").orElseThrow().spec();
        assertThat(spec.slot().port()).isNull();
        assertThat(spec.server().extraArgs()).containsExactly("-x");
        assertThat(spec.server().env()).isEqualTo(Map.of("A", "b"));
        edits.change("chat", keys("server.env.A", null, "server.env.B", "c"), Origin.FILES);
        reload();
        assertThat(definitions.find("chat").orElseThrow().spec().server().env())
                .isEqualTo(Map.of("B", "c"));
    }

    @Test
    void whatWouldBeWrongIsRefusedWithEveryReasonAndNothingIsWritten() throws Exception {
        edits.create("other", keys("slot.port", 8081L), Origin.FILES);
        reload();
        refused(
                SlotProblem.CONFIG_ERROR,
                () ->
                        edits.create(
                                "chat",
                                keys(
                                        "slot.port",
                                        8081L,
                                        "slot.aliases",
                                        List.of("other"),
                                        "slot.prot",
                                        1L),
                                Origin.FILES),
                "slots/chat.toml: slot.prot: is not a known");
        refused(
                SlotProblem.CONFIG_ERROR,
                () ->
                        edits.create(
                                "chat",
                                keys("slot.port", 8081L, "slot.aliases", List.of("other")),
                                Origin.FILES),
                "slots/chat.toml: slot.port: 8081 is taken by slots/other.toml (choose another)",
                "slots/chat.toml: slot.aliases: other is taken by slots/other.toml");
        refused(
                SlotProblem.CONFIG_ERROR,
                () -> edits.create("chat", keys("slot.profile", "lama-server"), Origin.FILES),
                "did you mean \"llama-server\"?");
        assertThat(home.resolve("slots/chat.toml")).doesNotExist();
        String before = text("other");
        refused(
                SlotProblem.CONFIG_ERROR,
                () -> edits.change("other", keys("slot.type", "lm"), Origin.FILES),
                "slots/other.toml: slot.type: \"lm\" is not one of");
        assertThat(text("other")).isEqualTo(before);
    }

    @Test
    void aFileThatIsWrongAlreadyCanBeMended() throws Exception {
        Files.createDirectories(home.resolve("slots"));
        Files.writeString(home.resolve("slots/chat.toml"), "[slot]\ntype = \"lm\"\n");
        reload();
        edits.change("chat", keys("slot.pinned", true), Origin.FILES);
        edits.change("chat", keys("slot.type", "llm"), Origin.FILES);
        reload();
        assertThat(definitions.problems()).isEmpty();
    }

    @Test
    void aFileThatIsNotTomlIsNeverOverwritten() throws Exception {
        Files.createDirectories(home.resolve("slots"));
        Files.writeString(home.resolve("slots/chat.toml"), "[slot\n");
        refused(
                SlotProblem.CONFIG_ERROR,
                () -> edits.change("chat", keys("slot.pinned", true), Origin.FILES),
                "chat.toml:1");
        assertThat(text("chat")).isEqualTo("[slot\n");
    }

    @Test
    void namesAreChecked() {
        refused(
                SlotProblem.CONFIG_ERROR,
                () -> edits.create("../x", Map.of(), Origin.FILES),
                "\"../x\" cannot name a slot");
        refused(
                SlotProblem.NOT_FOUND,
                () -> edits.change("none", Map.of(), Origin.FILES),
                "there is no slot \"none\"");
        refused(SlotProblem.NOT_FOUND, () -> edits.delete("none"), "none");
        refused(
                SlotProblem.CONFIG_ERROR,
                () -> edits.create("chat", keys("port", 1L), Origin.FILES),
                "keys begin with slot., model. or server.");
    }

    @Test
    void oneThatIsThereIsNotCreatedAgainAndCanBeDeleted() throws Exception {
        edits.create("chat", Map.of(), Origin.FILES);
        refused(
                SlotProblem.ALREADY_EXISTS,
                () -> edits.create("chat", Map.of(), Origin.FILES),
                "slot chat is there already");
        edits.delete("chat");
        assertThat(home.resolve("slots/chat.toml")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "slot.command, x",
        "server.env.LD_PRELOAD, /tmp/x.so",
        "server.extra_args, x",
        "slot.profile, embed"
    })
    void aRequestCannotSayWhatAProcessIsStartedWith(String key, String value) throws Exception {
        edits.create(
                "chat",
                keys("slot.runtime", "process", "slot.command", List.of("llama-server")),
                Origin.FILES);
        Object written =
                key.equals("slot.command") || key.equals("server.extra_args")
                        ? List.of(value)
                        : value;
        refused(
                SlotProblem.CONFIG_ERROR,
                () -> edits.change("chat", Collections.singletonMap(key, written), Origin.REQUEST),
                key + " of a process is set in slots/chat.toml only");
        edits.change("chat", keys("model.default", "other"), Origin.REQUEST);
        refused(
                SlotProblem.CONFIG_ERROR,
                () ->
                        edits.create(
                                "evil",
                                keys("slot.runtime", "process", "slot.command", List.of("/bin/sh")),
                                Origin.REQUEST),
                "not by a request");
    }

    @Test
    void aRequestCannotPrepareWhatAProcessIsStartedWithEither() throws Exception {
        edits.create("chat", keys("slot.command", List.of("llama-server")), Origin.FILES);
        refused(
                SlotProblem.CONFIG_ERROR,
                () -> edits.change("chat", keys("server.env.LD_PRELOAD", "x.so"), Origin.REQUEST),
                "not by a request");
        edits.create("box", Map.of(), Origin.REQUEST);
        edits.change("box", keys("server.env.LOG", "1"), Origin.REQUEST);
        assertThat(text("box")).contains("LOG");
    }

    private static void refused(SlotProblem problem, ThrowingCallable call, String... texts) {
        assertThatExceptionOfType(SlotException.class)
                .isThrownBy(call)
                .matches(e -> e.problem() == problem)
                .satisfies(e -> assertThat(e.message()).contains(texts));
    }
}
