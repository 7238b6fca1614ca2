package hal0.cli.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/// A provider of embeddings, whose vectors are the words of a text; some words mean the same.
final class EmbeddingServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> SAME =
            Map.of("car", "vehicle", "automobile", "vehicle", "puppy", "dog", "hound", "dog");

    private final MockWebServer server = new MockWebServer();
    final AtomicInteger texts = new AtomicInteger();
    final AtomicInteger calls = new AtomicInteger();
    volatile int status = 200;
    volatile int dimension = 96;

    EmbeddingServer() throws IOException {
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return request.getTarget().endsWith("/embeddings")
                                ? answer(request)
                                : json(200, "{\"data\":[{\"id\":\"words\"}]}");
                    }
                });
        server.start();
    }

    URI url() {
        return server.url("/v1").uri();
    }

    private MockResponse answer(RecordedRequest request) {
        calls.incrementAndGet();
        if (status != 200) {
            return json(status, "{\"error\":{\"message\":\"not today\",\"type\":\"x\"}}");
        }
        try {
            JsonNode input = JSON.readTree(request.getBody().utf8()).path("input");
            ObjectNode answer = JSON.createObjectNode();
            ArrayNode data = answer.putArray("data");
            for (int i = input.size() - 1; i >= 0; i--) { // in no order
                ArrayNode vector = data.addObject().put("index", i).putArray("embedding");
                for (float number : vector(input.get(i).asText())) {
                    vector.add(number);
                }
            }
            texts.addAndGet(input.size());
            answer.putObject("usage").put("prompt_tokens", 10 * input.size());
            return json(200, answer.toString());
        } catch (IOException e) {
            return json(400, "{}");
        }
    }

    private float[] vector(String text) {
        float[] vector = new float[dimension];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+")) {
            String meaning = SAME.getOrDefault(word, word);
            vector[Math.floorMod(meaning.hashCode() * 31, dimension)] += 1;
        }
        return vector;
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
