package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `hal0 launch`, with tools that are shell scripts: they note what they are given and ask the
/// relay.
class LaunchToolTest {
    /// What every one of them does first.
    private static final String NOTES =
            """
            #!/bin/sh
            env | sort > "$NOTES/env"
            : > "$NOTES/args"
            for argument in "$@"; do echo "$argument" >> "$NOTES/args"; done
            """;

    private static final String ASK =
            """
            ask() {
                curl -sS -o "$NOTES/answer" -w '%%{http_code}' "$1" -H "$2" \\
                    -H 'Content-Type: application/json' -d "$3" > "$NOTES/status"
            }
            """
                    .replace("%%", "%");

    @TempDir Path folder;
    private final ScriptedProvider openAi = ScriptedProvider.openAi();
    private final ScriptedProvider anthropic = ScriptedProvider.anthropic();
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(folder).providers(openAi.baseUrl(), anthropic.baseUrl());
        Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("notes"));
    }

    @AfterEach
    void close() {
        openAi.close();
        anthropic.close();
    }

    private void tool(String name, String script) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.writeString(file, NOTES + ASK + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Hal0Process.Setup hal0() {
        return home.hal0()
                .set("PATH", folder.resolve("bin") + ":/usr/bin:/bin")
                .set("NOTES", folder.resolve("notes"))
                .set("TMPDIR", folder);
    }

    private String noted(String name) throws IOException {
        return Files.readString(folder.resolve("notes").resolve(name));
    }

    private String variable(String name) throws IOException {
        return noted("env")
                .lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private JsonNode keys() throws Exception {
        return TestHome.json(home.hal0().run("keys", "list", "--all", "--json").out());
    }

    @Test
    void claudeAsksTheRelayWithAKeyOfItsOwnWhichEndsWithIt() throws Exception {
        openAi.says("one");
        tool(
                "claude",
                """
                ask "$ANTHROPIC_BASE_URL/v1/messages" "Authorization: Bearer $ANTHROPIC_AUTH_TOKEN" \\
                    "{\\"model\\":\\"$ANTHROPIC_MODEL\\",\\"max_tokens\\":9,\\"messages\\":[{\\"role\\":\\"user\\",\\"content\\":\\"hi\\"}]}"
                echo from the tool; echo to the errors >&2; cat; exit 7
                """);

        Ended ended =
                hal0().set("ANTHROPIC_API_KEY", "sk-ant-of-the-user")
                        .set("CLAUDE_CODE_USE_BEDROCK", "1")
                        .set("NO_PROXY", "example.com")
                        .input("typed")
                        .run("launch", "claude", "-p", "two words", "--model=x", "--help");

        assertThat(ended.exit()).as(ended.err()).isEqualTo(7);
        assertThat(ended.out()).startsWith("from the tool").contains("typed");
        assertThat(ended.err()).contains("to the errors", "this run of claude cost $0.000075");
        assertThat(noted("args").lines()).containsExactly("-p", "two words", "--model=x", "--help");
        assertThat(noted("status")).isEqualTo("200");
        assertThat(noted("answer")).contains("one");
        assertThat(noted("env")).doesNotContain("sk-ant-of-the-user", "BEDROCK");
        assertThat(variable("NO_PROXY")).isEqualTo("example.com,127.0.0.1,localhost");
        assertThat(home.ledger())
                .containsExactly(
                        new TestHome.Row("claude", "oa", "m1", "ANSWERED", 10, 5, 75_000_000L));
        assertThat(keys().get(0).path("launch").asBoolean()).isTrue();
        assertThat(keys().get(0).path("revoked_at").isTextual()).isTrue();
        assertThat(ended.out() + ended.err()).doesNotContain(variable("ANTHROPIC_AUTH_TOKEN"));
    }

    @Test
    void theKeyEndsWithARunWhoseFolderIsGone() throws Exception {
        tool("gemini", "rm -r \"$(dirname \"$GEMINI_CLI_HOME\")\"; exit 3\n");

        Ended ended = hal0().run("launch", "--model", "oa/m1", "gemini");

        assertThat(ended.exit()).as(ended.err()).isEqualTo(3);
        assertThat(keys().get(0).path("revoked_at").isTextual()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "opencode", "gemini", "qwen", "aider", "pi"})
    void everyToolIsGivenTheRelayTheModelAndAKeyThatNobodyElseSees(String name) throws Exception {
        tool(
                name,
                """
                for file in "$@" "$GEMINI_CLI_HOME/.gemini/settings.json"; do
                    if [ -f "$file" ]; then cat "$file" >> "$NOTES/files"; fi
                done
                """);

        Ended ended = hal0().run("launch", "--model", "an/other", name, "do it");

        assertThat(ended.exit()).as(ended.err()).isZero();
        String key = variable(name.equals("gemini") ? "GEMINI_API_KEY" : "OPENAI_API_KEY");
        if (key.isEmpty()) {
            key = variable("HAL0_LAUNCH_KEY");
        }
        if (key.isEmpty()) {
            key =
                    TestHome.json(variable("OPENCODE_CONFIG_CONTENT"))
                            .at("/provider/hal0/options/apiKey")
                            .asText();
        }
        assertThat(key).startsWith("hal0-");
        Path files = folder.resolve("notes/files");
        String given = noted("args") + (Files.exists(files) ? Files.readString(files) : "");
        assertThat(given).doesNotContain(key).contains("do it");
        assertThat(given + noted("env")).contains("http://127.0.0.1:", "an/other");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).noneMatch(file -> file.toString().contains("hal0-launch-"));
        }
    }

    @Test
    void geminiKeepsItsOwnSettingsAndFilesButForTheLogin() throws Exception {
        Path own = Files.createDirectories(folder.resolve(".gemini"));
        Files.writeString(
                own.resolve("settings.json"),
                """
                {// mine
                "ui": {"theme": "x"}, "security": {"auth": {"selectedType": "oauth-personal"}}}
                """);
        Files.writeString(own.resolve("GEMINI.md"), "of the user");
        tool(
                "gemini",
                "cat \"$GEMINI_CLI_HOME\"/.gemini/settings.json \"$GEMINI_CLI_HOME\"/.gemini/GEMINI.md");

        Ended ended = hal0().run("launch", "gemini");

        assertThat(ended.out())
                .contains("\"theme\" : \"x\"", "gemini-api-key", "of the user")
                .doesNotContain("oauth");
        assertThat(Files.readString(own.resolve("settings.json"))).contains("oauth-personal");
        assertThat(variable("GEMINI_MODEL")).isEqualTo("oa/m1");
    }

    @Test
    void aToolWhoseOwnProviderHasAKeyChoosesItsModelItself() throws Exception {
        tool("claude", "");

        hal0().set("ANTHROPIC_API_KEY", "sk-ant-of-the-user").run("launch", "claude");

        assertThat(variable("ANTHROPIC_BASE_URL")).startsWith("http://127.0.0.1:");
        assertThat(noted("env")).doesNotContain("ANTHROPIC_MODEL", "sk-ant-of-the-user");
    }

    @Test
    void theRelayThatRunsIsUsedAndGoesOn() throws Exception {
        tool("aider", "");
        try (Hal0Process serve = home.hal0().start("serve", "--port", "0")) {
            String address = serve.relayAddress();

            assertThat(hal0().run("launch", "aider").exit()).isZero();

            assertThat(variable("OPENAI_API_BASE")).isEqualTo(address + "/v1");
            assertThat(variable("AIDER_MODEL")).isEqualTo("openai/oa/m1");
            assertThat(serve.isRunning()).isTrue();
            assertThat(keys().get(0).path("revoked_at").isTextual()).isTrue();
        }
    }

    @Test
    void interruptsAreTheToolsOwnAndAnEndIsPassedOn() throws Exception {
        tool(
                "aider",
                "trap 'echo asked to end; exit 3' TERM\ntrap 'echo interrupted' INT\necho ready\nwhile :; do sleep 0.1; done\n");
        try (Hal0Process launch = hal0().start("launch", "aider")) {
            launch.out().awaitText("ready");
            launch.signal("INT");
            launch.signal("TERM");
            Ended ended = launch.ended();

            assertThat(ended.out()).contains("asked to end");
            assertThat(ended.exit()).isEqualTo(143);
        }
        assertThat(keys().get(0).path("revoked_at").isTextual()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "launch cluade | 2 | hal0 launch knows claude, codex, opencode, gemini, qwen, aider, pi, not \"cluade\"; did you mean claude?",
                "launch | 2 | Missing required parameter: 'TOOL'",
                "launch codex | 1 | codex is not on the PATH; to install it: npm install -g @openai/codex",
            })
    void whatCannotBeStartedIsTold(String arguments, int exit, String told) throws Exception {
        Ended ended = hal0().run(arguments.split(" "));

        assertThat(ended.exit()).as(ended.err()).isEqualTo(exit);
        assertThat(ended.err()).startsWith("hal0: " + told);
        assertThat(folder.resolve("state/relay.json")).doesNotExist();
    }

    @Test
    void withoutAModelItSaysSo() throws Exception {
        home.config("");

        Ended ended = hal0().run("launch", "aider");

        assertThat(ended.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ended.err()).contains("hal0 launch --model provider/model aider");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude", "codex", "opencode", "gemini", "qwen", "aider", "pi"})
    void theLinesByHandDoTheSameInAShell(String name) throws Exception {
        Ended printed =
                hal0().run("launch", "--print", "--model", "an/o'ther", name, "it's", "$HOME");
        assertThat(printed.exit()).as(printed.err()).isZero();
        assertThat(keys()).isEmpty();
        tool(name, "");
        Path script = folder.resolve("by-hand.sh");
        Files.writeString(script, printed.out());

        ProcessBuilder shell = new ProcessBuilder("sh", "-eu", script.toString());
        shell.environment().clear();
        shell.environment().putAll(hal0().environment());
        Process ran = shell.redirectErrorStream(true).start();
        assertThat(new String(ran.getInputStream().readAllBytes())).isEmpty();
        assertThat(ran.waitFor()).isZero();

        List<String> arguments = noted("args").lines().toList();
        assertThat(arguments).endsWith("it's", "$HOME");
        assertThat(noted("env") + noted("args")).contains("an/o'ther", "unused");
        assertThat(printed.out()).contains(":8080");
    }
}
