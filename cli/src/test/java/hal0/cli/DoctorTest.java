package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 doctor` finds what is planted, names the fix, and repeats no secret.
class DoctorTest {
    private static final String LIST = "{\"object\":\"list\",\"data\":[{\"id\":\"qwen3-32b\"}]}";

    @TempDir Path folder;

    /// Has a list of models under `/v1` for the right key only, and lives an hour ago.
    private static MockWebServer server(String key) throws IOException {
        MockWebServer server = new MockWebServer();
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        boolean known =
                                ("Bearer " + key).equals(request.getHeaders().get("Authorization"));
                        int status =
                                !request.getTarget().equals("/v1/models") ? 404 : known ? 200 : 401;
                        String past =
                                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        Instant.now().minusSeconds(3600).atOffset(ZoneOffset.UTC));
                        return new MockResponse.Builder()
                                .code(status)
                                .setHeader("Date", past)
                                .body(status == 200 ? LIST : "{}")
                                .build();
                    }
                });
        server.start();
        return server;
    }

    private void secrets(String text, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("api.env"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static List<JsonNode> rows(Ended ended) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        TestHome.json(ended.out()).forEach(rows::add);
        return rows;
    }

    private static void found(
            List<JsonNode> rows, String id, String status, String message, String fix) {
        assertThat(rows)
                .anySatisfy(row -> {
                    assertThat(row.path("id").asText()).isEqualTo(id);
                    assertThat(row.path("status").asText()).isEqualTo(status);
                    assertThat(row.path("message").asText()).contains(message);
                    assertThat(row.path("fix").asText()).contains(fix);
                });
    }

    @Test
    void plantedMistakesAreFoundWithTheirFix() throws Exception {
        try (MockWebServer server = server("planted-right-key");
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String at = "http://127.0.0.1:" + server.getPort();
            new TestHome(folder)
                    .config(
                            """
                            [active]
                            provider = "typo"
                            model = "qwen3-32"

                            [providers.typo]
                            base_url = "%1$s/v1"
                            api_key_env = "RIGHT_KEY"

                            [providers.bad-entry]
                            base_url = "%1$s/v1"
                            retris = 1

                            [providers.wrong-key]
                            base_url = "%1$s/v1"
                            api_key_env = "WRONG_KEY"

                            [providers.no-v1]
                            base_url = "%1$s"
                            api_key_env = "RIGHT_KEY"

                            [providers.whole-call]
                            base_url = "%1$s/v1/chat/completions"
                            api_key = "planted-inline-key"

                            [providers.nobody]
                            base_url = "http://127.0.0.1:1/v1"

                            [providers.no-host]
                            base_url = "https://nohost.invalid/v1"

                            [providers.no-key]
                            base_url = "https://127.0.0.1:1/v1"
                            api_key_env = "NOT_SET"

                            [providers.shares]
                            base_url = "http://127.0.0.1:2/v1"
                            api_key_env = "GROQ_API_KEY"

                            [providers.shares.headers]
                            X-Api-Key = "planted-header-key"

                            [provider]
                            name = "old"
                            base_url = "http://127.0.0.1:3/v1"

                            [relay]
                            port = %2$d
                            """
                                    .formatted(at, taken.getLocalPort()));
            secrets(
                    "RIGHT_KEY=planted-right-key\nWRONG_KEY=planted-wrong-key\nplanted line\nDIFFERS=planted-a\n",
                    "rw-r--r--");
            Files.createDirectories(folder.resolve("data"));
            Files.writeString(folder.resolve("data/hal0.db"), "not a database".repeat(100));
            Files.createDirectories(folder.resolve("providers"));
            Files.writeString(folder.resolve("providers/broken.lua"), "return nil + 1\n");
            Ended ended =
                    new TestHome(folder)
                            .hal0()
                            .set("DIFFERS", "planted-b")
                            .set("HTTPS_PROXY", "http://127.0.0.1:4")
                            .set("LC_ALL", "C")
                            .run("doctor", "--json");
            assertThat(ended.exit()).isEqualTo(ExitCode.FAILED);
            assertThat(ended.out() + ended.err()).doesNotContain("planted-", "Exception", "\tat ");
            List<JsonNode> rows = rows(ended);
            found(rows, "keys.file", "fail", "other users", "chmod 600");
            found(rows, "keys.file", "fail", "api.env:3: there is no =", "NAME=value");
            found(rows, "keys.environment", "warn", "DIFFERS", "unset DIFFERS");
            found(
                    rows,
                    "config",
                    "fail",
                    "config.toml:11: providers.bad-entry.retris",
                    "\"retries\"");
            found(rows, "config", "warn", "providers.whole-call.api_key", "api_key_env");
            found(
                    rows,
                    "config",
                    "warn",
                    "old form",
                    "[providers.old]\nbase_url = \"http://127.0.0.1:3/v1\"");
            found(rows, "key.wrong-key", "fail", "refuses the key (status 401)", "WRONG_KEY");
            found(rows, "key.no-key", "warn", "NOT_SET is not set", "api.env");
            found(
                    rows,
                    "key.shared",
                    "warn",
                    "GROQ_API_KEY is the key of groq",
                    "providers.shares");
            found(rows, "headers.shares", "warn", "X-Api-Key", "${NAME}");
            found(rows, "url.no-v1", "fail", "404", "base_url = \"" + at + "/v1\"");
            found(
                    rows,
                    "url.whole-call",
                    "fail",
                    "/chat/completions",
                    "base_url = \"" + at + "/v1\"");
            found(
                    rows,
                    "reach.nobody",
                    "warn",
                    "nothing accepts connections",
                    "check that it runs");
            found(rows, "reach.no-host", "warn", "proxy", "check");
            found(
                    rows,
                    "model",
                    "warn",
                    "does not list the active model \"qwen3-32\"",
                    "\"qwen3-32b\"");
            found(rows, "price", "warn", "n/a", "input_price_per_1m_tokens");
            found(rows, "relay", "warn", "port " + taken.getLocalPort(), "[relay]");
            found(rows, "database", "fail", "hal0.db is not a database", "move it away");
            found(rows, "script.broken", "fail", "providers/broken.lua:1", "script check");
            found(rows, "clock", "warn", "ahead", "timedatectl");
            found(rows, "proxy", "warn", "NO_PROXY", "export NO_PROXY=localhost,127.0.0.1");
            found(rows, "terminal", "warn", "not UTF-8", "export LANG=C.UTF-8");
        }
    }

    @Test
    void whereAllIsWellNothingIsSaidToBeWrong() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.openAi().lists(LIST)) {
            new TestHome(folder)
                    .config(
                            """
                            [active]
                            provider = "mine"
                            model = "qwen3-32b"
                            [providers.mine]
                            base_url = "%s"
                            local = true
                            [relay]
                            port = 0
                            """
                                    .formatted(provider.baseUrl()));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            Ended ended = new TestHome(folder).hal0().run("doctor");
            assertThat(ended.exit()).as(ended.out() + ended.err()).isZero();
            assertThat(ended.out())
                    .contains("mine knows qwen3-32b", "0 failed, 0 to look at, ")
                    .doesNotContain("WARN", "FAIL");
        }
    }

    @Test
    void anActiveProviderThatIsLeftOutIsToldAndSoIsOneThatTwoFilesDeclare() throws Exception {
        new TestHome(folder)
                .config(
                        """
                        [active]
                        provider = "bad"
                        [providers.bad]
                        base_url = "http://127.0.0.1:1/v1"
                        auth_style = "baerer"
                        [providers.two]
                        base_url = "http://127.0.0.1:1/v1"
                        enabled = false
                        """);
        Files.writeString(
                folder.resolve("upstreams.toml"),
                "[[upstream]]\nname = \"two\"\nurl = \"http://127.0.0.1:2/v1\"\n");
        List<JsonNode> rows = rows(new TestHome(folder).hal0().run("doctor", "--json"));
        found(rows, "config", "fail", "config.toml:5: providers.bad.auth_style", "\"bearer\"");
        found(rows, "active", "fail", "bad is left out", "[providers.bad]");
        found(rows, "config", "warn", "upstreams.toml:1", "remove one of the two");
    }

    @Test
    void aFileThatIsNoTomlDoesNotKeepTheRestFromBeingLookedAt() throws Exception {
        new TestHome(folder).config("[active\n");
        Ended ended = new TestHome(folder).hal0().run("doctor", "--json");
        assertThat(ended.exit()).isEqualTo(ExitCode.FAILED);
        found(rows(ended), "config", "fail", "config.toml:1: column", "write [name]");
        found(rows(ended), "java", "pass", "Java", "");
    }

    @Test
    void aProviderThatNeverAnswersIsNotWaitedFor() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            new TestHome(folder)
                    .config(
                            "[providers.silent]\nbase_url = \"http://127.0.0.1:%d/v1\"\n[relay]\nport = 0\n"
                                    .formatted(silent.getLocalPort()));
            Ended ended = new TestHome(folder).hal0().run("doctor", "--json");
            assertThat(ended.exit()).isZero();
            assertThat(rows(ended))
                    .anySatisfy(row -> {
                        assertThat(row.path("id").asText()).isEqualTo("reach.silent");
                        assertThat(row.path("status").asText()).isIn("warn", "skip");
                    });
        }
    }

    @Test
    void aKeyThatAScriptSendsElsewhereIsToldInWords() throws Exception {
        Path scripts = Files.createDirectory(folder.resolve("providers"));
        Files.writeString(scripts.resolve("own.lua"), "return 1");
        Files.writeString(
                folder.resolve("config.toml"),
                """
                [providers.a]
                base_url = "http://127.0.0.1:9/v1"
                api_key_env = "SHARED_KEY"
                [providers.b]
                type = "own"
                api_key_env = "SHARED_KEY"
                """);
        found(
                rows(Hal0Process.in(folder).run("doctor", "--json")),
                "key.shared",
                "warn",
                "b sends it to the address that its script names",
                "providers.b");
    }
}
