package hal0.relay;

import static hal0.relay.testing.OpenAiStream.DONE;
import static hal0.relay.testing.OpenAiStream.END;
import static hal0.relay.testing.OpenAiStream.HEAD;
import static hal0.relay.testing.OpenAiStream.ROLE;
import static hal0.relay.testing.OpenAiStream.STOP;
import static hal0.relay.testing.OpenAiStream.delta;
import static hal0.relay.testing.OpenAiStream.saying;
import static hal0.relay.testing.OpenAiStream.usage;
import static hal0.relay.testing.OpenAiStream.words;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Auth;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.ProviderBuilder;
import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import hal0.relay.dispatch.RescueRules;
import hal0.relay.testing.OpenAiStream;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Row;
import hal0.relay.testing.RelayFixture.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Answers that break off after something was shown: in every protocol, and where nobody may go on.
class MidstreamTest {
    private static final RescueRules RULES =
            new RescueRules(0, Duration.ofSeconds(5), Duration.ofMillis(500), true);
    private static final String CHAT =
            "{\"model\":\"smart\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Go\"}]}";
    private static final String RESPONSES =
            "{\"model\":\"smart\",\"stream\":true,\"input\":\"Go\"}";
    private static final String MESSAGES =
            "{\"model\":\"smart\",\"stream\":true,\"max_tokens\":99,\"messages\":[{\"role\":\"user\",\"content\":\"Go\"}]}";

    private static final String CLAUDE_BEGINS =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_7\",\"model\":\"claude-x\",\"role\":\"assistant\",\"content\":[],\"usage\":{\"input_tokens\":30,\"output_tokens\":1}}}\n\n"
                    + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";
    private static final String CLAUDE_ENDS =
            "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                    + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":8}}\n\n"
                    + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    @TempDir private Path folder;
    private final RawUpstream first = new RawUpstream();
    private final RawUpstream second = new RawUpstream();
    private RelayFixture relay;

    @BeforeEach
    void start() {
        relay = new RelayFixture(folder, Setup.of());
    }

    @AfterEach
    void stop() {
        relay.close();
        first.close();
        second.close();
    }

    private void route(Protocol one, Protocol two) {
        relay.route(
                "smart",
                RULES,
                provider("one", one, first).build(),
                provider("two", two, second).build());
    }

    private static ProviderBuilder provider(String id, Protocol protocol, RawUpstream upstream) {
        String path = protocol == Protocol.ANTHROPIC ? "" : "/v1";
        return Provider.builder(id, protocol, upstream.url(path))
                .auth(new Auth.None())
                .injectUsage(false);
    }

    private static String claudeSays(String text) {
        return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
                + text
                + "\"}}\n\n";
    }

    private static RawUpstream.Script streams(String events) {
        return turn -> turn.send(HEAD).chunk(events).send(END);
    }

    private static RawUpstream.Script cutAfter(String events) {
        return turn -> turn.send(HEAD).chunk(events).reset();
    }

    @Test
    void anAnthropicStreamIsTakenOverWithinItsBlock() {
        route(Protocol.ANTHROPIC, Protocol.OPENAI);
        first.then(cutAfter(CLAUDE_BEGINS + claudeSays("One two ")));
        second.then(streams(ROLE + words("One ", "two three") + STOP + usage(20, 5) + DONE));

        Answer answer = relay.ask(RawClient.post("/v1/messages", MESSAGES));

        // What the first wrote went out as it wrote it.
        assertThat(answer.text())
                .startsWith(CLAUDE_BEGINS + claudeSays("One two ") + ": hal0: two/m goes on\n\n");
        String rest = answer.text().substring(answer.text().indexOf("goes on"));
        assertThat(rest)
                .containsOnlyOnce("content_block_delta\"")
                .contains("\"text\":\"three\"", "\"index\":0")
                .containsOnlyOnce("event: content_block_stop")
                .containsOnlyOnce("event: message_stop")
                .contains(
                        "\"stop_reason\":\"end_turn\"",
                        "\"input_tokens\":50",
                        "\"output_tokens\":6")
                .doesNotContain("message_start", "content_block_start", "error");
        Row row = relay.rows(1).getFirst();
        assertThat(row.outcome()).isEqualTo("RESCUED");
        assertThat(row.provider()).isEqualTo("two");
        assertThat(row.attempts()).isEqualTo(2);
        assertThat(row.input()).isEqualTo(50);
        assertThat(row.output()).isEqualTo(6);
    }

    @Test
    void anAnswerInItsSecondBlockIsTakenOverInThatBlock() {
        route(Protocol.ANTHROPIC, Protocol.ANTHROPIC);
        String thought =
                CLAUDE_BEGINS.replace(
                                "{\"type\":\"text\",\"text\":\"\"}",
                                "{\"type\":\"thinking\",\"thinking\":\"\"}")
                        + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"hm\"}}\n\n"
                        + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"sig\"}}\n\n"
                        + "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                        + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                        + claudeSays("One").replace("\"index\":0", "\"index\":1");
        first.then(cutAfter(thought));
        second.then(streams(CLAUDE_BEGINS + claudeSays("One two") + CLAUDE_ENDS));

        Answer answer = relay.ask(RawClient.post("/v1/messages", MESSAGES));

        String rest = answer.text().substring(answer.text().indexOf("goes on"));
        assertThat(rest)
                .contains("\"index\":1,\"delta\":{\"type\":\"text_delta\",\"text\":\" two\"}")
                .contains("\"type\":\"content_block_stop\",\"index\":1")
                .doesNotContain("\"index\":0", "\"index\":2", "content_block_start");
    }

    @Test
    void aResponsesClientIsToldOneAnswerThoughTwoTargetsOfOtherProtocolsGiveIt() {
        route(Protocol.OPENAI, Protocol.ANTHROPIC);
        first.then(cutAfter(ROLE + words("One ", "two ")));
        second.then(streams(CLAUDE_BEGINS + claudeSays("One two three") + CLAUDE_ENDS));

        Answer answer = relay.ask(RawClient.post("/v1/responses", RESPONSES));

        assertThat(answer.text())
                .containsOnlyOnce("event: response.created")
                .containsOnlyOnce("event: response.completed")
                .contains("\"text\":\"One two three\"")
                .doesNotContain("response.failed", "event: error");
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("RESCUED");
    }

    @Test
    void aResponsesUpstreamIsToldInOurWordsSoThatAnotherCanTakeOver() {
        route(Protocol.RESPONSES, Protocol.OPENAI);
        String begins =
                "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"resp_1\",\"model\":\"gpt\",\"status\":\"in_progress\",\"output\":[]}}\n\n"
                        + "event: response.output_item.added\ndata: {\"type\":\"response.output_item.added\",\"sequence_number\":1,\"output_index\":0,\"item\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"status\":\"in_progress\",\"content\":[]}}\n\n"
                        + "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":2,\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"One \"}\n\n";
        first.then(cutAfter(begins));
        second.then(saying("One two"));

        Answer answer = relay.ask(RawClient.post("/v1/responses", RESPONSES));

        assertThat(answer.text())
                .containsOnlyOnce("event: response.completed")
                .contains("\"text\":\"One two\"");
        List<Integer> numbers =
                java.util.regex.Pattern.compile("\"sequence_number\":(\\d+)")
                        .matcher(answer.text())
                        .results()
                        .map(found -> Integer.valueOf(found.group(1)))
                        .toList();
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i);
        }
    }

    @Test
    void aGeminiStreamIsTakenOver() {
        route(Protocol.GEMINI, Protocol.OPENAI);
        String piece =
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"One \"}],\"role\":\"model\"},\"index\":0}],\"modelVersion\":\"gem\",\"responseId\":\"r1\"}\n\n";
        first.then(cutAfter(piece));
        second.then(saying("One ", "two"));

        Answer answer =
                relay.ask(
                        RawClient.post(
                                "/v1beta/models/smart:streamGenerateContent?alt=sse",
                                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Go\"}]}]}"));

        assertThat(answer.text()).startsWith(piece).contains("\"text\":\"two\"");
        assertThat(answer.text())
                .containsOnlyOnce("\"finishReason\":\"STOP\"")
                .contains("\"responseId\":\"r1\"", "\"modelVersion\":\"gem\"")
                .doesNotContain("error");
    }

    @Test
    void aTargetThatContinuesIsToldWhatWasShown() {
        ModelInfo continues =
                new ModelInfo("m", null, null, null, null, null, null, true, Price.UNKNOWN);
        relay.route(
                "smart",
                RULES,
                provider("one", Protocol.OPENAI, first).build(),
                provider("two", Protocol.OPENAI, second).models(List.of(continues)).build());
        first.then(cutAfter(ROLE + words("One ", "two ")));
        // Another answer from its beginning would be refused: these are not the words shown.
        second.then(saying(" three", " four"));

        OpenAiStream.Read read = OpenAiStream.read(relay.chat(CHAT));

        assertThat(read)
                .isEqualTo(new OpenAiStream.Read("One two three four", List.of("stop"), true, 0));
        assertThat(second.asked().getFirst().text())
                .contains("\"role\":\"assistant\",\"content\":\"One two\"");
    }

    @Test
    void whoSaysSomethingElseIsNotHeard() {
        route(Protocol.OPENAI, Protocol.OPENAI);
        first.then(cutAfter(ROLE + words("One ", "two "))).then(saying("Eins ", "zwei"));
        second.then(saying("Uno ", "due"));

        Answer answer = relay.chat(CHAT);

        OpenAiStream.Read read = OpenAiStream.read(answer);
        assertThat(read.text()).isEqualTo("One two ");
        assertThat(read.errors()).isEqualTo(1);
        assertThat(read.done()).isFalse();
        assertThat(answer.text()).contains("one: ").doesNotContain("goes on");
        Row row = relay.rows(1).getFirst();
        assertThat(row.outcome()).isEqualTo("FAILED");
        assertThat(row.errorKind()).isEqualTo("bad_stream");
        // The second, and the first once more.
        assertThat(row.attempts()).isEqualTo(3);
    }

    @Test
    void theOneThatBrokeOffMayGoOnItself() {
        route(Protocol.OPENAI, Protocol.OPENAI);
        first.then(cutAfter(ROLE + words("One "))).then(saying("One ", "two"));
        second.then(OpenAiStream.status(500, "{}"));

        OpenAiStream.Read read = OpenAiStream.read(relay.chat(CHAT));

        assertThat(read).isEqualTo(new OpenAiStream.Read("One two", List.of("stop"), true, 0));
        assertThat(relay.rows(1).getFirst().provider()).isEqualTo("one");
    }

    @Test
    void onceAToolCallHasBegunNobodyElseIsAsked() {
        route(Protocol.OPENAI, Protocol.OPENAI);
        String call =
                delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"run\",\"arguments\":\"{\"}}]}");
        first.then(cutAfter(ROLE + call));

        Answer answer = relay.chat(CHAT);

        assertThat(answer.text())
                .startsWith(ROLE + call + "data: {\"error\":")
                .doesNotContain("[DONE]");
        assertThat(second.asked()).isEmpty();
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("FAILED");
    }

    @Test
    void severalChoicesAtOnceCannotBeContinued() {
        route(Protocol.OPENAI, Protocol.OPENAI);
        String other = words("Two ").replace("\"index\":0", "\"index\":1");
        first.then(cutAfter(ROLE + words("One ") + other));

        Answer answer = relay.chat(CHAT.replace("\"stream\"", "\"n\":2,\"stream\""));

        assertThat(OpenAiStream.read(answer).errors()).isEqualTo(1);
        assertThat(first.asked()).hasSize(1);
        assertThat(second.asked()).isEmpty();
        assertThat(relay.rows(1).getFirst().attempts()).isEqualTo(1);
    }

    @Test
    void anErrorEventThatIsRescuedIsNotShown() {
        route(Protocol.OPENAI, Protocol.OPENAI);
        String error = "data: {\"error\":{\"message\":\"overloaded\",\"code\":503}}\n\n";
        first.then(streams(ROLE + words("One ") + error));
        second.then(saying("One ", "two"));

        Answer answer = relay.chat(CHAT);

        assertThat(OpenAiStream.read(answer).text()).isEqualTo("One two");
        assertThat(answer.text()).doesNotContain("overloaded");
    }

    @Test
    void halfAnEventIsNotShown() {
        route(Protocol.OPENAI, Protocol.OPENAI);
        first.then(cutAfter(ROLE + words("One ") + "data: {\"choices\":[{\"delta\":{\"cont"));
        second.then(saying("One ", "two"));

        Answer answer = relay.chat(CHAT);

        assertThat(OpenAiStream.read(answer))
                .isEqualTo(new OpenAiStream.Read("One two", List.of("stop"), true, 0));
    }

    @Test
    void whereTheRouteDoesNotWantItAStreamThatIsCutEndsInItsError() {
        relay.route(
                "smart",
                new RescueRules(0, null, null, false),
                provider("one", Protocol.OPENAI, first).build(),
                provider("two", Protocol.OPENAI, second).build());
        first.then(cutAfter(ROLE + words("One ")));

        Answer answer = relay.chat(CHAT);

        assertThat(OpenAiStream.read(answer).errors()).isEqualTo(1);
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void aClientThatLeavesWhileAnotherIsAskedCancelsThat() {
        route(Protocol.OPENAI, Protocol.OPENAI);
        first.then(cutAfter(ROLE + words("One ")));
        second.then(RawUpstream.Turn::silence);

        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/chat/completions", CHAT)).awaitText("One ");
            second.takeAsked();
        }

        second.takeLeft();
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("CANCELLED");
        assertThat(relay.transport().openResponses()).isZero();
    }

    @Test
    void anAnswerThatIsCompressedIsUnderstoodAllTheSame() {
        route(Protocol.OPENAI, Protocol.OPENAI);
        first.then(cutAfter(ROLE + words("One ")));
        second.then(saying("One ", "two"));

        Answer answer = relay.chat(CHAT, "Accept-Encoding: gzip");

        assertThat(OpenAiStream.read(answer).text()).isEqualTo("One two");
        assertThat(first.asked().getFirst().head())
                .containsIgnoringCase("accept-encoding: identity");
    }
}
