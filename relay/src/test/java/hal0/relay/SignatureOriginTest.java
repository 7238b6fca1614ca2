package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent.Done;
import hal0.providers.event.StreamEvent.RedactedThinking;
import hal0.providers.event.StreamEvent.TextDelta;
import hal0.providers.event.StreamEvent.ThinkingDelta;
import hal0.providers.event.StreamEvent.ThinkingSignature;
import hal0.providers.event.StreamEvent.ToolCallDelta;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.relay.testing.Conversation;
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
import org.junit.jupiter.params.provider.EnumSource;

/// What a provider signed comes back to it byte for byte through clients of every protocol, and
/// goes to no other.
class SignatureOriginTest {
    private static final String SIGNED = "EqQBCkYIBxgCKkB+/w==";

    @TempDir private Path folder;
    private final SpokenUpstream claude = new SpokenUpstream(Protocol.ANTHROPIC);
    private final SpokenUpstream google = new SpokenUpstream(Protocol.GEMINI);
    private final SpokenUpstream other = new SpokenUpstream(Protocol.ANTHROPIC);
    private final SpokenUpstream gpt = new SpokenUpstream(Protocol.RESPONSES);
    private RelayFixture relay;

    @BeforeEach
    void start() {
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(
                                claude.provider("claude").build(),
                                google.provider("google").build(),
                                other.provider("other").build(),
                                gpt.provider("gpt").build()));
    }

    @AfterEach
    void stop() {
        relay.close();
        claude.close();
        google.close();
        other.close();
        gpt.close();
    }

    private Message turn(Protocol client, String model, Message... before) {
        return new Conversation(relay, client).ask(model, request(before)).message();
    }

    private static ChatRequest request(Message... messages) {
        return new ChatRequest(
                "", List.of(messages), List.of(), Options.DEFAULT.withMaxTokens(64), true);
    }

    private static List<Part> said(SpokenUpstream upstream) {
        return upstream.takeAsked().request().messages().stream()
                .filter(message -> message.role() == Role.ASSISTANT)
                .flatMap(message -> message.parts().stream())
                .filter(part -> !(part instanceof Part.Cache))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"RESPONSES", "GEMINI", "ANTHROPIC"})
    void whatClaudeSignedComesBackToClaudeThroughEveryClient(Protocol client) {
        claude.says(
                        new ThinkingDelta("Hm."),
                        new ThinkingSignature(SIGNED),
                        new RedactedThinking("hid+/den"),
                        new TextDelta("Hello."),
                        new Done(StopReason.END))
                .says(new TextDelta("Yes."), new Done(StopReason.END));
        Message answer = turn(client, "claude/claude-sonnet-4-5", Message.user("hi"));
        claude.takeAsked();
        turn(client, "claude/claude-sonnet-4-5", Message.user("hi"), answer, Message.user("sure?"));

        List<Part> back = said(claude);
        assertThat(back).contains(new Part.Text("Hello."));
        assertThat(back).contains(new Part.Thinking("Hm.", SIGNED));
        if (client != Protocol.GEMINI) {
            // Gemini's clients have no place for what nobody may read.
            assertThat(back).contains(new Part.RedactedThinking("hid+/den"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Protocol.class,
            names = {"RESPONSES", "GEMINI", "ANTHROPIC"})
    void theSignatureOfACallComesBackToGeminiThroughEveryClient(Protocol client) {
        // Line 6 of the pitfalls.
        google.says(new ToolCallDelta(0, "c1", "ls", "{}", SIGNED), new Done(StopReason.TOOL_CALLS))
                .says(new TextDelta("Done."), new Done(StopReason.END));
        Message answer = turn(client, "google/gemini-3-pro", Message.user("list"));
        google.takeAsked();
        turn(
                client,
                "google/gemini-3-pro",
                Message.user("list"),
                answer,
                new Message(
                        Role.USER,
                        List.of(
                                new Part.ToolResult(
                                        "c1", List.of(new Part.Text("a.txt")), false))));

        assertThat(said(google)).contains(new Part.ToolCall("c1", "ls", "{}", SIGNED));
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void whatClaudeSignedIsKeptFromEverybodyElse(Protocol client) {
        claude.says(
                new ThinkingDelta("Hm."),
                new ThinkingSignature(SIGNED),
                new RedactedThinking("hidden"),
                new TextDelta("Hello."),
                new Done(StopReason.END));
        google.says(new TextDelta("Yes."), new Done(StopReason.END));
        gpt.says(new TextDelta("Yes."), new Done(StopReason.END));
        Message answer = turn(client, "claude/claude-sonnet-4-5", Message.user("hi"));
        turn(client, "google/gemini-3-pro", Message.user("hi"), answer, Message.user("sure?"));
        turn(client, "gpt/gpt-5", Message.user("hi"), answer, Message.user("sure?"));

        for (String body : List.of(google.takeAsked().body(), gpt.takeAsked().body())) {
            assertThat(body).contains("Hello.").doesNotContain("EqQBC", "hidden", "hal0");
        }
    }

    @Test
    void aClientOfChatCompletionsBringsThemBackWhereItFoundThem() throws Exception {
        claude.says(
                        new ThinkingDelta("Hm."),
                        new ThinkingSignature(SIGNED),
                        new TextDelta("Hello."),
                        new Done(StopReason.END))
                .says(new TextDelta("Yes."), new Done(StopReason.END));
        google.says(new ToolCallDelta(0, "c1", "ls", "{}", SIGNED), new Done(StopReason.TOOL_CALLS))
                .says(new TextDelta("Done."), new Done(StopReason.END));

        chatAgain("claude/claude-sonnet-4-5", "");
        assertThat(said(claude))
                .containsExactly(new Part.Thinking("Hm.", SIGNED), new Part.Text("Hello."));
        chatAgain(
                "google/gemini-3-pro",
                ",{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"a\"}");
        assertThat(said(google)).containsExactly(new Part.ToolCall("c1", "ls", "{}", SIGNED));
    }

    /// Asks, and again with the answer's message as it came; leaves the second request to be taken.
    private void chatAgain(String model, String more) throws IOException {
        String request =
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}%s%s]}";
        RawClient.Answer first = relay.chat(request.formatted(model, "", ""));
        (model.startsWith("claude") ? claude : google).takeAsked();
        String message =
                new ObjectMapper().readTree(first.body()).at("/choices/0/message").toString();
        assertThat(relay.chat(request.formatted(model, "," + message, more)).status())
                .isEqualTo(200);
    }

    /// As the stream helper of the official client of Chat Completions leaves it.
    @Test
    void aSignatureWhoseWordsAreLostIsLeftOut() throws Exception {
        claude.says(
                        new ThinkingDelta("Hm. "),
                        new ThinkingDelta("Well."),
                        new ThinkingSignature(SIGNED),
                        new TextDelta("Hello."),
                        new Done(StopReason.END))
                .says(new TextDelta("Yes."), new Done(StopReason.END));
        String request =
                "{\"model\":\"claude/claude-sonnet-4-5\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}%s]}";
        RawClient.Answer first = relay.chat(request.formatted(""));
        String signature =
                new ObjectMapper()
                        .readTree(first.body())
                        .at("/choices/0/message/reasoning_details/0/signature")
                        .asText();
        claude.takeAsked();
        RawClient.Answer second =
                relay.chat(
                        request.formatted(
                                ",{\"role\":\"assistant\",\"content\":\"Hello.\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"signature\":\"%s\",\"index\":0}]}"
                                        .formatted(signature)));

        assertThat(signature).endsWith(SIGNED);
        assertThat(said(claude)).containsExactly(new Part.Text("Hello."));
        assertThat(second.header("x-hal0-dropped")).hasValue("foreign_signature");
    }

    @Test
    void aTaggedSignatureInTheSameProtocolIsNotPassedOnAsItIs() {
        other.says(new TextDelta("Yes."), new Done(StopReason.END));
        String body =
                """
                {"model":"other/glm-5","max_tokens":64,"messages":[
                  {"role":"user","content":"hi"},
                  {"role":"assistant","content":[
                    {"type":"thinking","thinking":"Hm.","signature":"hal0:google::abc"},
                    {"type":"text","text":"Hello."}]},
                  {"role":"user","content":"sure?"}]}\
                """;
        RawClient.Answer answer = relay.ask(RawClient.post("/v1/messages", body));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-hal0-dropped")).hasValue("foreign_signature, plain_thinking");
        assertThat(said(other)).containsExactly(new Part.Text("Hello."));
    }

    @Test
    void anUntaggedSignatureOfADirectCallIsPassedOnAsItIs() {
        claude.answers(200, "{\"id\":\"msg_1\"}");
        String body =
                """
                {"model":"claude/claude-sonnet-4-5","max_tokens":64,"messages":[
                  {"role":"assistant","content":[
                    {"type":"thinking","thinking":"Hm.","signature":"%s"}]}]}\
                """
                        .formatted(SIGNED);
        relay.ask(RawClient.post("/v1/messages", body));

        assertThat(claude.takeAsked().body())
                .isEqualTo(body.replace("claude/claude-sonnet-4-5", "claude-sonnet-4-5"));
    }
}
