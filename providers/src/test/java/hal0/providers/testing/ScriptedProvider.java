package hal0.providers.testing;

import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/// A provider over real HTTP that gives the answers it was told to give, in order, and records what
/// it was asked.
///
/// **Shape** `says…` adds an answer in the provider's own protocol, streamed when the request asks
/// for a stream; when none is left it answers 500 and says so. `GET …/models` is answered from
/// `lists`. **Threads** any.
public final class ScriptedProvider implements AutoCloseable {

    /// A request as it arrived.
    public record Asked(String method, String target, okhttp3.Headers headers, String body) {}

    private final Protocol protocol;
    private final MockWebServer server = new MockWebServer();
    private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Asked> fresh = new LinkedBlockingQueue<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile String models = "{\"object\":\"list\",\"data\":[]}";

    private interface Answer {
        MockResponse to(boolean streamed);
    }

    private ScriptedProvider(Protocol protocol) {
        this.protocol = protocol;
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return answer(request);
                    }
                });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ScriptedProvider openAi() {
        return new ScriptedProvider(Protocol.OPENAI);
    }

    public static ScriptedProvider anthropic() {
        return new ScriptedProvider(Protocol.ANTHROPIC);
    }

    public static ScriptedProvider gemini() {
        return new ScriptedProvider(Protocol.GEMINI);
    }

    private MockResponse answer(RecordedRequest request) {
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        Asked seen =
                new Asked(request.getMethod(), request.getTarget(), request.getHeaders(), body);
        asked.add(seen);
        fresh.add(seen);
        if (request.getMethod().equals("GET")) {
            return json(200, models);
        }
        Answer answer = answers.poll();
        return answer == null
                ? json(500, "{\"error\":{\"message\":\"the script of this provider is over\"}}")
                : answer.to(
                        body.contains("\"stream\":true")
                                || body.contains("\"stream\": true")
                                || seen.target().contains(":streamGenerateContent?alt=sse"));
    }

    /// The base URL: with `/v1` for OpenAI, `/v1beta` for Gemini, without for Anthropic, as their
    /// presets have it.
    public URI baseUrl() {
        String root = "http://127.0.0.1:" + server.getPort();
        if (protocol == Protocol.GEMINI) {
            return URI.create(root + "/v1beta");
        }
        return URI.create(protocol == Protocol.OPENAI ? root + "/v1" : root);
    }

    /// A provider of that id whose calls come here, without a key.
    public Provider provider(String id) {
        return Provider.builder(id, protocol, baseUrl()).auth(new Auth.None()).build();
    }

    /// Answers with these pieces of text and 10 tokens in, 5 out.
    public ScriptedProvider says(String... pieces) {
        answers.add(streamed ->
                streamed
                        ? stream(frames(List.of(pieces)))
                        : json(200, whole(String.join("", pieces))));
        return this;
    }

    /// Answers with a call of a tool.
    public ScriptedProvider callsTool(String id, String name, String arguments) {
        answers.add(streamed ->
                streamed
                        ? stream(toolFrames(id, name, arguments))
                        : json(200, wholeTool(id, name, arguments)));
        return this;
    }

    /// Answers with these bytes as a stream of events.
    public ScriptedProvider streams(String sse) {
        answers.add(_ -> stream(sse));
        return this;
    }

    /// Answers with a status and a JSON body.
    public ScriptedProvider fails(int status, String body, String... headers) {
        answers.add(_ -> {
            MockResponse.Builder response = json(status, body).newBuilder();
            for (int i = 0; i < headers.length; i += 2) {
                response.setHeader(headers[i], headers[i + 1]);
            }
            return response.build();
        });
        return this;
    }

    /// Answers with anything else.
    public ScriptedProvider answers(MockResponse response) {
        answers.add(_ -> response);
        return this;
    }

    /// What `GET …/models` answers.
    public ScriptedProvider lists(String json) {
        models = json;
        return this;
    }

    /// Every request so far, oldest first.
    public List<Asked> asked() {
        return new ArrayList<>(asked);
    }

    /// The next request that was not taken yet; waits for it.
    public Asked takeAsked() {
        try {
            Asked next = fresh.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("the provider was not asked");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .setHeader("x-request-id", "req_scripted")
                .body(body)
                .build();
    }

    private static MockResponse stream(String sse) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "text/event-stream; charset=utf-8")
                .chunkedBody(sse, 256)
                .build();
    }

    private String frames(List<String> pieces) {
        StringBuilder sse = new StringBuilder();
        if (protocol == Protocol.GEMINI) {
            for (String piece : pieces) {
                sse.append("data: ").append(geminiText(piece, "")).append("\n\n");
            }
            return sse.append("data: " + geminiText("", GEMINI_END) + "\n\n").toString();
        }
        if (protocol == Protocol.OPENAI) {
            for (String piece : pieces) {
                sse.append(chunk("{\"content\":" + quoted(piece) + "}", "null"));
            }
            return sse.append(openAiEnd("\"stop\"")).toString();
        }
        sse.append(anthropicStart());
        sse.append(
                event(
                        "content_block_start",
                        "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
        for (String piece : pieces) {
            sse.append(
                    event(
                            "content_block_delta",
                            "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
                                    + quoted(piece)
                                    + "}"));
        }
        return sse.append(anthropicEnd("end_turn")).toString();
    }

    private String toolFrames(String id, String name, String arguments) {
        if (protocol == Protocol.GEMINI) {
            return "data: "
                    + geminiCall(id, name, arguments, "")
                    + "\n\ndata: "
                    + geminiText("", GEMINI_END)
                    + "\n\n";
        }
        if (protocol == Protocol.OPENAI) {
            String call =
                    "{\"tool_calls\":[{\"index\":0,\"id\":%s,\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}]}"
                            .formatted(quoted(id), quoted(name), quoted(arguments));
            return chunk(call, "null") + openAiEnd("\"tool_calls\"");
        }
        return anthropicStart()
                + event(
                        "content_block_start",
                        "\"index\":0,\"content_block\":{\"type\":\"tool_use\",\"id\":%s,\"name\":%s,\"input\":{}}"
                                .formatted(quoted(id), quoted(name)))
                + event(
                        "content_block_delta",
                        "\"index\":0,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":"
                                + quoted(arguments)
                                + "}")
                + anthropicEnd("tool_use");
    }

    private static String openAiEnd(String finish) {
        return chunk("{}", finish)
                + "data: {\"id\":\"chatcmpl-1\",\"model\":\"scripted\",\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}}\n\n"
                + "data: [DONE]\n\n";
    }

    private static String anthropicStart() {
        return event(
                "message_start",
                "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"scripted\",\"content\":[],\"usage\":{\"input_tokens\":10,\"output_tokens\":1}}");
    }

    private static String anthropicEnd(String reason) {
        return event("content_block_stop", "\"index\":0")
                + event(
                        "message_delta",
                        "\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":5}"
                                .formatted(reason))
                + event("message_stop", "");
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"model\":\"scripted\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
                .formatted(delta, finish);
    }

    private static String event(String type, String rest) {
        return "event: %s\ndata: {\"type\":\"%s\"%s}\n\n"
                .formatted(type, type, rest.isEmpty() ? "" : "," + rest);
    }

    private static final String GEMINI_END = ",\"finishReason\":\"STOP\"";

    private static String geminiText(String text, String end) {
        return gemini("{\"text\":" + quoted(text) + "}", end);
    }

    private static String geminiCall(String id, String name, String arguments, String end) {
        return gemini(
                "{\"functionCall\":{\"id\":%s,\"name\":%s,\"args\":%s}}"
                        .formatted(quoted(id), quoted(name), arguments),
                end);
    }

    private static String gemini(String part, String end) {
        return "{\"candidates\":[{\"content\":{\"parts\":[%s],\"role\":\"model\"},\"index\":0%s}],\"usageMetadata\":{\"promptTokenCount\":10,\"candidatesTokenCount\":5,\"totalTokenCount\":15},\"modelVersion\":\"scripted\",\"responseId\":\"r1\"}"
                .formatted(part, end);
    }

    private String whole(String text) {
        if (protocol == Protocol.GEMINI) {
            return geminiText(text, GEMINI_END);
        }
        return protocol == Protocol.OPENAI
                ? "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"scripted\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":%s},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}}"
                        .formatted(quoted(text))
                : "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"scripted\",\"content\":[{\"type\":\"text\",\"text\":%s}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":10,\"output_tokens\":5}}"
                        .formatted(quoted(text));
    }

    private String wholeTool(String id, String name, String arguments) {
        if (protocol == Protocol.GEMINI) {
            return geminiCall(id, name, arguments, GEMINI_END);
        }
        return protocol == Protocol.OPENAI
                ? "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"scripted\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":%s,\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}]},\"finish_reason\":\"tool_calls\"}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}}"
                        .formatted(quoted(id), quoted(name), quoted(arguments))
                : "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"scripted\",\"content\":[{\"type\":\"tool_use\",\"id\":%s,\"name\":%s,\"input\":%s}],\"stop_reason\":\"tool_use\",\"usage\":{\"input_tokens\":10,\"output_tokens\":5}}"
                        .formatted(quoted(id), quoted(name), arguments);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    /// The bytes of a text, for tests that compare them.
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
