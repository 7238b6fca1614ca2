package hal0.agent.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.config.ConfigException;
import hal0.home.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentsTest {
    private static final AgentDefinition REVIEWER =
            new AgentDefinition(
                    "reviewer",
                    "looks \"closely\"",
                    "openai",
                    "gpt-5",
                    "Read the diff.\n\nSay \"\"\"no\"\"\" with \\ care.\n  - and\ttabs\u0007\n",
                    List.of("read", "grep", "docs__*"),
                    new AgentDefinition.Rules(
                            List.of("shell(git diff*)"), List.of(), List.of("edit")));

    @TempDir Path folder;
    private Agents agents;

    @BeforeEach
    void make() {
        agents = new Agents(folder.resolve("agents"));
    }

    @Test
    void whatIsCreatedIsReadBackAsItWas() throws IOException {
        agents.create(REVIEWER);

        assertThat(agents.require("reviewer")).isEqualTo(REVIEWER);
        assertThat(agents.all()).hasSize(1);
    }

    @Test
    void anAgentOfOneKeyHasAllToolsAndNoRules() throws IOException {
        Files.createDirectories(folder.resolve("agents"));
        Files.writeString(folder.resolve("agents/fast.toml"), "model = \"small\"\n");

        AgentDefinition fast = agents.require("fast");

        assertThat(fast.tools()).isNull();
        assertThat(fast.has("shell")).isTrue();
        assertThat(fast.permissions()).isEqualTo(AgentDefinition.Rules.NONE);
    }

    @Test
    void toolsAreNamedWithStars() {
        assertThat(REVIEWER.has("grep")).isTrue();
        assertThat(REVIEWER.has("docs__search")).isTrue();
        assertThat(REVIEWER.has("greps")).isFalse();
        assertThat(REVIEWER.has("docs")).isFalse();
    }

    @Test
    void problemsNameFileLineAndKeyAndTheOtherAgentsStay() throws IOException {
        agents.create(REVIEWER);
        Files.writeString(
                folder.resolve("agents/bad.toml"),
                "provider = \"x\"\nmodle = \"y\"\ntools = \"read\"\n[permissions]\nalow = []\n");

        assertThatThrownBy(() -> agents.require("bad"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("agents/bad.toml:2: modle: is not a known key (did you mean")
                .hasMessageContaining("agents/bad.toml:3: tools:")
                .hasMessageContaining("agents/bad.toml:5: permissions.alow:");
        assertThat(agents.all()).extracting(AgentFile::usable).containsExactly(false, true);
    }

    @Test
    void anotherOfTheSameNameIsRefusedAndTheFirstStays() throws IOException {
        Path file = agents.create(REVIEWER);
        String before = Files.readString(file);

        assertThatThrownBy(() -> agents.create(REVIEWER))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("agents/reviewer.toml", "there is an agent of that name");
        assertThat(file).hasContent(before);
    }

    @Test
    void aNameThatLeadsElsewhereIsRefused() {
        for (String name : List.of("../x", "a/b", "", "Über", ".x")) {
            AgentDefinition other =
                    new AgentDefinition(name, "", "", "", "", null, AgentDefinition.Rules.NONE);
            assertThatThrownBy(() -> agents.create(other)).isInstanceOf(ConfigException.class);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whoAsksForAnUnknownOneHearsTheNearest() throws IOException {
        agents.create(REVIEWER);

        assertThatThrownBy(() -> agents.require("reviever"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e ->
                                assertThat(e.problems())
                                        .extracting(ConfigProblem::message)
                                        .asString()
                                        .contains("did you mean \"reviewer\"?"));
        agents.delete("reviewer");
        assertThat(agents.all()).isEmpty();
    }
}
