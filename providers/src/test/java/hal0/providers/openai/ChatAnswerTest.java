package hal0.providers.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.WireError;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
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

class ChatAnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final StreamEvent COUNTED =
            new StreamEvent.UsageReport(new Usage(20, 30, 100, 5, 0, 12, null));

    private static AnswerWriter writer(boolean countsUsage) {
        ChatRequest request = ChatRequest.of("m", List.of(Message.user("hi")));
        AnswerHead head =
                new AnswerHead("7", "gpt", Instant.ofEpochSecond(9), request, countsUsage);
        return new ChatCompletions().writer(head);
    }

    private static List<String> written(AnswerWriter writer, StreamEvent... events)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (StreamEvent event : events) {
            writer.write(event, new SseWriter(bytes));
        }
        return frames(bytes);
    }

    private static List<String> frames(ByteArrayOutputStream bytes) {
        SseParser parser = new SseParser();
        parser.feed(bytes.toByteArray(), 0, bytes.size());
        parser.finish();
        List<String> frames = new ArrayList<>();
        for (SseFrame frame = parser.poll(); frame != null; frame = parser.poll()) {
            frames.add(frame.data());
        }
        return frames;
    }

    /// The deltas of a stream, its end marker and chunk of numbers left out.
    private static List<String> deltas(List<String> frames) throws IOException {
        List<String> deltas = new ArrayList<>();
        for (String frame : frames) {
            if (!frame.equals("[DONE]")) {
                JsonNode delta = JSON.readTree(frame).at("/choices/0/delta");
                if (!delta.isMissingNode()) {
                    deltas.add(delta.toString());
                }
            }
        }
        return deltas;
    }

    @Test
    void aChunkIsAsTheApiWritesIt() throws IOException {
        List<String> frames =
                written(
                        writer(false),
                        new StreamEvent.TextDelta("so"),
                        COUNTED,
                        new StreamEvent.Done(StopReason.LENGTH));
        assertThat(frames)
                .containsExactly(
                        "{\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":9,"
                                + "\"model\":\"gpt\",\"choices\":[{\"index\":0,\"delta\":{\"role\":"
                                + "\"assistant\",\"content\":\"\",\"refusal\":null},\"logprobs\":null,"
                                + "\"finish_reason\":null}]}",
                        "{\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":9,"
                                + "\"model\":\"gpt\",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                                + "\"so\"},\"logprobs\":null,\"finish_reason\":null}]}",
                        "{\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":9,"
                                + "\"model\":\"gpt\",\"choices\":[{\"index\":0,\"delta\":{},"
                                + "\"logprobs\":null,\"finish_reason\":\"length\"}]}",
                        "[DONE]");
    }

    // Pitfall 9.
    @Test
    void numbersStandInAChunkOfTheirOwnForThoseWhoAsked() throws IOException {
        List<String> frames =
                written(
                        writer(true),
                        new StreamEvent.TextDelta("so"),
                        COUNTED,
                        COUNTED,
                        new StreamEvent.Done(StopReason.END));
        assertThat(frames).hasSize(5);
        assertThat(frames.subList(0, 3)).allMatch(f -> f.endsWith("\"usage\":null}"));
        JsonNode last = JSON.readTree(frames.get(3));
        assertThat(last.path("choices")).isEmpty();
        assertThat(last.path("usage").toString())
                .isEqualTo(
                        "{\"prompt_tokens\":125,\"completion_tokens\":30,\"total_tokens\":155,"
                                + "\"prompt_tokens_details\":{\"cached_tokens\":100,"
                                + "\"cache_write_tokens\":5},"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":12}}");
        assertThat(
                        written(
                                writer(true),
                                new StreamEvent.TextDelta("so"),
                                new StreamEvent.Done(StopReason.END)))
                .as("a provider that counted nothing")
                .hasSize(4);
    }

    // Pitfalls 3 and 4.
    @Test
    void aCallBeginsOnceItHasAnIdAndAName() throws IOException {
        List<String> deltas =
                deltas(
                        written(
                                writer(false),
                                new StreamEvent.ToolCallDelta(4, null, null, "{\"a\""),
                                new StreamEvent.ToolCallDelta(4, "c", null, ":"),
                                new StreamEvent.ToolCallDelta(2, "d", "cat", ""),
                                new StreamEvent.ToolCallDelta(4, null, "ls", "1"),
                                new StreamEvent.ToolCallDelta(4, null, null, "}", "sig"),
                                new StreamEvent.ToolCallDelta(9, null, "now", "{}"),
                                new StreamEvent.Done(StopReason.TOOL_CALLS)));
        assertThat(deltas.subList(1, deltas.size()))
                .containsExactly(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"ls\",\"arguments\":\"{\\\"a\\\":1\"}}]}",
                        "{\"tool_calls\":[{\"index\":1,\"id\":\"d\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"cat\",\"arguments\":\"\"}}]}",
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"}\"},"
                                + "\"extra_content\":{\"google\":{\"thought_signature\":\"sig\"}}}]}",
                        "{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{}\"}}]}",
                        "{\"tool_calls\":[{\"index\":2,\"id\":\"call_7_9\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"now\",\"arguments\":\"{}\"}}]}",
                        "{}");
    }

    // Pitfall 6.
    @Test
    void thoughtsHaveTheirSignaturesInAListWhoseIndexTellsThemApart() throws IOException {
        List<String> deltas =
                deltas(
                        written(
                                writer(false),
                                new StreamEvent.ThinkingDelta("a"),
                                new StreamEvent.ThinkingSignature("s1"),
                                new StreamEvent.RedactedThinking("xyz"),
                                new StreamEvent.ThinkingDelta("b"),
                                new StreamEvent.TextDelta("so"),
                                new StreamEvent.Done(StopReason.END)));
        assertThat(deltas.subList(1, 6))
                .containsExactly(
                        "{\"reasoning_content\":\"a\",\"reasoning_details\":"
                                + "[{\"type\":\"reasoning.text\",\"text\":\"a\",\"index\":0}]}",
                        "{\"reasoning_details\":"
                                + "[{\"type\":\"reasoning.text\",\"signature\":\"s1\",\"index\":0}]}",
                        "{\"reasoning_details\":"
                                + "[{\"type\":\"reasoning.encrypted\",\"data\":\"xyz\",\"index\":1}]}",
                        "{\"reasoning_content\":\"b\",\"reasoning_details\":"
                                + "[{\"type\":\"reasoning.text\",\"text\":\"b\",\"index\":2}]}",
                        "{\"content\":\"so\"}");
    }

    // Pitfall 11.
    @Test
    void aFailureHasItsChunkAndNoEndMarker() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AnswerWriter writer = writer(true);
        writer.write(new StreamEvent.TextDelta("half"), new SseWriter(bytes));
        writer.fail(new WireError(502, "upstream.cut", "it broke off", null), new SseWriter(bytes));
        assertThat(frames(bytes).getLast())
                .isEqualTo(
                        "{\"error\":{\"message\":\"it broke off\",\"type\":\"server_error\","
                                + "\"param\":null,\"code\":\"upstream.cut\"}}");
    }

    @Test
    void aWholeAnswerOfCallsAloneHasNoContent() throws IOException {
        byte[] whole =
                writer(false)
                        .whole(
                                List.of(
                                        new StreamEvent.ToolCallDelta(0, "a", "ls", "{}"),
                                        new StreamEvent.Done(StopReason.TOOL_CALLS)));
        assertThat(new String(whole, StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"id\":\"chatcmpl-7\",\"object\":\"chat.completion\",\"created\":9,"
                                + "\"model\":\"gpt\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
                                + "\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":"
                                + "[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"ls\","
                                + "\"arguments\":\"{}\"}}]},\"logprobs\":null,\"finish_reason\":"
                                + "\"tool_calls\"}]}");
    }
}
