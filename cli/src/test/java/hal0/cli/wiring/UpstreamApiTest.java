package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.wiring.ApiFixture.Answer;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `/api/upstreams` and what it writes.
class UpstreamApiTest {
    private static final String SECRET = "sk-very-secret-1234567890";
    private static final String FILE =
            """
            # My gateways.
            [[upstream]]
            name = "mine"    # the first
            url = "http://mine.test/v1"
            auth_value_env = "MINE_API_KEY"

            # The other one.
            [[upstream]]
            name = "other"
            url = "http://other.test/v1"
            """;

    @TempDir private Path folder;
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        ApiFixture.write(
                folder,
                "config.toml",
                "[active]\nprovider = \"demo\"\n\n[providers.fixed]\nbase_url = \"http://fixed.test/v1\"\n");
        ApiFixture.write(folder, "upstreams.toml", FILE);
        api = new ApiFixture(folder, Map.of());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aNewUpstreamIsWrittenBelowTheOthersAndUsedAtOnce() throws Exception {
        Answer added =
                api.send(
                        "POST",
                        "/api/upstreams",
                        """
                        {"name":"third","url":"http://third.test/v1","protocol":"anthropic",
                         "auth_value_env":["A_KEY","B_KEY"],"timeout_seconds":30,
                         "model_filters":{"include":"x/*"}}
                        """);

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.body().path("source").asText()).isEqualTo("upstreams.toml:12");
        assertThat(added.body().path("breaker").asText()).isEqualTo("closed");
        assertThat(added.body().path("auth_configured").asBoolean()).isFalse();
        assertThat(api.read("upstreams.toml"))
                .isEqualTo(
                        FILE
                                + """

                                [[upstream]]
                                name = "third"
                                url = "http://third.test/v1"
                                protocol = "anthropic"
                                auth_value_env = ["A_KEY", "B_KEY"]
                                timeout_seconds = 30
                                model_filters = { include = ["x/*"] }
                                """);
        assertThat(api.get("/api/upstreams/third").body()).isEqualTo(added.body());
        assertThat(api.get("/api/providers").text()).contains("\"third\"", "\"groq\"");
    }

    @Test
    void aChangeKeepsCommentsAndNullTakesAKeyAway() throws Exception {
        Answer changed =
                api.send(
                        "PATCH",
                        "/api/upstreams/mine",
                        """
                        {"enabled":false,"auth_value_env":null,"model_filters":{"exclude":["a","b"]}}
                        """);

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.body().path("enabled").asBoolean(true)).isFalse();
        assertThat(changed.body().path("auth_value_env")).isEmpty();
        assertThat(api.read("upstreams.toml"))
                .contains("# My gateways.", "name = \"mine\"    # the first", "# The other one.")
                .contains("enabled = false", "exclude = [\"a\", \"b\"]")
                .doesNotContain("MINE_API_KEY");

        assertThat(
                        api.send(
                                        "PATCH",
                                        "/api/upstreams/mine",
                                        "{\"enabled\":true,\"model_filters\":null}")
                                .status())
                .isEqualTo(200);
        assertThat(api.read("upstreams.toml")).contains("enabled = true").doesNotContain("exclude");
    }

    @Test
    void oneIsTakenOutAndTheRestStays() throws Exception {
        assertThat(api.send("DELETE", "/api/upstreams/mine", "").status()).isEqualTo(200);

        assertThat(api.read("upstreams.toml"))
                .doesNotContain("mine.test")
                .contains("# The other one.\n[[upstream]]\nname = \"other\"");
        assertThat(api.get("/api/upstreams/mine").code()).isEqualTo("upstream.not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /api/upstreams/otter      |                                      | 404 | upstream.not_found      | (did you mean \"other\"?)",
                "PATCH  | /api/upstreams/nobody     | {\"enabled\":false}                  | 404 | upstream.not_found      | nobody",
                "DELETE | /api/upstreams/fixed      |                                      | 400 | upstream.protected      | config.toml:4",
                "PATCH  | /api/upstreams/groq       | {\"enabled\":false}                  | 400 | upstream.protected      | preset",
                "POST   | /api/upstreams            | {\"name\":\"mine\",\"url\":\"http://x.test\"}  | 409 | upstream.already_exists | upstreams.toml:2",
                "POST   | /api/upstreams            | {\"name\":\"fixed\",\"url\":\"http://x.test\"} | 409 | upstream.already_exists | config.toml:4",
                "POST   | /api/upstreams            | {\"name\":\"Bad Name\",\"url\":\"http://x.test\"} | 400 | upstream.invalid     | small letters",
                "POST   | /api/upstreams            | {\"name\":\"x\"}                     | 400 | upstream.invalid        | needs an address",
                "POST   | /api/upstreams            | {\"name\":\"x\",\"url\":\"ftp://x\"} | 400 | upstream.invalid        | http://",
                "POST   | /api/upstreams            | {\"name\":\"x\",                     | 400 | request.invalid         | line 1, column",
                "POST   | /api/upstreams            | {\"name\":\"x\",\"name\":\"y\"}      | 400 | request.invalid         | line 1, column",
                "POST   | /api/upstreams            | {} {}                                | 400 | request.invalid         | line 1, column",
                "POST   | /api/upstreams            |                                      | 400 | request.invalid         | empty",
                "POST   | /api/upstreams            | [1]                                  | 422 | validation.invalid      | a JSON object",
            })
    void whatCannotBeIsRefusedWithItsCode(
            String method, String path, String body, int status, String code, String words)
            throws Exception {
        Answer answer = api.send(method, path, body == null ? "" : body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.message()).contains(words);
        assertThat(api.read("upstreams.toml")).isEqualTo(FILE);
    }

    @Test
    void everyWrongFieldIsToldAtOnceAndNoValueIsRepeated() throws Exception {
        Answer answer =
                api.send(
                        "POST",
                        "/api/upstreams",
                        """
                        {"url":1,"protocol":"%1$s","auth_style":"%1$s","enabled":"%1$s",
                         "auth_value_env":[1],"api_key":"%1$s","%1$s\\n":2,"adress":"x",
                         "model_filters":{"incl":[]},"timeout_seconds":-1}
                        """
                                .formatted(SECRET));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("validation.invalid");
        assertThat(answer.locs().split(" "))
                .containsExactlyInAnyOrder(
                        "name",
                        "url",
                        "protocol",
                        "auth_style",
                        "enabled",
                        "auth_value_env",
                        "api_key",
                        "?",
                        "adress",
                        "model_filters.incl",
                        "timeout_seconds");
        assertThat(answer.text())
                .doesNotContain(SECRET)
                .contains("/api/providers/NAME/credentials");
    }

    @Test
    void aKeyInAnAddressIsRefusedAndNotRepeated() throws Exception {
        for (String url :
                List.of("http://u:" + SECRET + "@x.test/v1", "http://x.test/v1?key=" + SECRET)) {
            Answer answer =
                    api.send(
                            "POST",
                            "/api/upstreams",
                            "{\"name\":\"x\",\"url\":\"%s\"}".formatted(url));
            assertThat(answer.code()).isEqualTo("upstream.invalid");
            assertThat(answer.text()).doesNotContain(SECRET);
        }
        assertThat(api.get("/api/activity").text()).doesNotContain(SECRET);
    }

    @Test
    void aKeyIsNotSentToAnotherOriginUntilThatIsConfirmed() throws Exception {
        String taken =
                "{\"name\":\"thief\",\"url\":\"http://thief.test/v1\",\"auth_value_env\":\"%s\"%s}";
        for (String variable : List.of("MINE_API_KEY", "OPENAI_API_KEY")) {
            Answer refused = api.send("POST", "/api/upstreams", taken.formatted(variable, ""));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("upstream.key_origin");
            assertThat(refused.message()).contains(variable, "http://thief.test:80");
        }
        // A preset's name brings its variable along.
        assertThat(
                        api.send(
                                        "POST",
                                        "/api/upstreams",
                                        "{\"name\":\"openai\",\"url\":\"http://thief.test/v1\"}")
                                .code())
                .isEqualTo("upstream.key_origin");
        // So does an address that is changed below it.
        assertThat(
                        api.send(
                                        "PATCH",
                                        "/api/upstreams/mine",
                                        "{\"url\":\"http://thief.test/v1\"}")
                                .code())
                .isEqualTo("upstream.key_origin");
        assertThat(api.read("upstreams.toml")).isEqualTo(FILE);

        String confirmed = taken.formatted("MINE_API_KEY", ",\"confirm_key_origin\":true");
        assertThat(api.send("POST", "/api/upstreams", confirmed).status()).isEqualTo(201);
        assertThat(api.read("upstreams.toml")).doesNotContain("confirm");
    }

    @Test
    void aKeyGoesInAndNeverComesOut() throws Exception {
        String path = "/api/providers/mine/credentials";
        assertThat(api.send("POST", path, "{\"key\":\"OTHER\",\"value\":\"%s\"}".formatted(SECRET)))
                .satisfies(a -> assertThat(a.status()).isEqualTo(400))
                .satisfies(a -> assertThat(a.code()).isEqualTo("provider.credential_mismatch"))
                .satisfies(a -> assertThat(a.message()).contains("MINE_API_KEY"))
                .satisfies(a -> assertThat(a.text()).doesNotContain(SECRET));

        Answer set =
                api.send(
                        "POST",
                        path,
                        "{\"key\":\"MINE_API_KEY\",\"value\":\"%s\"}".formatted(SECRET));

        assertThat(set.status()).isEqualTo(200);
        assertThat(set.body().path("value").asText()).isEqualTo("***REDACTED***");
        assertThat(api.read("api.env")).contains("MINE_API_KEY=" + SECRET);
        assertThat(Files.getPosixFilePermissions(folder.resolve("api.env"))).hasSize(2);
        Answer one = api.get("/api/upstreams/mine");
        assertThat(one.body().path("key_state").asText()).isEqualTo("SET");
        for (String everywhere :
                List.of("/api/upstreams", "/api/settings", "/api/activity", "/api/status")) {
            assertThat(api.get(everywhere).text()).as(everywhere).doesNotContain(SECRET);
        }
        assertThat(api.send("DELETE", path, "").body().path("removed").asBoolean()).isTrue();
        assertThat(api.get("/api/upstreams/mine").body().path("key_state").asText())
                .isEqualTo("MISSING");
    }

    @Test
    void aTestThatFailsSaysWhyAndIsRemembered() throws Exception {
        String dead;
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            dead = "http://127.0.0.1:%d/v1".formatted(socket.getLocalPort());
        }
        api.send("POST", "/api/upstreams", "{\"name\":\"dead\",\"url\":\"%s\"}".formatted(dead));

        Answer trial = api.send("POST", "/api/upstreams/dead/test", "");

        assertThat(trial.body().path("ok").asBoolean(true)).isFalse();
        assertThat(trial.body().path("status").isNull()).isTrue();
        assertThat(trial.body().path("error").asText()).isNotEmpty();
        assertThat(api.get("/api/upstreams/dead").body().path("last_error"))
                .isEqualTo(trial.body().path("error"));

        Answer keyless = api.send("POST", "/api/upstreams/mine/test", "");
        assertThat(keyless.body().path("ok").asBoolean(true)).isFalse();
        assertThat(keyless.body().path("error").asText()).contains("MINE_API_KEY is not set");
        assertThat(api.send("POST", "/api/upstreams/demo/test", "").body().path("ok").asBoolean())
                .isTrue();
    }

    @Test
    void ofManyEditsAtOnceNoneIsLost() throws Exception {
        List<Thread> editors = new ArrayList<>();
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 12; i++) {
            String body =
                    "{\"name\":\"n%d\",\"url\":\"http://n%d.test/v1\"}".formatted(i % 6, i % 6);
            editors.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    statuses.add(api.send("POST", "/api/upstreams", body).status());
                                } catch (Exception e) {
                                    statuses.add(0);
                                }
                            }));
        }
        for (Thread editor : editors) {
            editor.join();
        }
        assertThat(statuses).containsOnly(201, 409);
        assertThat(statuses.stream().filter(s -> s == 201)).hasSize(6);
        for (int i = 0; i < 6; i++) {
            assertThat(api.read("upstreams.toml")).containsOnlyOnce("name = \"n" + i + "\"");
        }
        assertThat(
                        api.get("/api/health/system")
                                .body()
                                .path("checks")
                                .get(0)
                                .path("ok")
                                .asBoolean())
                .isTrue();
    }

    @Test
    void everyChangeIsNotedWithWhoAskedForIt() throws Exception {
        api.send("PATCH", "/api/upstreams/mine", "{\"enabled\":false}");
        api.send("DELETE", "/api/upstreams/groq", "");

        Answer activity = api.get("/api/activity?limit=2");

        assertThat(activity.body()).hasSize(2);
        var refused = activity.body().get(0);
        assertThat(refused.path("action").asText()).isEqualTo("upstream.remove");
        assertThat(refused.path("outcome").asText()).isEqualTo("refused");
        assertThat(refused.path("reason").asText()).contains("groq");
        var done = activity.body().get(1);
        assertThat(done.path("who").asText()).isEqualTo("local");
        assertThat(done.path("subject").asText()).isEqualTo("mine");
        assertThat(done.path("before").path("enabled").asBoolean()).isTrue();
        assertThat(done.path("after").path("enabled").asBoolean(true)).isFalse();
        assertThat(api.get("/api/activity?before=" + refused.path("id").asLong()).body())
                .containsExactly(done);
        assertThat(api.get("/api/activity?limit=0&before=x").locs()).isEqualTo("limit before");
    }
}
