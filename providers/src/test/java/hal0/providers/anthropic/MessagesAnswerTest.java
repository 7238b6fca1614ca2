package hal0.providers.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.RequestLine;
import hal0.providers.dialect.WireError;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseFrame;
import hal0.providers.sse.SseParser;
import hal0.providers.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesAnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AnswerWriter writer = writer();

    private static AnswerWriter writer() {
        ChatRequest request = ChatRequest.of("m", List.of(Message.user("hi")));
        return new Messages()
                .writer(new AnswerHead("7", "claude", Instant.ofEpochSecond(1), request, true));
    }

    private void write(StreamEvent... events) throws IOException {
        for (StreamEvent event : events) {
            writer.write(event, new SseWriter(bytes));
        }
    }

    private static StreamEvent call(int index, String id, String name, String arguments) {
        return new StreamEvent.ToolCallDelta(index, id, name, arguments);
    }

    /// The events so far, each as one line; the stream must be one that the protocol allows.
    private List<String> lines() throws IOException {
        SseParser parser = new SseParser();
        parser.feed(bytes.toByteArray(), 0, bytes.size());
        parser.finish();
        List<String> lines = new ArrayList<>();
        int open = -1;
        int next = 0;
        for (SseFrame frame = parser.poll(); frame != null; frame = parser.poll()) {
            JsonNode event = JSON.readTree(frame.data());
            assertThat(event.path("type").asText()).isEqualTo(frame.event());
            switch (frame.event()) {
                case "content_block_start" -> {
                    assertThat(open).as("one block at a time").isEqualTo(-1);
                    assertThat(event.path("index").asInt()).isEqualTo(next);
                    open = next++;
                    lines.add("start " + event.path("content_block"));
                }
                case "content_block_delta" -> {
                    assertThat(event.path("index").asInt()).isEqualTo(open);
                    lines.add("delta " + event.path("delta"));
                }
                case "content_block_stop" -> {
                    assertThat(event.path("index").asInt()).isEqualTo(open);
                    open = -1;
                    lines.add("stop");
                }
                case "message_delta" -> lines.add("end " + event.path("delta").path("stop_reason"));
                default -> lines.add(frame.event());
            }
        }
        return lines;
    }

    // Pitfalls 1 and 3.
    @Test
    void callsWhosePiecesAreMixedComeOneAfterTheOther() throws IOException {
        write(
                new StreamEvent.TextDelta("so"),
                call(0, "a", "ls", "{\"p\":"),
                call(1, "b", "cat", "{"),
                call(0, null, null, "\"}\\\"\"}"),
                call(1, null, null, "}"),
                new StreamEvent.Done(StopReason.TOOL_CALLS));
        assertThat(lines())
                .containsExactly(
                        "message_start",
                        "ping",
                        "start {\"type\":\"text\",\"text\":\"\"}",
                        "delta {\"type\":\"text_delta\",\"text\":\"so\"}",
                        "stop",
                        "start {\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"ls\",\"input\":{}}",
                        "delta {\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"p\\\":\"}",
                        "delta {\"type\":\"input_json_delta\",\"partial_json\":\"\\\"}\\\\\\\"\\\"}\"}",
                        "stop",
                        "start {\"type\":\"tool_use\",\"id\":\"b\",\"name\":\"cat\",\"input\":{}}",
                        "delta {\"type\":\"input_json_delta\",\"partial_json\":\"{\"}",
                        "delta {\"type\":\"input_json_delta\",\"partial_json\":\"}\"}",
                        "stop",
                        "end \"tool_use\"",
                        "message_stop");
    }

    @Test
    void theSecondOfTwoCallsGoesOutAsItComesOnceTheFirstIsWhole() throws IOException {
        write(call(0, "a", "ls", "{}"), call(1, "b", "cat", "{\"p\""));
        assertThat(lines())
                .endsWith("delta {\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"p\\\"\"}");
    }

    // Pitfall 4.
    @Test
    void wordsInTheMiddleOfACallWaitForItsEnd() throws IOException {
        write(
                call(0, "a", "ls", "{"),
                new StreamEvent.TextDelta("so"),
                call(0, null, null, "}"),
                new StreamEvent.Done(StopReason.TOOL_CALLS));
        assertThat(lines())
                .containsSubsequence(
                        "delta {\"type\":\"input_json_delta\",\"partial_json\":\"}\"}",
                        "stop",
                        "start {\"type\":\"text\",\"text\":\"\"}",
                        "delta {\"type\":\"text_delta\",\"text\":\"so\"}");
    }

    @Test
    void aCallWhoseIdComesLateLosesNothing() throws IOException {
        write(
                call(0, null, null, "{\"a\""),
                call(0, null, "ls", ":"),
                call(0, "late", null, "1}"),
                call(1, null, "cat", ""),
                new StreamEvent.Done(StopReason.TOOL_CALLS));
        assertThat(lines())
                .containsSubsequence(
                        "start {\"type\":\"tool_use\",\"id\":\"late\",\"name\":\"ls\",\"input\":{}}",
                        "delta {\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"a\\\":1}\"}",
                        "start {\"type\":\"tool_use\",\"id\":\"toolu_7_1\",\"name\":\"cat\",\"input\":{}}");
    }

    // Pitfall 6.
    @Test
    void theSignatureOfACallComesBackWithTheClientsNextRequest() throws Exception {
        StreamEvent signed = new StreamEvent.ToolCallDelta(0, "a:1", "ls", "{}", "Ci:QB/+==");
        StreamEvent done = new StreamEvent.Done(StopReason.TOOL_CALLS);
        byte[] whole = writer().whole(List.of(signed, done));
        String said = JSON.readTree(whole).path("content").toString();
        String request =
                "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"assistant\",\"content\":"
                        + said
                        + "}]}";
        List<Part> parts =
                new Messages()
                        .read(request.getBytes(StandardCharsets.UTF_8), RequestLine.SILENT)
                        .request()
                        .messages()
                        .getFirst()
                        .parts();
        assertThat(parts).containsExactly(new Part.ToolCall("a:1", "ls", "{}", "Ci:QB/+=="));
        write(signed, done);
        assertThat(lines())
                .containsSubsequence(
                        "start {\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}",
                        "delta {\"type\":\"signature_delta\",\"signature\":"
                                + "\"hal0.call:3:a:1:Ci:QB/+==\"}",
                        "start {\"type\":\"tool_use\",\"id\":\"a:1\",\"name\":\"ls\",\"input\":{}}");
    }

    @Test
    void whatAnotherProtocolAloneHasWordsForIsLeftOut() throws IOException {
        write(
                new StreamEvent.OpaquePart(new Part.Opaque(Protocol.GEMINI, "{\"code\":1}")),
                new StreamEvent.OpaquePart(
                        new Part.Opaque(Protocol.ANTHROPIC, "{\"type\":\"server_tool_use\"}")),
                new StreamEvent.Done(StopReason.PAUSE));
        assertThat(lines())
                .containsExactly(
                        "message_start",
                        "ping",
                        "start {\"type\":\"server_tool_use\"}",
                        "stop",
                        "end \"pause_turn\"",
                        "message_stop");
    }

    // Pitfall 9.
    @Test
    void inputThatIsCountedAtOnceStandsInTheFirstEvent() throws IOException {
        write(
                new StreamEvent.Started("x", "m"),
                new StreamEvent.UsageReport(new Usage(3, 1, 5, 7, 2, 0, null)));
        String first = bytes.toString(StandardCharsets.UTF_8);
        assertThat(first)
                .contains("\"id\":\"msg_7\"")
                .contains("\"input_tokens\":3,\"cache_creation_input_tokens\":9,")
                .contains("\"ephemeral_1h_input_tokens\":2");
        write(
                new StreamEvent.TextDelta("a"),
                new StreamEvent.UsageReport(new Usage(3, 40, 5, 7, 2, 0, null)),
                new StreamEvent.Done(StopReason.STOP_SEQUENCE, "END"));
        assertThat(bytes.toString(StandardCharsets.UTF_8).substring(first.length()))
                .contains("\"stop_sequence\":\"END\"")
                .contains("\"output_tokens\":40")
                .doesNotContain("message_start");
    }

    // Pitfall 11.
    @Test
    void aFailureHasItsEventAndNoMarkOfSuccess() throws IOException {
        write(new StreamEvent.TextDelta("half"));
        writer.fail(new WireError(503, "slot.loading", "not yet", null), new SseWriter(bytes));
        String said = bytes.toString(StandardCharsets.UTF_8);
        assertThat(said)
                .endsWith(
                        """
                        event: error
                        data: {"type":"error","error":{"type":"overloaded_error","message":"not yet","code":"slot.loading"}}

                        """)
                .doesNotContain("message_stop")
                .doesNotContain("message_delta");
    }
}
