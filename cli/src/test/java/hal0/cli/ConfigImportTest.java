package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 config import`: from another program's file to a home that answers.
class ConfigImportTest {
    private static final String KEY = "sk-imported-0123456789";

    @TempDir Path folder;
    @TempDir Path elsewhere;

    private Path config() {
        return folder.resolve("config.toml");
    }

    private Path opencode(ScriptedProvider provider) throws IOException {
        return Files.writeString(
                elsewhere.resolve("opencode.json"),
                """
                {
                  "model": "gateway/m1",
                  "theme": "dark",
                  "provider": {
                    "gateway": {
                      "npm": "@ai-sdk/openai-compatible",
                      "options": { "baseURL": "%s", "apiKey": "%s" },
                      "models": { "m1": { "cost": { "input": 1, "output": 2 } } }
                    }
                  }
                }
                """
                        .formatted(provider.baseUrl(), KEY));
    }

    private Ended hal0(String... arguments) throws IOException, InterruptedException {
        return new TestHome(folder).hal0().run(arguments);
    }

    @Test
    void withoutYesTheDifferenceIsShownAndNothingWritten() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.openAi()) {
            Ended shown = hal0("config", "import", opencode(provider).toString());
            assertThat(shown.exit()).as(shown.err()).isZero();
            assertThat(shown.out())
                    .contains("+++ " + config() + "\n@@ -0,0 +1,")
                    .contains("\n+[providers.gateway]\n", "\n+GATEWAY_API_KEY=***REDACTED***\n")
                    .doesNotContain(KEY);
            assertThat(shown.err())
                    .contains("not taken over: opencode.json:3: theme: ", "--yes writes it")
                    .doesNotContain(KEY);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void whatWasImportedIsValidAndAnswers() throws Exception {
        String mine = "# mine\n[relay]\nport = 0 # any\n";
        new TestHome(folder).config(mine);
        try (ScriptedProvider provider = ScriptedProvider.openAi().says("imported")) {
            Ended written = hal0("config", "import", "--yes", opencode(provider).toString());
            assertThat(written.exit()).as(written.err()).isZero();
            assertThat(written.out() + written.err()).doesNotContain(KEY);
            assertThat(Files.readString(config()))
                    .startsWith(mine + "\n# Imported from opencode.json\n[active]\n")
                    .doesNotContain(KEY);
            Path keys = folder.resolve("api.env");
            assertThat(Files.readString(keys)).isEqualTo("GATEWAY_API_KEY=" + KEY + "\n");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                    .isEqualTo("rw-------");
            assertThat(hal0("config", "validate").out()).isEqualTo("No problems.\n");
            Ended answer = hal0("ask", "hi");
            assertThat(answer.out()).as(answer.err()).isEqualTo("imported\n");
            assertThat(provider.asked().getLast().headers().get("Authorization"))
                    .isEqualTo("Bearer " + KEY);
        }
    }

    @Test
    void namesAndFallbacksOfLiteLlmBecomeRoutesThatAreValid() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.openAi().says("routed")) {
            Path file =
                    Files.writeString(
                            elsewhere.resolve("config.yaml"),
                            """
                            model_list:
                              - model_name: fast
                                litellm_params: {model: openai/m1, api_base: "%1$s", api_key: %2$s}
                              - model_name: big
                                litellm_params: {model: anthropic/claude-sonnet-4-5}
                            router_settings:
                              model_group_alias: {"faster": "fast"}
                              fallbacks: [{"fast": ["big"]}]
                            """
                                    .formatted(provider.baseUrl(), KEY));
            Ended written = hal0("config", "import", "--yes", file.toString());
            assertThat(written.exit()).as(written.err()).isZero();
            assertThat(written.err()).doesNotContain("config.toml:");
            String id = "local-" + provider.baseUrl().getPort();
            assertThat(Files.readString(config()))
                    .contains(
                            "[[route]]\nmodel = \"fast\"\ntargets = [\"%s/m1\", \"anthropic/claude-sonnet-4-5\"]\naliases = [\"faster\"]\n"
                                    .formatted(id));
            assertThat(hal0("config", "validate").out()).isEqualTo("No problems.\n");
            Ended answer = hal0("ask", "-m", "faster", "hi");
            assertThat(answer.out()).as(answer.err()).isEqualTo("routed\n");
        }
    }

    @Test
    void whatIsThereAlreadyStays() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.openAi()) {
            String mine =
                    "[active]\nprovider = \"demo\"\n[providers.gateway]\nbase_url = \"http://127.0.0.1:9/v1\"\n";
            new TestHome(folder).config(mine);
            Ended again = hal0("config", "import", "--yes", opencode(provider).toString());
            assertThat(again.exit()).isZero();
            assertThat(again.err())
                    .contains(
                            "left as it is: a provider \"gateway\" is declared already",
                            "left as it is: [active] is there already",
                            "Nothing to add.");
            assertThat(config()).hasContent(mine);
            assertThat(folder.resolve("api.env")).doesNotExist();
        }
    }

    @Test
    void anEntryThatWasWrongBeforeDoesNotKeepAnImportOut() throws Exception {
        new TestHome(folder)
                .config("[providers.mine]\nbase_url = \"http://127.0.0.1:1/v1\"\nretris = 1\n");
        try (ScriptedProvider provider = ScriptedProvider.openAi().says("still")) {
            Ended written = hal0("config", "import", "--yes", opencode(provider).toString());
            assertThat(written.exit()).as(written.err()).isZero();
            assertThat(hal0("ask", "hi").out()).isEqualTo("still\n");
        }
    }

    @Test
    void aFileThatCannotBeReadIsToldWithItsLine() throws Exception {
        Path broken = Files.writeString(elsewhere.resolve("c.yaml"), "model_list:\n  - x: 'y\n");
        Ended ended = hal0("config", "import", broken.toString());
        assertThat(ended.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ended.err()).startsWith("c.yaml:3: this is not YAML: ");
        Ended missing = hal0("config", "import", elsewhere + "/none.yaml");
        assertThat(missing.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.err()).contains("there is no file");
    }

    @Test
    void aFileWithNothingOfUseFails() throws Exception {
        Path file = Files.writeString(elsewhere.resolve("c.yaml"), "general_settings: {a: 1}\n");
        Ended ended = hal0("config", "import", file.toString());
        assertThat(ended.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err()).contains("c.yaml:1: general_settings: ", "Nothing to add.");
    }
}
