package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the agent sends first, which every request after it carries too.
class FirstRequestTest {
    private static final int MOST_BYTES = 8192;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"openai-compatible", "openai-responses", "anthropic-compatible", "gemini"})
    void allToolsAndTheInstructionsAreSmall(String dialect) throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.openAi()) {
            provider.fails(400, "{\"error\":{\"message\":\"enough\"}}");
            TestHome home = new TestHome(Files.createDirectory(folder.resolve("home")));
            home.config(
                    """
                    [providers.p]
                    compatibility = "%s"
                    base_url = "%s"
                    retries = 0
                    """
                            .formatted(dialect, provider.baseUrl()));
            Path work = Files.createDirectory(folder.resolve("work"));
            Ended ended = home.hal0().at(work).run("run", "-m", "p/m", "--mode", "edit", "hello");
            assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.UPSTREAM);
            String body = provider.takeAsked().body();
            assertThat(body.getBytes(StandardCharsets.UTF_8).length).isLessThan(MOST_BYTES);
            assertThat(toolNames(TestHome.json(body)))
                    .contains(
                            "read",
                            "write",
                            "edit",
                            "apply_patch",
                            "list",
                            "glob",
                            "grep",
                            "shell",
                            "shell_output",
                            "shell_kill",
                            "fetch",
                            "todo",
                            "task",
                            "memory_search",
                            "memory_add");
        }
    }

    /// Each dialect wraps them another way.
    private static Set<String> toolNames(JsonNode request) {
        Set<String> names = new TreeSet<>();
        for (JsonNode each : request.path("tools").findValues("name")) {
            names.add(each.asText());
        }
        return names;
    }
}
