package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The program between software of others: the official client on one side, aimock on the other.
@Tag("npm")
class NpmTest {
    private static final String SAID = "Grüße aus dem Modell 🌍, in several pieces.";

    @TempDir Path folder;
    private Path npm;
    private Aimock aimock;
    private TestHome home;

    @BeforeEach
    void start() throws Exception {
        String where = System.getenv("HAL0_TEST_NPM");
        assumeTrue(
                where != null && !where.isEmpty(),
                "HAL0_TEST_NPM names no folder with node_modules (.ci/run makes one)");
        npm = Path.of(where);
        aimock = Aimock.start(npm, resource("fixtures.json"));
        home =
                new TestHome(folder)
                        .config(
                                """
                                [active]
                                provider = "oa"
                                model = "gpt-4o"
                                [providers.oa]
                                base_url = "%s/v1"
                                input_price_per_1m_tokens = 2.5
                                output_price_per_1m_tokens = 10.0
                                [providers.an]
                                compatibility = "anthropic-compatible"
                                base_url = "%s"
                                [providers.re]
                                compatibility = "openai-responses"
                                base_url = "%s/v1"
                                """
                                        .formatted(
                                                aimock.address(),
                                                aimock.address(),
                                                aimock.address()));
    }

    @AfterEach
    void stop() throws Exception {
        if (aimock != null) {
            aimock.close();
        }
    }

    private static Path resource(String name) throws Exception {
        return Path.of(NpmTest.class.getResource("/npm/" + name).toURI());
    }

    @ParameterizedTest
    @CsvSource({"oa/gpt-4o,0.0064", "an/claude-sonnet-4-5,", "re/gpt-4o,"})
    void askStreamsTheAnswerAndKnowsItsCost(String model, String cost) throws Exception {
        Ended text = home.hal0().run("ask", "-m", model, "hello");
        assertThat(text).isEqualTo(new Ended(0, SAID + "\n", ""));
        Ended json = home.hal0().run("ask", "-o", "json", "-m", model, "hello");
        assertThat(TestHome.json(json.out()).path("content").asText()).isEqualTo(SAID);
        assertThat(json.out())
                .contains("\"input_tokens\":1200,\"output_tokens\":340,")
                .contains("\"cost_usd\":" + (cost == null ? "null" : cost) + ",");
    }

    @Test
    void officialClientWorksThroughTheRelay() throws Exception {
        try (Hal0Process serve = home.hal0().start("serve", "--port", "0")) {
            JsonNode seen = client(serve.relayAddress());
            JsonNode text = seen.path("text");
            assertThat(text.path("text").asText()).isEqualTo(SAID);
            assertThat(text.path("pieces").asInt()).isGreaterThan(2);
            assertThat(text.path("finish").asText()).isEqualTo("stop");
            assertThat(text.path("usage").path("completion_tokens").asInt()).isEqualTo(340);
            assertThat(seen.path("plain").path("text").asText()).isEqualTo(SAID);
            assertThat(seen.path("tool").path("finish").asText()).isEqualTo("tool_calls");
            assertThat(seen.path("tool").path("tools").toString())
                    .isEqualTo(
                            "[{\"name\":\"get_weather\",\"arguments\":\"{\\\"city\\\":\\\"Paris\\\",\\\"unit\\\":\\\"°C\\\"}\"}]");
            assertThat(seen.path("whole").path("text").asText()).isEqualTo(SAID);
            assertThat(seen.path("whole").path("usage").path("prompt_tokens").asInt())
                    .isEqualTo(1200);
            assertThat(seen.path("models").toString()).contains("\"gpt-4o\"", "\"an/gpt-4o\"");
            assertThat(seen.path("refused").path("status").asInt()).isEqualTo(404);
            assertThat(seen.path("refused").path("message").asText()).contains("nobody/has-this");
            serve.signal("TERM");
            serve.ended();
        }
        assertThat(home.ledger())
                .filteredOn(row -> row.input() == 1200)
                .as("the stream that did not ask for its usage is priced too")
                .hasSize(3)
                .allMatch(row -> row.costPicoUsd() == 6_400_000_000L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesAreThoseOfADirectCall(boolean stream) throws Exception {
        String openAi =
                "{\"model\":\"%sgpt-4o\",%s\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
        String usage = stream ? "\"stream\":true,\"stream_options\":{\"include_usage\":true}," : "";
        String anthropic =
                "{\"model\":\"%sclaude\",\"max_tokens\":50,\"stream\":"
                        + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
        try (Hal0Process serve = home.hal0().start("serve", "--port", "0");
                HttpClient http = HttpClient.newHttpClient()) {
            URI relay = URI.create(serve.relayAddress());
            String chat = "/v1/chat/completions";
            assertThat(post(http, relay.resolve(chat), openAi.formatted("oa/", usage)))
                    .isNotEmpty()
                    .isEqualTo(
                            post(
                                    http,
                                    aimock.address().resolve(chat),
                                    openAi.formatted("", usage)));
            String messages = "/v1/messages";
            assertThat(post(http, relay.resolve(messages), anthropic.formatted("an/")))
                    .isNotEmpty()
                    .isEqualTo(
                            post(
                                    http,
                                    aimock.address().resolve(messages),
                                    anthropic.formatted("")));
        }
    }

    private static byte[] post(HttpClient http, URI uri, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).as(new String(response.body())).isEqualTo(200);
        return response.body();
    }

    private JsonNode client(String relay) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                        "node",
                        resource("openai-client.cjs").toString(),
                        npm.toString(),
                        "oa/gpt-4o");
        builder.environment().keySet().removeIf(name -> name.toLowerCase().endsWith("_proxy"));
        builder.environment().put("OPENAI_BASE_URL", relay + "/v1");
        builder.environment().put("OPENAI_API_KEY", "unused");
        return TestHome.json(finished(builder.start()));
    }

    private static String finished(Process node) throws IOException, InterruptedException {
        try {
            Output out = Output.reading(node.getInputStream(), "the client");
            Output err = Output.reading(node.getErrorStream(), "the client's errors");
            String said = out.whole();
            assertThat(node.waitFor()).as(err.text()).isZero();
            return said;
        } finally {
            node.destroyForcibly();
        }
    }
}
