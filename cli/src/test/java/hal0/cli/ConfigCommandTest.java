package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `hal0 config` and what every command says about a configuration that is wrong.
class ConfigCommandTest {
    private static final String WRONG =
            """
            [active]
            provder = "groq"

            [providers.groq]
            auth_style = "baerer"
            retries = -1
            base_url = "ftp://example.com"
            """;

    @TempDir Path folder;

    private TestHome home(String toml) throws IOException {
        return new TestHome(folder).config(toml);
    }

    private void secrets(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("api.env"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask hi", "config validate", "config show", "serve --port 0"})
    void everyProblemIsToldAtOnce(String command) throws Exception {
        Ended ended = home(WRONG).hal0().run(command.split(" "));
        assertThat(ended.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines().toList())
                .hasSize(4)
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith("config.toml:2: active.provder:")
                                .contains("did you mean", "provider"))
                .anySatisfy(line ->
                        assertThat(line)
                                .startsWith("config.toml:5: providers.groq.auth_style:")
                                .contains("did you mean \"bearer\"?"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("config.toml:6: providers.groq.retries:"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("config.toml:7: providers.groq.base_url:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ask hi", "config validate"})
    void anActiveProviderThatDoesNotExistIsTold(String command) throws Exception {
        Ended ended = home("[active]\nprovider = \"nope\"\n").hal0().run(command.split(" "));
        assertThat(ended.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ended.err())
                .startsWith("config.toml:2: active.provider: there is no provider \"nope\"");
    }

    @Test
    void aConfigFolderThatIsNotThereIsTold() throws Exception {
        Ended ended =
                home("").hal0().run("--config-dir", folder + "/misspelt", "config", "validate");
        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("/misspelt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-m x ask hi",
                "--provider x ask hi",
                "--relay-port 1 serve",
                "--no-relay serve"
            })
    void anOptionOfTheScreenBeforeACommandIsRefused(String arguments) throws Exception {
        Ended ended = home("").hal0().run(arguments.split(" "));
        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("stands before the command");
    }

    @Test
    void brokenTomlIsToldWithItsPlace() throws Exception {
        Ended ended = home("[active]\nprovider = \"groq\nmodel = 1\n").hal0().run("ask", "hi");
        assertThat(ended.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ended.err()).startsWith("config.toml:2").doesNotContain("Exception");
    }

    @Test
    void validateChecksKeysAndSlotsToo() throws Exception {
        TestHome home = home("[relay]\nport = 0\n");
        assertThat(home.hal0().run("config", "validate").out()).isEqualTo("No problems.\n");
        secrets("not a line\n");
        Files.createDirectory(folder.resolve("slots"));
        Files.writeString(folder.resolve("slots/chat.toml"), "[slot]\nruntme = \"docker\"\n");
        Ended ended = home.hal0().run("config", "validate");
        assertThat(ended.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ended.err())
                .contains("slots/chat.toml:2: slot.runtme", "did you mean")
                .contains("api.env:1");
    }

    @Test
    void warningsDoNotFail() throws Exception {
        Ended ended =
                home("[providers.groq]\napi_key = \"gsk_secret\"\n")
                        .hal0()
                        .run("config", "validate");
        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).isEqualTo("Warnings only.\n");
        assertThat(ended.err()).startsWith("warning: config.toml:2: ").doesNotContain("gsk_secret");
    }

    @Test
    void showMasksSecretsAndNamesOrigins() throws Exception {
        TestHome home =
                home(
                        """
                        [providers.groq]
                        api_key = "gsk_secret"
                        [providers.groq.headers]
                        X-Secret = "hidden"
                        X-Var = "$GROQ_EXTRA"
                        """);
        secrets("GROQ_API_KEY=gsk_other\n");
        Ended text = home.hal0().run("config", "show");
        assertThat(text.exit()).as(text.err()).isZero();
        assertThat(text.out() + text.err()).doesNotContain("gsk_", "hidden");
        assertThat(text.out())
                .containsPattern("providers\\.groq\\.api_key += \"\\*\\*\\*REDACTED\\*\\*\\*\"")
                .contains("# config.toml:2", "\"$GROQ_EXTRA\"")
                .containsPattern("relay\\.port += 8080 +# default")
                .doesNotContain("provider.name");
        Ended json = home.hal0().run("config", "show", "--json");
        JsonNode settings = TestHome.json(json.out());
        JsonNode port =
                StreamSupport.stream(settings.spliterator(), false)
                        .filter(setting -> setting.path("key").asText().equals("relay.port"))
                        .findFirst()
                        .orElseThrow();
        assertThat(port.toString())
                .isEqualTo("{\"key\":\"relay.port\",\"value\":8080,\"origin\":\"default\"}");
        assertThat(json.out()).doesNotContain("gsk_", "hidden");
    }

    @Test
    void pathsAreThoseOfTheHome() throws Exception {
        TestHome home = home("");
        assertThat(home.hal0().run("config", "path").out())
                .isEqualTo(folder.resolve("config.toml") + "\n");
        assertThat(home.hal0().run("config", "path", "--all").out())
                .contains(folder.resolve("api.env").toString(), folder.resolve("data").toString());
        Path other = Files.createDirectory(folder.resolve("other"));
        assertThat(home.hal0().run("--config-dir", other.toString(), "config", "path").out())
                .isEqualTo(other.resolve("config.toml") + "\n");
        assertThat(home.hal0().run("config", "path", "--config-dir", other.toString()).out())
                .isEqualTo(other.resolve("config.toml") + "\n");
        assertThat(other).isEmptyDirectory();
    }
}
