package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `hal0 ask` as a user and a script see it, with providers of both protocols.
class AskTest {
    private static final byte[] PNG = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0
    };

    @TempDir Path folder;
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
    }

    private ScriptedProvider provider(String id) {
        return id.equals("oa") ? openAi : anthropic;
    }

    @ParameterizedTest
    @ValueSource(strings = {"oa", "an"})
    void textIsTheAnswerAndNothingElse(String provider) throws Exception {
        provider(provider).says("Hello", " wörld", " 🌍");
        Ended ended = home.hal0().run("ask", "-m", provider + "/m1", "hi", "there");
        assertThat(ended).isEqualTo(new Ended(0, "Hello wörld 🌍\n", ""));
        JsonNode asked = TestHome.json(provider(provider).takeAsked().body());
        assertThat(asked.path("model").asText()).isEqualTo("m1");
        assertThat(asked.path("stream").asBoolean()).isTrue();
        assertThat(asked.path("messages").toString()).contains("hi there");
    }

    @ParameterizedTest
    @CsvSource({"oa,0.000075,75000000", "an,,"})
    void jsonTellsUsageCostAndSession(String provider, String cost, Long pico) throws Exception {
        provider(provider).says("Hello", " you");
        Ended ended = home.hal0().run("ask", "-o", "json", "-m", provider + "/m1", "hi");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out().lines()).hasSize(1);
        JsonNode answer = TestHome.json(ended.out());
        assertThat(answer.fieldNames())
                .toIterable()
                .containsExactly(
                        "provider",
                        "model",
                        "content",
                        "finish_reason",
                        "usage",
                        "cost_usd",
                        "latency_ms",
                        "first_token_ms",
                        "session_id");
        assertThat(answer.path("provider").asText()).isEqualTo(provider);
        assertThat(answer.path("model").asText()).isEqualTo("m1");
        assertThat(answer.path("content").asText()).isEqualTo("Hello you");
        assertThat(answer.path("usage").toString())
                .isEqualTo(
                        "{\"input_tokens\":10,\"output_tokens\":5,\"cache_read_tokens\":0,\"cache_write_tokens\":0,\"reasoning_tokens\":0}");
        assertThat(ended.out()).contains("\"cost_usd\":" + (cost == null ? "null" : cost) + ",");
        assertThat(answer.path("first_token_ms").asLong())
                .isBetween(0L, answer.path("latency_ms").asLong());
        assertThat(Files.readString(home.session(answer.path("session_id").asText())))
                .contains("Hello you");
        assertThat(home.ledger())
                .containsExactly(new TestHome.Row("ask", provider, "m1", "ANSWERED", 10, 5, pico));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oa", "an"})
    void streamJsonIsOneEventALineWithDoneLast(String provider) throws Exception {
        provider(provider).says("Hello", " you");
        Ended ended = home.hal0().run("ask", "-o", "stream-json", "-m", provider + "/m1", "hi");
        List<String> lines = ended.out().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("{\"type\":\"text_delta\",\"text\":\"Hello\"}");
        assertThat(lines.get(1)).isEqualTo("{\"type\":\"text_delta\",\"text\":\" you\"}");
        assertThat(TestHome.json(lines.get(2)).path("type").asText()).isEqualTo("usage");
        JsonNode done = TestHome.json(lines.get(3));
        assertThat(done.path("type").asText()).isEqualTo("done");
        assertThat(done.path("content").asText()).isEqualTo("Hello you");
    }

    @Test
    void everyKindOfUsageIsTold() throws Exception {
        anthropic.streams(
                """
                event: message_start
                data: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"x","content":[],"usage":{"input_tokens":7,"cache_read_input_tokens":100,"cache_creation_input_tokens":30,"output_tokens":1}}}

                event: content_block_start
                data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

                event: content_block_delta
                data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"ok"}}

                event: content_block_stop
                data: {"type":"content_block_stop","index":0}

                event: message_delta
                data: {"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":9}}

                event: message_stop
                data: {"type":"message_stop"}

                """);
        Ended ended = home.hal0().run("ask", "-o", "json", "-m", "an/m1", "hi");
        JsonNode answer = TestHome.json(ended.out());
        assertThat(answer.path("usage").toString())
                .contains(
                        "\"input_tokens\":7",
                        "\"output_tokens\":9",
                        "\"cache_read_tokens\":100",
                        "\"cache_write_tokens\":30");
        assertThat(answer.path("finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void pipedInputIsAppendedToTheQuestion() throws Exception {
        openAi.says("ok").says("ok");
        home.hal0().input("from the pipe\n").run("ask", "summarise");
        assertThat(TestHome.json(openAi.takeAsked().body()).path("messages").toString())
                .contains("summarise\\n\\nfrom the pipe");
        home.hal0().input("only the pipe").run("ask");
        assertThat(TestHome.json(openAi.takeAsked().body()).path("messages").toString())
                .contains("\"only the pipe\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oa", "an"})
    void optionsReachTheProvider(String provider) throws Exception {
        provider(provider).says("ok");
        Path image = Files.write(folder.resolve("picture.dat"), PNG);
        Ended ended =
                home.hal0()
                        .run(
                                "ask",
                                "--provider",
                                provider,
                                "--model",
                                "m2",
                                "--system",
                                "Be brief",
                                "--max-tokens",
                                "77",
                                "--temperature",
                                "0.25",
                                "--image",
                                image.toString(),
                                "what is this");
        assertThat(ended.err()).isEmpty();
        String body = provider(provider).takeAsked().body();
        JsonNode asked = TestHome.json(body);
        assertThat(asked.path("model").asText()).isEqualTo("m2");
        assertThat(asked.path("temperature").asDouble()).isEqualTo(0.25);
        assertThat(body)
                .contains("Be brief")
                .contains(":77")
                .contains("image/png")
                .contains(Base64.getEncoder().encodeToString(PNG))
                .contains("what is this");
    }

    @Test
    void whatIsNoImageIsRefusedBeforeAnythingIsSent() throws Exception {
        Path text = Files.writeString(folder.resolve("a.png"), "not a picture");
        Ended ended = home.hal0().run("ask", "--image", text.toString(), "hi");
        assertThat(ended.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(ended.err()).contains("a.png is not a png, jpeg, gif or webp image");
        Ended missing = home.hal0().run("ask", "--image", "nowhere.png", "hi");
        assertThat(missing.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.err()).contains("nowhere.png cannot be read");
        assertThat(openAi.asked()).isEmpty();
        assertThat(home.sessions()).isEmpty();
    }

    @Test
    void providerAloneIsAskedForItsOwnModel() throws Exception {
        anthropic.says("ok").lists("{\"data\":[{\"id\":\"m9\",\"type\":\"model\"}]}");
        Ended ended = home.hal0().run("ask", "--provider", "an", "hi");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(anthropic.asked().getLast().body()).contains("\"m9\"");
    }

    @Test
    void whoIsAskedAgainIsSaidBesideTheAnswer() throws Exception {
        Path config = folder.resolve("config.toml");
        Files.writeString(
                config, Files.readString(config).replaceFirst("retries = 0", "retries = 2"));
        openAi.fails(503, "{}", "Retry-After", "1").says("yes");
        Ended text = home.hal0().run("ask", "hi");
        assertThat(text).isEqualTo(new Ended(0, "yes\n", "503 from oa: again in 1 s (2 of 3)\n"));

        openAi.fails(503, "{}", "Retry-After", "1").says("yes");
        Ended events = home.hal0().run("ask", "-o", "stream-json", "hi");
        assertThat(events.out())
                .contains(
                        "{\"type\":\"retry\",\"provider\":\"oa\",\"kind\":\"overloaded\",\"status\":503,"
                                + "\"after_ms\":1000,\"try\":2,\"of\":3,");
    }

    @Test
    void thinkingIsShownInStreamJsonOnly() throws Exception {
        openAi.streams(
                """
                data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"reasoning_content":"hmm"},"finish_reason":null}]}

                data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"yes"},"finish_reason":"stop"}]}

                data: [DONE]

                """);
        Ended ended = home.hal0().run("ask", "-o", "stream-json", "hi");
        assertThat(ended.out())
                .contains("{\"type\":\"thinking_delta\",\"text\":\"hmm\"}")
                .contains("{\"type\":\"text_delta\",\"text\":\"yes\"}")
                .contains("\"cost_usd\":null");
    }
}
