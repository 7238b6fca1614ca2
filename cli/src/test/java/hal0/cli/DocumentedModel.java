package hal0.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/// The model behind every provider of the documents: what it says follows from what it is told.
///
/// **Shape** OpenAI's Chat Completions, streamed or not, embeddings, and a list of models.
final class DocumentedModel implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> MODELS =
            List.of(
                    "deepseek-chat",
                    "gpt-5-mini",
                    "claude-sonnet-4-5",
                    "qwen3-32b",
                    "llama-3.3-70b-versatile");

    /// What it does one after the other where the task is that of a key; else it just answers.
    private static final Map<String, List<Said>> TASKS =
            Map.of(
                    "the mean is wrong",
                    List.of(
                            new Said.Call("list", Map.of("path", ".")),
                            new Said.Call("read", Map.of("path", "calc.py")),
                            new Said.Call("read", Map.of("path", "test_calc.py")),
                            new Said.Call(
                                    "edit",
                                    Map.of(
                                            "path", "calc.py",
                                            "old", "/ (len(values) - 1)",
                                            "new", "/ len(values)")),
                            new Said.Call("shell", Map.of("command", "python3 test_calc.py")),
                            new Said.Text(
                                    "The mean was divided by one too few. `calc.py:2` now divides by the number of values, and `python3 test_calc.py` passes.")),
                    "clean up the build folder",
                    List.of(
                            new Said.Call("shell", Map.of("command", "rm -rf build")),
                            new Said.Text(
                                    "I was not allowed to remove `build`; it is still there.")),
                    "Call the tool hal0_echo",
                    List.of(new Said.Call("hal0_echo", Map.of("text", "hal0-ok"))),
                    "Reply with exactly: hal0-ok",
                    List.of(new Said.Text("hal0-ok")));

    private sealed interface Said {
        record Text(String text) implements Said {}

        record Call(String tool, Map<String, String> arguments) implements Said {}
    }

    private final MockWebServer server = new MockWebServer();

    DocumentedModel() throws IOException {
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return answer(request);
                    }
                });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getPort();
    }

    private static MockResponse answer(RecordedRequest request) {
        String path = request.getTarget();
        try {
            if (path.endsWith("/models")) {
                return json(models());
            }
            JsonNode asked =
                    JSON.readTree(request.getBody() == null ? "{}" : request.getBody().utf8());
            if (path.endsWith("/embeddings")) {
                return json(
                        JSON.readTree(
                                "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.1,0.2]}],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}"));
            }
            Said said = said(asked.path("messages"));
            return asked.path("stream").asBoolean() ? stream(said) : json(whole(said));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next step of the task that the last message of the user begins.
    private static Said said(JsonNode messages) {
        int last = 0;
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).path("role").asText().equals("user")) {
                last = i;
            }
        }
        String asked = messages.path(last).path("content").toString();
        int step = 0;
        for (int i = last; i < messages.size(); i++) {
            step += messages.get(i).path("role").asText().equals("assistant") ? 1 : 0;
        }
        for (Map.Entry<String, List<Said>> task : TASKS.entrySet()) {
            if (asked.contains(task.getKey())) {
                return task.getValue().get(Math.min(step, task.getValue().size() - 1));
            }
        }
        return new Said.Text("Light is scattered.");
    }

    private static ObjectNode models() {
        ObjectNode list = JSON.createObjectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        MODELS.forEach(id -> data.addObject().put("id", id).put("object", "model"));
        return list;
    }

    private static ObjectNode message(Said said) throws IOException {
        ObjectNode message = JSON.createObjectNode().put("role", "assistant");
        switch (said) {
            case Said.Text(String text) -> message.put("content", text);
            case Said.Call(String tool, Map<String, String> arguments) -> {
                ObjectNode call =
                        message.putArray("tool_calls")
                                .addObject()
                                .put("index", 0)
                                .put("id", "call_" + System.nanoTime())
                                .put("type", "function");
                call.putObject("function")
                        .put("name", tool)
                        .put("arguments", JSON.writeValueAsString(arguments));
            }
        }
        return message;
    }

    private static ObjectNode envelope() {
        ObjectNode answer = JSON.createObjectNode().put("id", "c1").put("model", "documented");
        answer.putObject("usage")
                .put("prompt_tokens", 10)
                .put("completion_tokens", 5)
                .put("total_tokens", 15);
        return answer;
    }

    private static String finish(Said said) {
        return said instanceof Said.Call ? "tool_calls" : "stop";
    }

    private static ObjectNode whole(Said said) throws IOException {
        ObjectNode answer = envelope();
        ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
        choice.put("finish_reason", finish(said)).set("message", message(said));
        return answer;
    }

    private static MockResponse stream(Said said) throws IOException {
        ObjectNode chunk = JSON.createObjectNode().put("id", "c1").put("model", "documented");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.put("finish_reason", finish(said)).set("delta", message(said));
        ObjectNode last = envelope();
        last.putArray("choices");
        return new MockResponse.Builder()
                .setHeader("Content-Type", "text/event-stream")
                .body("data: %s\n\ndata: %s\n\ndata: [DONE]\n\n".formatted(chunk, last))
                .build();
    }

    private static MockResponse json(JsonNode body) {
        return new MockResponse.Builder()
                .setHeader("Content-Type", "application/json")
                .body(body.toString())
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
