package hal0.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.RequestLine;
import hal0.providers.dialect.WireError;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Part;
import hal0.providers.responses.Responses;
import hal0.providers.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The official client reads what the Responses dialect writes, and is read by it.
@Tag("npm")
class ResponsesClientTest {
    private static final Responses RESPONSES = new Responses();
    private static final List<StreamEvent> ANSWER =
            List.of(
                    new StreamEvent.Started("x", "claude"),
                    new StreamEvent.ThinkingDelta("Let me"),
                    new StreamEvent.ThinkingDelta(" see."),
                    new StreamEvent.ThinkingSignature("EqQB+/="),
                    new StreamEvent.RedactedThinking("hidden"),
                    new StreamEvent.TextDelta("Grüße"),
                    new StreamEvent.TextDelta(" 🌍"),
                    new StreamEvent.ToolCallDelta(0, "call_a", "ls", "{\"x\":", "signed"),
                    new StreamEvent.ToolCallDelta(1, "call_b", "cat", "{}"),
                    new StreamEvent.ToolCallDelta(0, null, null, "1}"),
                    new StreamEvent.UsageReport(new Usage(10, 20, 5, 0, 0, 7, null)),
                    new StreamEvent.Done(StopReason.TOOL_CALLS));

    private static void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean counts = exchange.getRequestURI().getPath().endsWith("/input_tokens");
        try {
            ChatRequest request = RESPONSES.read(body, RequestLine.SILENT).request();
            byte[] answer = counts ? RESPONSES.writeCount(7) : answer(request);
            exchange.getResponseHeaders()
                    .add(
                            "Content-Type",
                            request.stream() ? "text/event-stream" : "application/json");
            send(exchange, 200, answer);
        } catch (InvalidRequestException e) {
            WireError error =
                    new WireError(400, "invalid", String.valueOf(e.getMessage()), e.place());
            send(exchange, 400, RESPONSES.error(error));
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] answer(ChatRequest request) throws IOException {
        AnswerWriter writer =
                RESPONSES.writer(
                        new AnswerHead("1", "claude", Instant.ofEpochSecond(9), request, true));
        if (!request.stream()) {
            return writer.whole(request.model().equals("echo") ? echo(request) : ANSWER);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SseWriter out = new SseWriter(bytes);
        if (request.model().equals("fails")) {
            writer.write(new StreamEvent.TextDelta("Par"), out);
            writer.fail(new WireError(503, "relay.busy", "nobody is free", null), out);
        } else {
            for (StreamEvent event : ANSWER) {
                writer.write(event, out);
            }
        }
        return bytes.toByteArray();
    }

    /// Says which parts were understood.
    private static List<StreamEvent> echo(ChatRequest request) {
        String parts =
                request.messages().stream()
                        .flatMap(message -> message.parts().stream())
                        .map(Part::toString)
                        .collect(Collectors.joining("\n"));
        return List.of(new StreamEvent.TextDelta(parts), new StreamEvent.Done(StopReason.END));
    }

    @Test
    void theOfficialClientReadsTheAnswerAndSendsItBack() throws Exception {
        String where = System.getenv("HAL0_TEST_NPM");
        assumeTrue(
                where != null && !where.isEmpty(),
                "HAL0_TEST_NPM names no folder with node_modules (.ci/run makes one)");
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", ResponsesClientTest::serve);
        server.start();
        try {
            check(client(Path.of(where), server.getAddress().getPort()));
        } finally {
            server.stop(0);
        }
    }

    private static JsonNode client(Path npm, int port) throws Exception {
        Path script =
                Path.of(
                        ResponsesClientTest.class
                                .getResource("/npm/openai-responses-client.cjs")
                                .toURI());
        ProcessBuilder builder = new ProcessBuilder("node", script.toString(), npm.toString());
        builder.environment().keySet().removeIf(name -> name.toLowerCase().endsWith("_proxy"));
        builder.environment().put("OPENAI_BASE_URL", "http://127.0.0.1:" + port + "/v1");
        builder.environment().put("OPENAI_API_KEY", "unused");
        Process node = builder.start();
        try {
            Output out = Output.reading(node.getInputStream(), "the client");
            Output err = Output.reading(node.getErrorStream(), "the client's errors");
            String said = out.whole();
            assertThat(node.waitFor()).as(err.text()).isZero();
            return TestHome.json(said);
        } finally {
            node.destroyForcibly();
        }
    }

    private static void check(JsonNode seen) {
        assertThat(seen.path("snapshots").toString())
                .isEqualTo("[\"Grüße\",\"Grüße 🌍\",\"{\\\"x\\\":\",\"{}\",\"{\\\"x\\\":1}\"]");
        JsonNode whole = seen.path("whole");
        assertThat(whole.path("output_text").asText()).isEqualTo("Grüße 🌍");
        assertThat(whole.path("usage").path("input_tokens").asInt()).isEqualTo(15);
        for (JsonNode answer : List.of(seen.path("streamed"), whole)) {
            List<String> types = answer.path("output").findValuesAsText("type");
            assertThat(String.join(" ", types))
                    .contains("reasoning", "message output_text", "function_call function_call");
            assertThat(answer.path("output").findValuesAsText("arguments"))
                    .containsExactly("{\"x\":1}", "{}");
        }
        assertThat(seen.path("streamed").path("usage")).isEqualTo(whole.path("usage"));
        assertThat(seen.path("streamed").path("output")).hasSameSizeAs(whole.path("output"));
        assertThat(seen.path("back").asText().split("\n"))
                .containsExactly(
                        new Part.Thinking("Let me see.", "EqQB+/=").toString(),
                        new Part.RedactedThinking("hidden").toString(),
                        new Part.Text("Grüße 🌍").toString(),
                        new Part.ToolCall("call_a", "ls", "{\"x\":1}", "signed").toString(),
                        new Part.ToolCall("call_b", "cat", "{}").toString(),
                        new Part.Text("go on").toString());
        assertThat(seen.path("count").path("input_tokens").asInt()).isEqualTo(7);
        assertThat(seen.path("failed").path("message").asText()).contains("nobody is free");
        assertThat(new String(RESPONSES.writeCount(7), UTF_8)).contains("response.input_tokens");
    }
}
