package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.RawServer;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `hal0 providers test`, as a user calls it.
class ProvidersTestCommandTest {
    private static final String KEY = "sk-test-right-key";
    private static final String MODELS = "{\"data\":[{\"id\":\"m1\"},{\"id\":\"m2\"}]}";

    @TempDir Path folder;
    private final ScriptedProvider script = ScriptedProvider.openAi();
    private final RawServer strict =
            new RawServer((head, socket) -> {
                boolean right = head.contains("Bearer " + KEY);
                String body = right ? MODELS : "{\"error\":{\"message\":\"who are you\"}}";
                RawServer.write(
                        socket,
                        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(right ? "200 OK" : "401 No", body.length(), body));
                return true;
            });
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        script.lists(MODELS);
        home =
                new TestHome(folder)
                        .config(
                                """
                                [providers.strict]
                                base_url = "%s"
                                api_key_env = "STRICT_KEY"
                                [providers.open]
                                base_url = "%s"
                                api_key_env = "OPEN_KEY"
                                retries = 0
                                input_price_per_1m_tokens = 1.0
                                output_price_per_1m_tokens = 2.0
                                """
                                        .formatted(strict.uri("/v1"), script.baseUrl()));
    }

    @AfterEach
    void close() {
        script.close();
        strict.close();
    }

    @ParameterizedTest
    @CsvSource({
        "strict, sk-test-right-key, 0, pass, accepted, 2",
        "strict, sk-test-other-key, 4, fail, refused,",
        "strict, , 7, skip, unset,",
        "open, sk-test-any-key, 0, warn, not_verified, 2",
    })
    void keyIsToldApartFromItsPresence(
            String id, String key, int exit, String status, String state, Integer models)
            throws Exception {
        Hal0Process.Setup hal0 = home.hal0();
        if (key != null) {
            hal0.set("STRICT_KEY", key).set("OPEN_KEY", key);
        }
        Ended ended = hal0.run("providers", "test", id, "--json");
        assertThat(ended.exit()).as(ended.err()).isEqualTo(exit);
        JsonNode row = TestHome.json(ended.out()).get(0);
        assertThat(row.path("provider").asText()).isEqualTo(id);
        assertThat(row.path("status").asText()).isEqualTo(status);
        assertThat(row.path("key").asText()).isEqualTo(state);
        assertThat(row.path("models").isNull()).isEqualTo(models == null);
        assertThat(row.path("latency_ms").isNull()).isEqualTo(key == null);
        assertThat(ended.out() + ended.err()).doesNotContain("sk-test");
    }

    @Test
    void allLooksAtEverythingAndFailsOnlyForWhatWasChosen() throws Exception {
        Ended ended =
                home.hal0()
                        .set("STRICT_KEY", KEY)
                        .set("OPEN_KEY", "x")
                        .run("providers", "test", "--all");
        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(ended.out().lines())
                .anyMatch(line -> line.matches("strict +PASS +yes +accepted .*"))
                .anyMatch(line -> line.matches("open +WARN +yes +not verified .*--deep.*"))
                .anyMatch(line -> line.matches("anthropic +SKIP .*ANTHROPIC_API_KEY is not set.*"))
                .anyMatch(line -> line.matches("demo +SKIP .*"));
        assertThat(ended.err().lines()).contains("strict: PASS").doesNotContain("\u001b");
        Ended failed = home.hal0().set("STRICT_KEY", "wrong").run("providers", "test", "--all");
        assertThat(failed.exit()).isEqualTo(ExitCode.UPSTREAM);
    }

    @Test
    void deepAsksAModelAndShowsWhatItCost() throws Exception {
        script.says("1, ", "2")
                .callsTool("c", "get_weather", "{\"city\":\"Rome\"}")
                .says("Hello!")
                .says("green yellow")
                .says("10")
                .says("84")
                .says("84")
                .says("four");
        Ended ended =
                home.hal0()
                        .set("OPEN_KEY", "x")
                        .run("providers", "test", "open", "--deep", "--model", "m2", "--json");
        assertThat(ended.exit()).as(ended.err()).isZero();
        JsonNode row = TestHome.json(ended.out()).get(0);
        assertThat(row.path("key").asText()).as("an answer proves the key").isEqualTo("accepted");
        assertThat(row.path("status").asText()).isEqualTo("pass");
        JsonNode deep = row.path("deep");
        assertThat(deep.path("model").asText()).isEqualTo("m2");
        assertThat(deep.path("capabilities").findValuesAsText("has"))
                .containsExactly("yes", "yes", "yes", "no", "no", "yes", "no", "unclear", "no");
        // Eight answers of 10 tokens in and 5 out.
        assertThat(ended.out()).contains("\"cost_usd\" : 0.00016");
        assertThat(ended.err()).contains("open: tools\n");
        assertThat(home.ledger())
                .hasSize(8)
                .allMatch(spent -> spent.client().equals("probe") && spent.model().equals("m2"));
    }

    @Test
    void deepOfAModelThatDoesNotAnswerFails() throws Exception {
        script.fails(403, "{\"error\":{\"message\":\"not for this key\"}}");
        Ended ended = home.hal0().set("OPEN_KEY", "x").run("providers", "test", "open", "--deep");
        assertThat(ended.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(ended.out()).contains("FAIL", "not for this key", "cost $0.00");
    }

    @ParameterizedTest
    @CsvSource({
        "2, providers test, name one provider",
        "2, providers test groq --all, name one provider",
        "2, providers test groq --model x, --deep",
        "3, providers test groc, did you mean \"groq\"",
    })
    void misuseIsExplained(int exit, String arguments, String words) throws Exception {
        Ended ended = home.hal0().run(arguments.split(" "));
        assertThat(ended.exit()).isEqualTo(exit);
        assertThat(ended.err()).contains(words);
        assertThat(ended.out()).isEmpty();
    }
}
