package hal0.providers.responses;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Provider;
import hal0.providers.dialect.AnswerDecoder;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.WireError;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.TurnAccumulator;
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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseWriterTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path WIRE =
            Path.of(System.getProperty("hal0.root"), "providers/src/test/resources/wire/responses");
    private static final Responses RESPONSES = new Responses();
    private static final AnswerErrors ERRORS =
            new AnswerErrors(
                    Provider.builder("acme", Protocol.RESPONSES, URI.create("http://h")).build(),
                    "m",
                    List.of(),
                    InstantSource.system());

    private static AnswerHead head() {
        return new AnswerHead(
                "1", "gpt-x", Instant.EPOCH, ChatRequest.of("gpt-x", List.of()), true);
    }

    private static byte[] written(List<StreamEvent> events) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SseWriter out = new SseWriter(bytes);
        AnswerWriter writer = RESPONSES.writer(head());
        for (StreamEvent event : events) {
            writer.write(event, out);
        }
        return bytes.toByteArray();
    }

    private static List<SseFrame> frames(byte[] stream) {
        List<SseFrame> frames = new ArrayList<>();
        SseParser parser = new SseParser();
        parser.feed(stream, 0, stream.length);
        parser.finish();
        for (SseFrame frame = parser.poll(); frame != null; frame = parser.poll()) {
            frames.add(SseFrame.of(frame.event(), frame.data()));
        }
        return frames;
    }

    private static List<StreamEvent> decoded(byte[] stream) {
        List<StreamEvent> events = new ArrayList<>();
        AnswerDecoder decoder = RESPONSES.decoder(ERRORS);
        frames(stream).forEach(frame -> decoder.frame(frame, events::add));
        decoder.end(events::add);
        return events;
    }

    private static List<StreamEvent> decodedWhole(byte[] body) {
        List<StreamEvent> events = new ArrayList<>();
        RESPONSES.decoder(ERRORS).whole(body, events::add);
        return events;
    }

    private static TurnAccumulator turn(List<StreamEvent> events) {
        TurnAccumulator turn = new TurnAccumulator();
        events.forEach(turn::add);
        return turn;
    }

    private static void same(List<StreamEvent> found, List<StreamEvent> wanted) {
        TurnAccumulator is = turn(found);
        TurnAccumulator should = turn(wanted);
        assertThat(is.message()).isEqualTo(should.message());
        assertThat(is.usage()).isEqualTo(should.usage());
        assertThat(is.reason()).isEqualTo(should.reason());
    }

    static List<Path> answers() throws IOException {
        try (Stream<Path> files = Files.walk(WIRE)) {
            return files.filter(f -> f.toString().endsWith(".sse"))
                    .filter(ResponseWriterTest::isWhole)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isWhole(Path stream) {
        String name = String.valueOf(stream.getFileName());
        return !name.startsWith("error")
                && !name.startsWith("cut")
                && !name.equals("malformed-chunk.sse");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whatWasReadIsWrittenSoThatItIsReadAgain(Path file) throws IOException {
        List<StreamEvent> events = decoded(Files.readAllBytes(file));
        byte[] stream = written(events);
        same(decoded(stream), events);
        byte[] whole = RESPONSES.writer(head()).whole(events);
        same(decodedWhole(whole), events);
        JsonNode last = JSON.readTree(frames(stream).getLast().data()).path("response");
        assertThat(JSON.readTree(whole)).as("the last event is the whole answer").isEqualTo(last);
    }

    /// The rules that the npm package openai holds a stream to, in its ResponseAccumulator.
    @ParameterizedTest
    @MethodSource("answers")
    void everyEventRefersToWhatBeganBefore(Path file) throws IOException {
        List<SseFrame> frames = frames(written(decoded(Files.readAllBytes(file))));
        List<String> open = new ArrayList<>();
        List<Boolean> parts = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            JsonNode event = JSON.readTree(frames.get(i).data());
            String type = event.path("type").asText();
            assertThat(frames.get(i).event()).isEqualTo(type);
            assertThat(event.path("sequence_number").asInt(-1)).isEqualTo(i);
            int place = event.path("output_index").asInt(-1);
            if (type.equals("response.output_item.added")) {
                assertThat(place).isEqualTo(open.size());
                open.add(event.path("item").path("id").asText());
                parts.add(false);
            } else if (place >= 0) {
                assertThat(place).isLessThan(open.size());
                String id = event.path("item").path("id").asText(event.path("item_id").asText());
                assertThat(id).isEqualTo(open.get(place));
                parts.set(place, parts.get(place) || type.endsWith("_part.added"));
                if (type.contains("text.delta")) {
                    assertThat(parts.get(place)).as("a part before its text").isTrue();
                }
            }
        }
        JsonNode end = JSON.readTree(frames.getLast().data()).path("response");
        assertThat(end.path("output")).hasSize(open.size());
        for (int i = 0; i < open.size(); i++) {
            assertThat(end.path("output").path(i).path("id").asText()).isEqualTo(open.get(i));
        }
        assertThat(JSON.readTree(frames.getFirst().data()).path("type").asText())
                .isEqualTo("response.created");
    }

    /// Pitfall 3.
    @Test
    void parallelCallsThatComeInTurnsStayApart() throws IOException {
        List<StreamEvent> events =
                List.of(
                        new StreamEvent.ToolCallDelta(0, "a", "ls", "{\"x\":"),
                        new StreamEvent.ToolCallDelta(1, null, "cat", "{\"y\""),
                        new StreamEvent.ToolCallDelta(0, null, null, "1}"),
                        new StreamEvent.ToolCallDelta(1, "b", null, ":2}"),
                        new StreamEvent.ToolCallDelta(2, null, "bare", ""),
                        new StreamEvent.Done(StopReason.TOOL_CALLS));
        byte[] stream = written(events);
        assertThat(turn(decoded(stream)).message().parts())
                .containsExactly(
                        new Part.ToolCall("a", "ls", "{\"x\":1}"),
                        new Part.ToolCall("b", "cat", "{\"y\":2}"),
                        // Pitfall 4: no arguments are an empty object; no id is a new one.
                        new Part.ToolCall("call_1_2", "bare", "{}"));
    }

    /// Pitfalls 6 and 10: whatever proves something comes back as it was.
    @Test
    void proofsOfOtherProtocolsComeBackByteForByte() throws IOException {
        List<StreamEvent> events =
                List.of(
                        new StreamEvent.Started("x", "claude"),
                        new StreamEvent.ThinkingDelta("hm"),
                        new StreamEvent.ThinkingSignature("EqQ+/=\n.hal0"),
                        new StreamEvent.RedactedThinking("red"),
                        new StreamEvent.ThinkingSignature("alone"),
                        new StreamEvent.TextDelta("so"),
                        new StreamEvent.ThinkingSignature("behind the text"),
                        new StreamEvent.ToolCallDelta(0, "a.b", "ls", "{}", "of the call"),
                        new StreamEvent.UsageReport(new Usage(1, 2, 3, 4, 5, 1, null)),
                        new StreamEvent.Done(StopReason.TOOL_CALLS));
        List<StreamEvent> again = decoded(written(events));
        assertThat(turn(again).message()).isEqualTo(turn(events).message());
        assertThat(turn(again).usage()).isEqualTo(new Usage(1, 2, 3, 9, 0, 1, null));
        same(decodedWhole(RESPONSES.writer(head()).whole(events)), again);
    }

    @ParameterizedTest
    @EnumSource(StopReason.class)
    void everyReasonHasAnEnd(StopReason reason) throws IOException {
        List<SseFrame> frames =
                frames(
                        written(
                                List.of(
                                        new StreamEvent.TextDelta("a"),
                                        new StreamEvent.Done(reason))));
        JsonNode end = JSON.readTree(frames.getLast().data());
        String status = end.path("response").path("status").asText();
        assertThat(end.path("type").asText()).isEqualTo("response." + status);
        assertThat(status + " " + end.path("response").path("incomplete_details"))
                .isEqualTo(
                        switch (reason) {
                            case END, TOOL_CALLS, STOP_SEQUENCE -> "completed null";
                            case LENGTH -> "incomplete {\"reason\":\"max_output_tokens\"}";
                            case REFUSAL -> "incomplete {\"reason\":\"content_filter\"}";
                            case PAUSE, OTHER -> "incomplete {}";
                        });
    }

    /// Pitfall 11.
    @Test
    void aFailureIsNoSuccess() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SseWriter out = new SseWriter(bytes);
        AnswerWriter writer = RESPONSES.writer(head());
        writer.write(new StreamEvent.TextDelta("Par"), out);
        writer.fail(new WireError(429, "relay.busy", "wait a bit", null), out);
        String stream = bytes.toString(StandardCharsets.UTF_8);
        assertThat(stream)
                .contains("event: error\n", "event: response.failed\n", "rate_limit_exceeded")
                .doesNotContain("response.completed");
        try {
            decoded(bytes.toByteArray());
            throw new AssertionError("read as a success");
        } catch (ProviderException.RateLimited e) {
            assertThat(e).hasMessageContaining("wait a bit");
        }
        assertThat(
                        new String(
                                RESPONSES.error(new WireError(400, "x", "no", "input[1]")),
                                StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\",\"param\":\"input[1]\",\"code\":\"x\"}}");
    }

    @Test
    void theAnswerRepeatsWhatWasAsked() throws Exception {
        ChatRequest request =
                RESPONSES
                        .read(
                                """
                                {"model":"m","input":"hi","instructions":"be brief","temperature":0.5,
                                "max_output_tokens":20,"metadata":{"a":"b"},"reasoning":{"effort":"low","summary":"detailed"},
                                "text":{"format":{"type":"json_object"},"verbosity":"low"},"previous_response_id":"resp_0",
                                "tools":[{"type":"function","name":"ls","parameters":{"type":"object"},"strict":true},{"type":"web_search"}],
                                "tool_choice":{"type":"function","name":"ls"}}\
                                """
                                        .getBytes(StandardCharsets.UTF_8),
                                hal0.providers.dialect.RequestLine.SILENT)
                        .request();
        AnswerHead asked = new AnswerHead("7", "gpt-x", Instant.ofEpochSecond(9), request, true);
        JsonNode answer =
                JSON.readTree(
                        RESPONSES
                                .writer(asked)
                                .whole(List.of(new StreamEvent.Done(StopReason.END))));
        JsonNode wanted =
                JSON.readTree(
                        """
                        {"id":"resp_7","object":"response","created_at":9,"status":"completed","background":false,
                        "error":null,"incomplete_details":null,"model":"gpt-x","output":[],"usage":null,
                        "instructions":"be brief","max_output_tokens":20,"parallel_tool_calls":true,"temperature":0.5,
                        "top_p":null,"user":null,"reasoning":{"effort":"low","summary":"detailed"},
                        "text":{"format":{"type":"json_object"},"verbosity":"low"},
                        "tools":[{"type":"function","name":"ls","parameters":{"type":"object"},"strict":true},{"type":"web_search"}],
                        "tool_choice":{"type":"function","name":"ls"},"max_tool_calls":null,"metadata":{"a":"b"},
                        "previous_response_id":"resp_0","prompt_cache_key":null,"safety_identifier":null,
                        "service_tier":"default","store":false,"top_logprobs":0,"truncation":"disabled"}\
                        """);
        assertThat(answer).isEqualTo(wanted);
        assertThat(Message.system("be brief")).isEqualTo(request.messages().getFirst());
    }
}
