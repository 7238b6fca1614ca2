package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 agents`, by the files that it leaves.
class AgentsCommandTest {
    @TempDir Path folder;

    private Ended agents(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "agents";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Hal0Process.in(folder).run(all);
    }

    @Test
    void anAgentIsMadeShownAndDeleted() throws Exception {
        Path prompt =
                Files.writeString(folder.resolve("prompt.md"), "Look \"closely\".\n\nOnly.\n");

        Ended made =
                agents(
                        "create",
                        "reviewer",
                        "--provider",
                        "openai",
                        "--model",
                        "gpt-5",
                        "--tools",
                        "read,grep",
                        "--prompt-file",
                        prompt.toString(),
                        "--deny",
                        "edit");

        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(made.err()).contains("agents/reviewer.toml", "--agent reviewer");
        JsonNode listed = TestHome.json(agents("list", "--json").out()).get(0);
        assertThat(listed.path("name").asText()).isEqualTo("reviewer");
        assertThat(listed.path("model").asText()).isEqualTo("gpt-5");
        assertThat(listed.path("prompt").asText()).isEqualTo("Look \"closely\".\n\nOnly.\n");
        assertThat(listed.path("tools")).hasSize(2);
        assertThat(listed.path("deny").get(0).asText()).isEqualTo("edit");
        assertThat(agents("show", "reviewer").out())
                .contains("openai/gpt-5", "read,grep", "Look \"closely\".");

        Ended again = agents("create", "reviewer");
        assertThat(again.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(again.err()).contains("agents/reviewer.toml: there is an agent of that name");

        assertThat(agents("delete", "reviewer").exit()).as("nobody to ask").isEqualTo(2);
        assertThat(agents("delete", "reviewer", "--yes").exit()).isZero();
        assertThat(agents("list", "--json").out().strip()).isEqualTo("[ ]");
    }

    @Test
    void aFaultInOneFileIsToldWithItsPlaceAndTheOthersAreListed() throws Exception {
        agents("create", "good");
        Files.writeString(folder.resolve("agents/bad.toml"), "model = \"x\"\nprovidr = \"y\"\n");

        Ended listed = agents("list");
        assertThat(listed.exit()).isZero();
        assertThat(listed.out()).contains("good", "bad", "cannot be used");
        assertThat(listed.err()).contains("agents/bad.toml:2: providr: is not a known key");

        Ended shown = agents("show", "bad");
        assertThat(shown.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(agents("show", "god").err()).contains("did you mean \"good\"?");
    }

    @Test
    void whatAFileSaysDoesNotReachTheTerminalsControls() throws Exception {
        agents("create", "x", "--description", "a\u001b]0;owned\u0007b", "--prompt", "\u001b[2Jp");

        assertThat(agents("show", "x").out() + agents("list").out())
                .doesNotContain("\u001b", "\u0007")
                .contains("owned");
    }
}
