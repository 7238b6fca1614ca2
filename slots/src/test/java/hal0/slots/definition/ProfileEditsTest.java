package hal0.slots.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hal0.slots.definition.HomeDefinitions.Surroundings;
import hal0.slots.definition.SlotEdits.Origin;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileEditsTest {
    private static final String FILE =
            """
            # Mine.
            [profile.mine]
            image = "example.com/mine:1"   # pinned
            devices = ["cpu"]

            # What is different.
            [profile.llama-server]
            command = ["--jinja"]
            """;

    @TempDir Path home;
    private HomeDefinitions definitions;
    private ProfileEdits edits;

    @BeforeEach
    void read() throws Exception {
        Files.createDirectory(home.resolve("slots"));
        Files.writeString(home.resolve("profiles.toml"), FILE);
        definitions = new HomeDefinitions(home);
        edits = new ProfileEdits(home, definitions);
        reload();
    }

    private void reload() {
        definitions.reload(
                new Surroundings(
                        SlotsSettings.USUAL, GpuSettings.USUAL, List.of(), home.resolve("store")));
    }

    private String text() throws Exception {
        return Files.readString(home.resolve("profiles.toml"));
    }

    @Test
    void aChangeKeepsCommentsAndEverythingElse() throws Exception {
        edits.change("mine", Map.of("image", "example.com/mine:2"), Origin.FILES);
        assertThat(text()).isEqualTo(FILE.replace("mine:1", "mine:2"));
    }

    @Test
    void aNewOneIsAddedAndOneOfHal0sIsChangedByATableOfItsName() throws Exception {
        edits.create(
                "big.one-1",
                Map.of("image", "example.com/big:1", "devices", List.of("gpu-cuda")),
                Origin.REQUEST);
        edits.change("vllm", Map.of("command", List.of("--enforce-eager")), Origin.REQUEST);
        reload();
        assertThat(definitions.problems()).isEmpty();
        assertThat(text()).startsWith(FILE);
        assertThat(definitions.profiles().find("big.one-1"))
                .map(Profiles.Layers::image)
                .hasValue("example.com/big:1");
        assertThat(definitions.profiles().find("vllm").orElseThrow().command())
                .contains("--max-model-len", "--enforce-eager");
    }

    @Test
    void keysAndTablesCanBeTakenAway() throws Exception {
        edits.change("mine", Collections.singletonMap("devices", null), Origin.FILES);
        reload();
        assertThat(definitions.profiles().find("mine").orElseThrow().devices()).isEmpty();
        edits.delete("llama-server", Origin.FILES);
        reload();
        assertThat(text()).contains("# Mine.").doesNotContain("--jinja");
        assertThat(definitions.profiles().find("llama-server").orElseThrow().own()).isNull();
    }

    @Test
    void whatWouldBeWrongIsRefusedAndNothingIsWritten() throws Exception {
        Files.writeString(home.resolve("slots/chat.toml"), "[slot]\nprofile = \"mine\"\n");
        reload();
        refused(
                SlotProblem.CONFIG_ERROR,
                () -> edits.change("mine", Map.of("devices", List.of("gpu")), Origin.FILES),
                "\"gpu\" is not one of");
        refused(
                SlotProblem.CONFIG_ERROR,
                () -> edits.delete("mine", Origin.FILES),
                "slots/chat.toml: slot.profile: there is no profile \"mine\"");
        refused(
                SlotProblem.CONFIG_ERROR,
                () -> edits.create("No!", Map.of(), Origin.FILES),
                "cannot name a profile");
        refused(
                SlotProblem.CONFIG_ERROR,
                () -> edits.delete("vllm", Origin.FILES),
                "comes with hal0");
        refused(
                SlotProblem.ALREADY_EXISTS,
                () -> edits.create("mine", Map.of(), Origin.FILES),
                "is there already: profiles.toml:2");
        refused(
                SlotProblem.NOT_FOUND,
                () -> edits.change("mien", Map.of(), Origin.FILES),
                "did you mean \"mine\"?");
        assertThat(text()).isEqualTo(FILE);
    }

    @Test
    void aRequestCannotChangeTheFlagsOfAProcess() throws Exception {
        Files.writeString(
                home.resolve("slots/chat.toml"),
                "[slot]\nruntime = \"process\"\ncommand = [\"llama-server\"]\nprofile = \"mine\"\n");
        reload();
        refused(
                SlotProblem.CONFIG_ERROR,
                () -> edits.change("mine", Map.of("command", List.of("-x")), Origin.REQUEST),
                "the process of slot chat uses profile mine");
        edits.change("mine", Map.of("command", List.of("-x")), Origin.FILES);
    }

    private static void refused(SlotProblem problem, ThrowingCallable call, String text) {
        assertThatExceptionOfType(SlotException.class)
                .isThrownBy(call)
                .matches(e -> e.problem() == problem)
                .withMessageContaining(text);
    }
}
