package hal0.providers.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.client.Dialects;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The vendors' own clients read what is written for them.
@Tag("npm")
class OfficialClientsTest {
    /// Two calls at once, their pieces mixed, an id that comes late, words before and behind.
    private static final List<StreamEvent> EVENTS =
            List.of(
                    new StreamEvent.Started("x", "upstream"),
                    new StreamEvent.ThinkingDelta("Let me"),
                    new StreamEvent.ThinkingDelta(" see"),
                    new StreamEvent.ThinkingSignature("sig=="),
                    new StreamEvent.TextDelta("Grüße "),
                    new StreamEvent.TextDelta("🌍"),
                    new StreamEvent.ToolCallDelta(0, "c_a", "read", "{\"path\":"),
                    new StreamEvent.ToolCallDelta(1, null, null, "{\"n\":"),
                    new StreamEvent.ToolCallDelta(1, "c_b", "list", ""),
                    new StreamEvent.ToolCallDelta(0, null, null, "\"a.txt\"}"),
                    new StreamEvent.ToolCallDelta(1, null, null, "1.50}"),
                    new StreamEvent.UsageReport(new Usage(20, 30, 100, 5, 2, 12, null)),
                    new StreamEvent.Done(StopReason.TOOL_CALLS));

    @TempDir Path folder;
    private String npm;

    @BeforeEach
    void find() {
        npm = System.getenv("HAL0_TEST_NPM");
        assumeTrue(
                npm != null && !npm.isEmpty(),
                "HAL0_TEST_NPM names no folder with node_modules (.ci/run makes one)");
    }

    private static ServerSide server(Protocol protocol) {
        return Dialects.of(protocol);
    }

    private static AnswerWriter writer(Protocol protocol) {
        ChatRequest request = ChatRequest.of("m", List.of(Message.user("hi")));
        return server(protocol)
                .writer(new AnswerHead("1", "m", Instant.ofEpochSecond(1), request, true));
    }

    private static byte[] stream(Protocol protocol) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        AnswerWriter writer = writer(protocol);
        for (StreamEvent event : EVENTS) {
            writer.write(event, new SseWriter(bytes));
        }
        return bytes.toByteArray();
    }

    private JsonNode read(Protocol protocol, String mode, int status, byte[] answer)
            throws Exception {
        Path file = Files.write(folder.resolve("answer"), answer);
        Path script = Path.of(OfficialClientsTest.class.getResource("/npm/answers.mjs").toURI());
        Process node =
                new ProcessBuilder(
                                "node",
                                script.toString(),
                                npm,
                                protocol.name().toLowerCase(Locale.ROOT),
                                mode,
                                String.valueOf(status),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        byte[] said = node.getInputStream().readAllBytes();
        assertThat(node.waitFor()).isZero();
        return new ObjectMapper().readTree(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "whole"})
    void openAiReadsTheWholeTurn(String mode) throws Exception {
        byte[] answer =
                mode.equals("stream")
                        ? stream(Protocol.OPENAI)
                        : writer(Protocol.OPENAI).whole(EVENTS);
        JsonNode read = read(Protocol.OPENAI, mode, 200, answer);
        JsonNode message = read.at("/choices/0/message");
        assertThat(message.path("content").asText()).isEqualTo("Grüße 🌍");
        assertThat(message.path("tool_calls")).hasSize(2);
        assertThat(message.at("/tool_calls/0/id").asText()).isEqualTo("c_a");
        assertThat(message.at("/tool_calls/0/function/arguments").asText())
                .isEqualTo("{\"path\":\"a.txt\"}");
        assertThat(message.at("/tool_calls/1/function/name").asText()).isEqualTo("list");
        assertThat(message.at("/tool_calls/1/function/arguments").asText())
                .isEqualTo("{\"n\":1.50}");
        assertThat(read.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(read.at("/usage/prompt_tokens").asInt()).isEqualTo(127);
        assertThat(read.at("/usage/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "whole"})
    void anthropicReadsTheWholeTurn(String mode) throws Exception {
        byte[] answer =
                mode.equals("stream")
                        ? stream(Protocol.ANTHROPIC)
                        : writer(Protocol.ANTHROPIC).whole(EVENTS);
        JsonNode read = read(Protocol.ANTHROPIC, mode, 200, answer);
        JsonNode content = read.path("content");
        assertThat(content).hasSize(4);
        assertThat(content.at("/0/thinking").asText()).isEqualTo("Let me see");
        assertThat(content.at("/0/signature").asText()).isEqualTo("sig==");
        assertThat(content.at("/1/text").asText()).isEqualTo("Grüße 🌍");
        assertThat(content.at("/2/input/path").asText()).isEqualTo("a.txt");
        assertThat(content.at("/3/id").asText()).isEqualTo("c_b");
        assertThat(content.at("/3/input/n").asDouble()).isEqualTo(1.5);
        assertThat(read.path("stop_reason").asText()).isEqualTo("tool_use");
        assertThat(read.at("/usage/input_tokens").asInt()).isEqualTo(20);
        assertThat(read.at("/usage/cache_creation_input_tokens").asInt()).isEqualTo(7);
    }

    @Test
    void aFailureInAStreamIsAFailureOfTheCall() throws Exception {
        for (Protocol protocol : List.of(Protocol.OPENAI, Protocol.ANTHROPIC)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            AnswerWriter writer = writer(protocol);
            SseWriter out = new SseWriter(bytes);
            writer.write(new StreamEvent.TextDelta("half"), out);
            writer.fail(new WireError(529, "overloaded", "acme is busy", null), out);
            JsonNode read = read(protocol, "stream", 200, bytes.toByteArray());
            assertThat(read.path("failure").asText()).as("%s: %s", protocol, read).isNotEmpty();
            assertThat(read.toString()).contains("acme is busy");
        }
    }

    @Test
    void anErrorHasItsFieldsWhereTheyLookForThem() throws Exception {
        WireError error = new WireError(429, "rate_limited", "too fast", "messages[0]");
        JsonNode openAi = read(Protocol.OPENAI, "whole", 429, server(Protocol.OPENAI).error(error));
        assertThat(openAi.path("failure").asText()).isEqualTo("RateLimitError");
        assertThat(openAi.at("/error/param").asText()).isEqualTo("messages[0]");
        assertThat(openAi.at("/error/code").asText()).isEqualTo("rate_limited");
        JsonNode anthropic =
                read(Protocol.ANTHROPIC, "whole", 429, server(Protocol.ANTHROPIC).error(error));
        assertThat(anthropic.path("failure").asText()).isEqualTo("RateLimitError");
        assertThat(anthropic.at("/error/error/type").asText()).isEqualTo("rate_limit_error");
    }
}
