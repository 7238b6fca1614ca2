package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 providers add|remove|enable|disable|use|list|show`: what they write, and what they refuse.
class DeclareProvidersTest {
    private static final String CONFIG =
            """
            # mine
            [active]   # now
            provider = "demo"
            model = "demo"

            # the box under the desk
            [providers.box]
            base_url = "http://192.168.1.20:8000/v1" # no key
            """;
    private static final String UPSTREAMS =
            """
            [[upstream]]
            name = "xai"

            # slow
            [[upstream]]
            name = "far"
            url = "http://far.test/v1"
            """;

    @TempDir Path folder;
    private Path config;
    private Path upstreams;

    @BeforeEach
    void write() throws IOException {
        config = Files.writeString(folder.resolve("config.toml"), CONFIG);
        upstreams = Files.writeString(folder.resolve("upstreams.toml"), UPSTREAMS);
    }

    private Ended run(String... arguments) throws Exception {
        return Hal0Process.in(folder).run(arguments);
    }

    private void done(String... arguments) throws Exception {
        Ended ended = run(arguments);
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out()).isEmpty();
    }

    private Ended refused(String... arguments) throws Exception {
        Ended ended = run(arguments);
        assertThat(ended.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(config).hasContent(CONFIG);
        assertThat(upstreams).hasContent(UPSTREAMS);
        return ended;
    }

    @Test
    void addAppendsAndKeepsTheRest() throws Exception {
        done(
                "providers",
                "add",
                "azure",
                "--base-url",
                "https://x.openai.azure.com/openai/deployments/d",
                "--auth-style=header",
                "--auth-header=api-key",
                "--api-key-env=AZURE_OPENAI_API_KEY",
                "--query=api-version=2024-10-21",
                "--header=X-Team=$TEAM",
                "--model=gpt-4o");
        assertThat(Files.readString(config))
                .isEqualTo(
                        CONFIG
                                + """

                                [providers.azure]
                                base_url = "https://x.openai.azure.com/openai/deployments/d"
                                api_key_env = "AZURE_OPENAI_API_KEY"
                                auth_style = "header"
                                auth_header = "api-key"

                                [providers.azure.query]
                                api-version = "2024-10-21"

                                [providers.azure.headers]
                                X-Team = "$TEAM"

                                [[providers.azure.models]]
                                id = "gpt-4o"
                                """);
        assertThat(run("config", "validate").exit()).isZero();
    }

    @Test
    void addWritesUpstreamsToo() throws Exception {
        done(
                "upstream",
                "add",
                "mine",
                "--upstreams",
                "--base-url=http://h/v1",
                "--compatibility=anthropic-compatible");
        assertThat(Files.readString(upstreams))
                .isEqualTo(
                        UPSTREAMS
                                + "\n[[upstream]]\nname = \"mine\"\nurl = \"http://h/v1\"\nprotocol = \"anthropic\"\n");
    }

    @Test
    void whatValidationWouldRefuseIsNotWritten() throws Exception {
        assertThat(
                        refused(
                                        "providers",
                                        "add",
                                        "new",
                                        "--base-url=nowhere",
                                        "--auth-style=baerer")
                                .err())
                .contains("Nothing was written", "new.base_url", "did you mean \"bearer\"")
                .doesNotContainPattern("config.toml:\\d");
        assertThat(refused("providers", "add", "new").err()).contains("base_url");
        assertThat(
                        refused(
                                        "providers",
                                        "add",
                                        "new",
                                        "--base-url=http://h/v1",
                                        "--api-key-env=sk-12345-abc")
                                .err())
                .contains("api.env")
                .doesNotContain("sk-12345");
        assertThat(refused("providers", "add", "far", "--base-url=http://h/v1").err())
                .contains("upstreams.toml:5");
    }

    @Test
    void aPresetNeedsOnlyItsName() throws Exception {
        done("providers", "add", "groq");
        assertThat(Files.readString(config)).endsWith("\n[providers.groq]\nenabled = true\n");
    }

    @Test
    void removeTakesTheTableAndItsCommentOnly() throws Exception {
        done("providers", "remove", "box");
        done("providers", "remove", "xai");
        assertThat(Files.readString(config))
                .startsWith(CONFIG.substring(0, CONFIG.indexOf("\n# the box")))
                .doesNotContain("providers", "the box");
        assertThat(Files.readString(upstreams))
                .isEqualTo(UPSTREAMS.substring(UPSTREAMS.indexOf("# slow")));
    }

    @Test
    void whatIsActiveIsNotRemoved() throws Exception {
        done("providers", "use", "far", "m1");
        String before = Files.readString(upstreams);
        Ended ended = run("providers", "remove", "far");
        assertThat(ended.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ended.err()).contains("far stays", "active", "choose another first");
        assertThat(upstreams).hasContent(before);
    }

    @Test
    void presetsAndUnknownOnesCannotBeRemoved() throws Exception {
        assertThat(refused("providers", "remove", "openai").err()).contains("disable openai");
        assertThat(refused("providers", "remove", "boxx").err()).contains("did you mean \"box\"");
    }

    @Test
    void disableAndEnableChangeOneKey() throws Exception {
        done("providers", "disable", "far");
        assertThat(Files.readString(upstreams)).isEqualTo(UPSTREAMS + "enabled = false\n");
        done("providers", "enable", "far");
        assertThat(Files.readString(upstreams)).isEqualTo(UPSTREAMS + "enabled = true\n");
        done("providers", "disable", "openai");
        assertThat(Files.readString(config))
                .isEqualTo(CONFIG + "\n[providers.openai]\nenabled = false\n");
        assertThat(run("providers", "use", "openai").err()).contains("enable openai");
    }

    @Test
    void useNamesTheActiveOne() throws Exception {
        done("providers", "use", "box", "qwen");
        assertThat(Files.readString(config))
                .isEqualTo(
                        CONFIG.replace("provider = \"demo\"", "provider = \"box\"")
                                .replace("model = \"demo\"", "model = \"qwen\""));
    }

    @Test
    void useTakesEffectInTheOwner() throws Exception {
        try (ScriptedProvider box = ScriptedProvider.openAi().says("here");
                Hal0Process serve = Hal0Process.in(folder).start("serve", "--port", "0")) {
            serve.relayAddress();
            done("providers", "add", "other", "--base-url=" + box.baseUrl());
            done("providers", "use", "other", "m1");
            Ended ended = run("ask", "hi");
            assertThat(ended.out()).as(ended.err()).isEqualTo("here\n");
        }
    }

    @Test
    void listAndShowTellWhereThingsComeFrom() throws Exception {
        Files.writeString(
                config,
                CONFIG
                        + """
                        [providers.bad]
                        base_url = "nowhere"
                        [providers.groq]
                        timeout_seconds = 9
                        api_key = "gsk-very-secret"
                        [providers.groq.headers]
                        X-Secret = "hidden-value"
                        X-Team = "$TEAM"
                        [providers.groq.query]
                        api-key = "hidden-value"
                        api-version = "2024-10-21"
                        """);
        Ended list = run("providers", "list", "--json");
        assertThat(list.err()).contains("config.toml:10: providers.bad.base_url", "left out");
        JsonNode rows = TestHome.json(list.out());
        assertThat(rows.findValuesAsText("id"))
                .startsWith("box", "bad", "groq", "xai", "far", "demo");
        assertThat(rows.findValuesAsText("origin"))
                .startsWith(
                        "config.toml:7",
                        "config.toml:9",
                        "config.toml:11",
                        "upstreams.toml:1",
                        "upstreams.toml:5",
                        "preset");
        assertThat(rows.findValuesAsText("status"))
                .startsWith("on", "wrong", "on", "no key", "on", "on");

        Ended show = run("providers", "show", "groq");
        assertThat(show.out() + show.err()).doesNotContain("gsk-very", "hidden-value");
        assertThat(show.out())
                .containsPattern("(?m)^base_url +https://api.groq.com/openai/v1 +preset$")
                .containsPattern("(?m)^timeout_seconds +9.0 +config.toml:12$")
                .containsPattern("(?m)^idle_timeout_seconds +120.0 +default$")
                .containsPattern("(?m)^input_price_per_1m_tokens +0.59 +preset$")
                .containsPattern("(?m)^cache_write_price_per_1m_tokens +n/a +default$")
                .containsPattern("(?m)^api_key_env +GROQ_API_KEY \\(not set\\) +preset$")
                .containsPattern("(?m)^headers.X-Secret +\\*{3}REDACTED\\*{3} +config.toml:15$")
                .containsPattern("(?m)^headers.X-Team +\\$TEAM +config.toml:16$")
                .containsPattern("(?m)^query.api-key +\\*{3}REDACTED\\*{3} +config.toml:18$")
                .containsPattern("(?m)^query.api-version +2024-10-21 +config.toml:19$");
        assertThat(run("providers", "show", "bad").err()).contains("base_url");
    }

    @Test
    void tablesAreNoWiderThanTheTerminal() throws Exception {
        try (PtyProgram terminal =
                PtyProgram.start(Hal0Process.in(folder), "providers", "list", "--all")) {
            // Without its folding, this origin would be cut in two by the edge of the screen.
            assertThat(terminal.await("\n    not needed  on      *       preset").lines())
                    .anyMatch(line -> line.startsWith("demo        openai     demo:canned"));
        }
    }

    @Test
    void oneBadEntryIsSaidAndTheOthersAnswer() throws Exception {
        Files.writeString(upstreams, UPSTREAMS + "auth_style = \"baerer\"\n");
        Ended ended = run("ask", "hi");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out()).isNotBlank();
        assertThat(ended.err())
                .contains("upstreams.toml:8: upstream[1].auth_style", "this provider is left out");
        assertThat(run("config", "validate").exit()).isEqualTo(ExitCode.CONFIGURATION);
    }
}
