package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `hal0 keys`, beside a running relay and without one, and `hal0 serve` with keys.
class KeysCommandTest {
    @TempDir Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ScriptedProvider openAi = ScriptedProvider.openAi();
    private final ScriptedProvider anthropic = ScriptedProvider.anthropic();
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(folder).providers(openAi.baseUrl(), anthropic.baseUrl());
    }

    @AfterEach
    void close() {
        openAi.close();
        anthropic.close();
        client.close();
    }

    private Ended keys(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "keys";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return home.hal0().run(all);
    }

    private HttpResponse<String> chat(String address, String key) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + "/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"model\":\"m1\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aKeyIsShownOnceAndHoldsInTheRunningRelayAtOnce() throws Exception {
        openAi.says("one").says("two");
        try (Hal0Process serve = home.hal0().start("serve", "--port", "0")) {
            String address = serve.relayAddress();
            assertThat(chat(address, "").statusCode()).isEqualTo(200);

            Ended made = keys("create", "phone", "--rpm", "1", "--budget", "2.50");

            assertThat(made.exit()).as(made.err()).isZero();
            assertThat(made.out().strip()).matches("hal0-[A-Za-z0-9_-]{43}");
            assertThat(made.err())
                    .contains("\"phone\"", "only now", "every client of the relay needs a key")
                    .doesNotContain(made.out().strip());
            String key = made.out().strip();
            assertThat(chat(address, "").statusCode()).isEqualTo(401);
            assertThat(chat(address, key).statusCode()).isEqualTo(200);
            assertThat(chat(address, key).statusCode()).isEqualTo(429);
            Ended listed = keys("list");
            assertThat(listed.out())
                    .contains("phone", "$2.50", "in use", key.substring(key.length() - 4))
                    .doesNotContain(key);
            Ended asked = home.hal0().run("ask", "hal0 itself needs none");
            assertThat(asked.err()).doesNotContain("key");

            assertThat(keys("revoke", "phone").err()).contains("Revoked", "No key is left");
            assertThat(chat(address, key).statusCode()).isEqualTo(401);
            assertThat(chat(address, "").statusCode()).isEqualTo(401);
            assertThat(keys("revoke", "phone", "--forget").err()).contains("none is needed");
            assertThat(chat(address, "").statusCode()).isNotEqualTo(401);
            serve.signal("TERM");
            Ended ended = serve.ended();
            assertThat(ended.err()).doesNotContain(key);
        }
        assertThat(home.hal0().run("usage", "--by", "key").out()).contains("phone", "relay");
    }

    @Test
    void withoutARelayTheyAreInTheHome() throws Exception {
        Ended made = keys("create", "ci", "--models", "oa/*,smart", "--scope", "agent", "--json");
        JsonNode json = TestHome.json(made.out());
        JsonNode listed = TestHome.json(keys("list", "--json").out()).get(0);

        assertThat(json.path("key").asText()).startsWith("hal0-");
        assertThat(json.path("scope").asText()).isEqualTo("agent");
        assertThat(listed.has("key")).isFalse();
        assertThat(listed.path("id")).isEqualTo(json.path("id"));
        assertThat(listed.path("models")).isEqualTo(TestHome.json("[\"oa/*\",\"smart\"]"));
        assertThat(listed.path("budget_usd").isNull()).isTrue();
        assertThat(keys("create", "ci").err()).contains("there is a key \"ci\" already");
        assertThat(keys("revoke", json.path("id").asText()).exit()).isZero();
        assertThat(TestHome.json(keys("list", "--json").out())).isEmpty();
        assertThat(TestHome.json(keys("list", "--all", "--json").out())).hasSize(1);
        assertThat(keys("create", "ci").exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create a b | takes no",
                "create | NAME",
                "create 'x y' | name:",
                "create tui | name: hal0 itself",
                "create x --rpm 0 | rpm: a limit is 1 or more",
                "create x --budget -1 | budget_usd: a budget is more than 0",
                "create x --budget much | --budget",
                "create x --scope root | --scope is one of client, agent, admin",
            })
    void whatAKeyCannotBeIsToldWithExitCodeTwo(String arguments, String told) throws Exception {
        Ended ended = keys(arguments.replace("'x y'", "x;y").split(" "));

        assertThat(ended.exit()).as(ended.err()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).startsWith("hal0: ").contains(told);
        assertThat(ended.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyThatIsNotThereCannotBeRevoked(boolean running) throws Exception {
        try (Hal0Process serve = running ? home.hal0().start("serve", "--port", "0") : null) {
            if (serve != null) {
                assertThat(serve.relayAddress()).isNotEmpty();
            }
            Ended ended = keys("revoke", "nobody");

            assertThat(ended.exit()).isEqualTo(ExitCode.FAILED);
            assertThat(ended.err()).contains("there is no key \"nobody\"", "hal0 keys list");
        }
    }

    @Test
    void lookingAtKeysOfAHomeWithoutAnyLeavesItAsItIs() throws Exception {
        Ended listed = keys("list");

        assertThat(listed.exit()).isZero();
        assertThat(listed.err()).contains("There is no key", "hal0 keys create");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void serveListensForOthersOnceThereIsAKeyAndTheyNeedIt() throws Exception {
        openAi.says("one");
        Ended without = home.hal0().run("serve", "--host", "0.0.0.0", "--port", "0");
        assertThat(without.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(without.err()).contains("hal0 keys create", "--insecure");
        String key = keys("create", "phone").out().strip();

        try (Hal0Process serve = home.hal0().start("serve", "--host", "0.0.0.0", "--port", "0")) {
            String address = serve.relayAddress().replace("0.0.0.0", "127.0.0.1");
            assertThat(chat(address, "").statusCode()).isEqualTo(401);
            assertThat(chat(address, key).statusCode()).isEqualTo(200);
        }
    }
}
