package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent.Done;
import hal0.providers.event.StreamEvent.TextDelta;
import hal0.providers.event.StreamEvent.ThinkingDelta;
import hal0.providers.event.StreamEvent.ThinkingSignature;
import hal0.providers.event.StreamEvent.ToolCallDelta;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import hal0.relay.testing.SpokenUpstream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client of the Responses API goes on from an answer by its id, whoever gave it.
class ResponseStateTest {
    @TempDir private Path folder;
    private final SpokenUpstream claude = new SpokenUpstream(Protocol.ANTHROPIC);
    private final SpokenUpstream gpt = new SpokenUpstream(Protocol.RESPONSES);
    private RelayFixture relay;

    @BeforeEach
    void start() {
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(claude.provider("claude").build(), gpt.provider("gpt").build()));
    }

    @AfterEach
    void stop() {
        relay.close();
        claude.close();
        gpt.close();
    }

    private RawClient.Answer post(String body) {
        return relay.ask(RawClient.post("/v1/responses", body));
    }

    private RawClient.Answer get(String path) {
        return relay.ask(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes());
    }

    private static JsonNode json(RawClient.Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        if (!answer.text().startsWith("event:")) {
            return new ObjectMapper().readTree(answer.body());
        }
        String last = answer.text().strip();
        return new ObjectMapper()
                .readTree(last.substring(last.lastIndexOf("data: ") + 6))
                .path("response");
    }

    private static List<Message> unmarked(SpokenUpstream upstream) {
        return upstream.takeAsked().request().messages().stream()
                .map(message ->
                        new Message(
                                message.role(),
                                message.parts().stream()
                                        .filter(part -> !(part instanceof Part.Cache))
                                        .toList()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aToolIsCalledAndAnsweredWithTheIdAlone(boolean stream) throws Exception {
        claude.says(
                        new ThinkingDelta("Hm."),
                        new ThinkingSignature("c2ln"),
                        new ToolCallDelta(0, "call_1", "ls", "{\"dir\":\"/\"}"),
                        new Done(StopReason.TOOL_CALLS))
                .says(new TextDelta("Two files."), new Done(StopReason.END))
                .says(new TextDelta("Yes."), new Done(StopReason.END));
        String tools =
                "\"tools\":[{\"type\":\"function\",\"name\":\"ls\",\"parameters\":{\"type\":\"object\",\"properties\":{}},\"strict\":false}]";

        JsonNode first =
                json(
                        post(
                                "{\"model\":\"claude/claude-sonnet-4-5\",\"stream\":%s,%s,\"input\":\"What is here?\"}"
                                        .formatted(stream, tools)));
        JsonNode second =
                json(
                        post(
                                "{\"model\":\"claude/claude-sonnet-4-5\",\"stream\":%s,%s,\"previous_response_id\":\"%s\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"a b\"}]}"
                                        .formatted(stream, tools, first.path("id").asText())));
        json(
                post(
                        "{\"model\":\"claude/claude-sonnet-4-5\",\"stream\":%s,%s,\"previous_response_id\":\"%s\",\"input\":\"Sure?\"}"
                                .formatted(stream, tools, second.path("id").asText())));

        assertThat(first.path("id").asText()).startsWith("resp_hal0");
        assertThat(first.path("store").asBoolean()).isTrue();
        assertThat(second.path("previous_response_id")).isEqualTo(first.path("id"));
        claude.takeAsked();
        claude.takeAsked();
        assertThat(unmarked(claude))
                .containsExactly(
                        Message.user("What is here?"),
                        new Message(
                                Role.ASSISTANT,
                                List.of(
                                        new Part.Thinking("Hm.", "c2ln"),
                                        new Part.ToolCall("call_1", "ls", "{\"dir\":\"/\"}"))),
                        new Message(
                                Role.USER,
                                List.of(
                                        new Part.ToolResult(
                                                "call_1", List.of(new Part.Text("a b")), false))),
                        Message.assistant("Two files."),
                        Message.user("Sure?"));
    }

    @Test
    void anotherProviderGoesOnEvenOneThatKeepsItsOwn() throws Exception {
        claude.says(
                new ThinkingDelta("Hm."),
                new ThinkingSignature("c2ln"),
                new TextDelta("Hello."),
                new Done(StopReason.END));
        gpt.says(new TextDelta("Yes."), new Done(StopReason.END));
        JsonNode first = json(post("{\"model\":\"claude/claude-opus-4\",\"input\":\"hi\"}"));

        json(
                post(
                        "{\"model\":\"gpt/gpt-5\",\"previous_response_id\":\"%s\",\"input\":\"sure?\"}"
                                .formatted(first.path("id").asText())));

        SpokenUpstream.Asked asked = gpt.takeAsked();
        assertThat(asked.body())
                .contains("Hello.", "sure?")
                .doesNotContain("previous_response_id", "hal0", "c2ln");
    }

    @Test
    void theIdOfAProviderIsTheProvidersToKnow() {
        gpt.answers(200, "{\"id\":\"resp_2\"}");
        String body =
                "{\"model\":\"gpt-5\",\"previous_response_id\":\"resp_1\",\"store\":true,\"input\":\"go on\"}";

        post(body.replace("gpt-5", "gpt/gpt-5"));

        assertThat(gpt.takeAsked().body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resp_68ab", "resp_hal0123"})
    void anIdThatNobodyKnowsIsRefusedAsTheVendorDoes(String id) throws Exception {
        RawClient.Answer answer =
                post(
                        "{\"model\":\"claude/claude-opus-4\",\"previous_response_id\":\"%s\",\"input\":\"hi\"}"
                                .formatted(id));

        assertThat(answer.status()).isEqualTo(400);
        JsonNode error = new ObjectMapper().readTree(answer.body()).path("error");
        assertThat(error.path("code").asText()).isEqualTo("previous_response_not_found");
        assertThat(error.path("param").asText()).isEqualTo("previous_response_id");
        assertThat(claude.requestCount()).isZero();
    }

    @Test
    void anAnswerCanBeFetchedListedAndDeleted() throws Exception {
        claude.says(new TextDelta("Hello."), new Done(StopReason.END))
                .says(new TextDelta("Yes."), new Done(StopReason.END));
        JsonNode first = json(post("{\"model\":\"claude/claude-opus-4\",\"input\":\"hi\"}"));
        JsonNode second =
                json(
                        post(
                                "{\"model\":\"claude/claude-opus-4\",\"previous_response_id\":\"%s\",\"input\":[{\"role\":\"user\",\"content\":\"sure?\",\"id\":\"mine\"}]}"
                                        .formatted(first.path("id").asText())));
        String path = "/v1/responses/" + second.path("id").asText();

        assertThat(json(get(path))).isEqualTo(second);
        JsonNode items = json(get(path + "/input_items?order=asc"));
        assertThat(items.path("data")).hasSize(3);
        assertThat(items.at("/data/0/content").asText()).isEqualTo("hi");
        assertThat(items.at("/data/1/content/0/text").asText()).isEqualTo("Hello.");
        assertThat(items.path("last_id").asText()).isEqualTo("mine");
        JsonNode page = json(get(path + "/input_items?limit=1&after=mine"));
        assertThat(page.at("/data/0/content/0/text").asText()).isEqualTo("Hello.");
        assertThat(page.path("has_more").asBoolean()).isTrue();
        RawClient.Answer deleted =
                relay.ask(("DELETE " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes());
        assertThat(json(deleted).path("deleted").asBoolean()).isTrue();
        RawClient.Answer gone = get(path);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(new ObjectMapper().readTree(gone.body()).at("/error/type").asText())
                .isEqualTo("invalid_request_error");
    }

    @Test
    void whatIsNotToBeKeptIsNot() throws Exception {
        claude.says(new TextDelta("Hello."), new Done(StopReason.END));
        JsonNode first =
                json(post("{\"model\":\"claude/claude-opus-4\",\"store\":false,\"input\":\"hi\"}"));

        assertThat(first.path("store").asBoolean(true)).isFalse();
        assertThat(get("/v1/responses/" + first.path("id").asText()).status()).isEqualTo(404);
    }

    @Test
    void keepingIsNotNamedAsSomethingThatIsLost() {
        claude.says(new TextDelta("Hello."), new Done(StopReason.END));
        RawClient.Answer answer =
                post(
                        "{\"model\":\"claude/claude-opus-4\",\"store\":true,\"truncation\":\"auto\",\"input\":\"hi\"}");

        assertThat(answer.header("x-hal0-dropped")).hasValue("truncation");
    }

    @Test
    void aConversationThatOnlyItsProviderHasIsRefused() {
        RawClient.Answer answer =
                post(
                        "{\"model\":\"claude/claude-opus-4\",\"conversation\":\"conv_1\",\"input\":\"hi\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("\"param\":\"conversation\"");
        assertThat(claude.requestCount()).isZero();
    }
}
