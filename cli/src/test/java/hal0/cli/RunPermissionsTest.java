package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent without a screen may do, and what its tasks may.
class RunPermissionsTest {
    @TempDir Path folder;
    private final ScriptedProvider provider = ScriptedProvider.openAi();
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(folder).providers(provider.baseUrl(), provider.baseUrl());
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void whatWasDeniedInATaskIsToldAndIsTheExitCode() throws Exception {
        provider.callsTool("c1", "task", "{\"prompt\":\"do it\"}")
                .callsTool("c1", "shell", "{\"command\":\"make all\"}")
                .says("I could not")
                .says("it could not");
        Ended ended = run("-o", "json");
        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.DENIED);
        JsonNode denied = TestHome.json(ended.out()).path("denied");
        assertThat(denied).hasSize(1);
        assertThat(denied.path(0).path("tool").asText()).isEqualTo("shell");
        assertThat(denied.path(0).path("reason").asText()).contains("--allow 'shell(make all)'");
    }

    @Test
    void aTaskWithoutAnAgentHasNoMoreToolsThanWhoGivesIt() throws Exception {
        Path agents = Files.createDirectories(folder.resolve("agents"));
        Files.writeString(
                agents.resolve("narrow.toml"),
                "description = \"reads\"\nprompt = \"Read.\"\ntools = [\"read\", \"task\"]\n");
        provider.callsTool("c1", "task", "{\"prompt\":\"do it\"}").says("done").says("done");
        Ended ended = run("--agent", "narrow");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(tools(provider.takeAsked())).containsExactly("read", "task");
        assertThat(tools(provider.takeAsked())).containsExactly("read");
    }

    @Test
    void theRestOfALongOutputMayBeRead() throws Exception {
        provider.callsTool("c1", "shell", "{\"command\":\"seq 1 20000\"}").says("long");
        Ended first = run("--allow", "shell(seq*)");
        assertThat(first.exit()).as(first.err()).isZero();
        Path kept;
        try (Stream<Path> files = Files.list(folder.resolve("state/outputs"))) {
            kept = files.findFirst().orElseThrow();
        }
        provider.callsTool("c1", "read", "{\"path\":\"%s\",\"offset\":10000}".formatted(kept))
                .says("seen");
        Ended second = run();
        assertThat(second.exit()).as(second.err()).isZero();
    }

    private Ended run(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "-m", "oa/m1"));
        arguments.addAll(List.of(options));
        arguments.add("go");
        return home.hal0().run(arguments.toArray(String[]::new));
    }

    private static List<String> tools(ScriptedProvider.Asked asked) throws Exception {
        return TestHome.json(asked.body()).path("tools").findValuesAsText("name");
    }
}
