package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 providers credentials`: keys go in without being seen and take effect at once.
class CredentialsTest {
    private static final String KEY = "sk-first-0123456789";

    @TempDir Path folder;
    private final ScriptedProvider acme = ScriptedProvider.openAi();
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        home =
                new TestHome(folder)
                        .config(
                                """
                                [providers.acme]
                                base_url = "%s"
                                api_key_env = ["ACME_KEY", "ACME_SPARE"]
                                """
                                        .formatted(acme.baseUrl()));
    }

    @AfterEach
    void close() {
        acme.close();
    }

    @Test
    void aKeyFromStandardInputIsWrittenForItsOwnerOnlyAndNeverShown() throws Exception {
        Ended set = home.hal0().input(KEY + "\n").run("providers", "credentials", "set", "acme");

        assertThat(set.exit()).isEqualTo(ExitCode.DONE);
        assertThat(set.out() + set.err()).contains("ACME_KEY").doesNotContain(KEY);
        Path file = folder.resolve("api.env");
        assertThat(Files.readString(file)).isEqualTo("ACME_KEY=" + KEY + "\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Ended list = home.hal0().run("providers", "credentials", "list");
        assertThat(list.out()).contains("acme", "ACME_KEY", "api.env").doesNotContain(KEY);
    }

    @Test
    void aKeyAsAnArgumentIsRefusedAndNotRepeated() throws Exception {
        Ended ended = home.hal0().run("providers", "credentials", "set", "acme", KEY);

        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("not given as an argument").doesNotContain(KEY);
        assertThat(folder.resolve("api.env")).doesNotExist();
    }

    @Test
    void severalLinesAreNoKey() throws Exception {
        Ended ended =
                home.hal0().input("one\ntwo\n").run("providers", "credentials", "set", "acme");

        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("more than one line");
        assertThat(folder.resolve("api.env")).doesNotExist();
    }

    @Test
    void aTerminalIsAskedWithoutShowingWhatIsTyped() throws Exception {
        try (PtyProgram terminal =
                PtyProgram.start(home.hal0(), "providers", "credentials", "set", "acme")) {
            terminal.await("Key for acme (ACME_KEY, not shown):");
            terminal.type(KEY + "\r");
            terminal.await("ACME_KEY is written to");
            assertThat(terminal.text()).doesNotContain(KEY);
        }
        assertThat(Files.readString(folder.resolve("api.env"))).isEqualTo("ACME_KEY=" + KEY + "\n");
    }

    @Test
    void aKeyThatWouldBeShownWhileItIsTypedIsNotAskedFor() throws Exception {
        try (PtyProgram terminal =
                PtyProgram.startPiped(home.hal0(), "providers", "credentials", "set", "acme")) {
            terminal.await("the output is no terminal");
        }
        assertThat(folder.resolve("api.env")).doesNotExist();
    }

    @Test
    void aRunningRelayUsesANewKeyAtOnceThoughItsEnvironmentHasTheOldOne() throws Exception {
        try (Hal0Process serve =
                        home.hal0().set("ACME_KEY", "sk-old").start("serve", "--port", "0");
                HttpClient client = HttpClient.newHttpClient()) {
            String address = serve.relayAddress();
            acme.says("one");
            assertThat(chat(client, address)).isEqualTo(200);
            home.hal0().input(KEY).run("providers", "credentials", "set", "acme");
            acme.says("two");
            assertThat(chat(client, address)).isEqualTo(200);
        }
        assertThat(keysSeen()).containsExactly("Bearer sk-old", "Bearer " + KEY);
    }

    @Test
    void theNextKeyIsTakenWhenOneIsRefused() throws Exception {
        Files.writeString(folder.resolve("api.env"), "ACME_KEY=sk-dead\nACME_SPARE=sk-alive\n");
        acme.fails(401, "{\"error\":{\"message\":\"bad key\"}}").says("hello").says("again");
        try (Hal0Process serve = home.hal0().start("serve", "--port", "0");
                HttpClient client = HttpClient.newHttpClient()) {
            String address = serve.relayAddress();
            assertThat(chat(client, address)).isEqualTo(200);
            assertThat(chat(client, address)).isEqualTo(200);
        }
        assertThat(keysSeen())
                .containsExactly("Bearer sk-dead", "Bearer sk-alive", "Bearer sk-alive");
    }

    private List<String> keysSeen() {
        return acme.asked().stream()
                .filter(asked -> asked.method().equals("POST"))
                .map(asked -> String.valueOf(asked.headers().get("Authorization")))
                .toList();
    }

    private static int chat(HttpClient client, String address) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(address + "/v1/chat/completions"))
                                .header("Content-Type", "application/json")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"model\":\"acme/m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
