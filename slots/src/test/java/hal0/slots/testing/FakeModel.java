package hal0.slots.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A model server on a real port that answers with the name of its model.
///
/// **Shape** `/health`, `/v1/models`, and POSTs of chat completions (whole and streamed),
/// embeddings and reranking. It is loading until `finishLoading`, unless it was made loaded.
/// **Threads** any.
public final class FakeModel implements AutoCloseable {
    private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"([^\"]*)\"");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String model;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final AtomicInteger healthAsked = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean loaded;
    private volatile boolean sick;
    private volatile boolean hanging;
    private volatile boolean slow;
    private volatile @Nullable CountDownLatch held;

    /// **Shape** `port` 0 is any free one.
    public FakeModel(String model, int port, boolean loaded) {
        this.model = model;
        this.loaded = loaded;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port, e);
        }
        server.setExecutor(threads);
        server.createContext("/health", this::health);
        server.createContext("/v1/models", this::models);
        server.createContext("/v1/chat/completions", this::chat);
        server.createContext("/v1/embeddings", this::embeddings);
        server.createContext("/v1/rerank", this::rerank);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public String model() {
        return model;
    }

    public void finishLoading() {
        loaded = true;
    }

    /// From now on its health is bad, or good again.
    public void sick(boolean value) {
        sick = value;
    }

    /// From now on it takes requests and answers none of them, while its health stays good.
    public void hanging(boolean value) {
        hanging = value;
    }

    /// From now on it does not answer the question for its health.
    public void slow(boolean value) {
        slow = value;
    }

    /// Requests for the model wait until the latch is counted down.
    public void hold(CountDownLatch latch) {
        held = latch;
    }

    /// The bodies of all requests for the model.
    public List<String> asked() {
        return asked;
    }

    /// The `Authorization` of all requests for the model, empty where none was sent.
    public List<String> keys() {
        return keys;
    }

    public int healthAsked() {
        return healthAsked.get();
    }

    /// Requests for the model that are not answered yet.
    public int inFlight() {
        return inFlight.get();
    }

    private void health(HttpExchange exchange) throws IOException {
        healthAsked.incrementAndGet();
        if (slow) {
            awaitEnd(exchange);
        } else if (sick) {
            send(exchange, 500, "{\"status\":\"error\"}");
        } else if (loaded) {
            send(exchange, 200, "{\"status\":\"ok\"}");
        } else {
            send(exchange, 503, "{\"status\":\"loading\"}");
        }
    }

    private void awaitEnd(HttpExchange exchange) {
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private void models(HttpExchange exchange) throws IOException {
        send(exchange, 200, "{\"object\":\"list\",\"data\":[{\"id\":\"%s\"}]}".formatted(model));
    }

    private void chat(HttpExchange exchange) throws IOException {
        String body = asked(exchange);
        if (Pattern.compile("\"stream\"\\s*:\\s*true").matcher(body).find()) {
            answer(exchange, "text/event-stream", streamed());
        } else {
            answer(
                    exchange,
                    "application/json",
                    """
                    {"id":"c1","object":"chat.completion","created":1,"model":"%s","choices":[{"index":0,"message":{"role":"assistant","content":"I am %s"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":3,"total_tokens":6}}
                    """
                            .formatted(model, model));
        }
    }

    private String streamed() {
        StringBuilder events = new StringBuilder();
        String chunk =
                "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"%s\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":%s}]}\n\n";
        for (String word : List.of("I ", "am ", model)) {
            events.append(chunk.formatted(model, word, "null"));
        }
        events.append(chunk.formatted(model, "", "\"stop\""));
        return events.append("data: [DONE]\n\n").toString();
    }

    private void embeddings(HttpExchange exchange) throws IOException {
        asked(exchange);
        answer(
                exchange,
                "application/json",
                "{\"object\":\"list\",\"model\":\"%s\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5]}],\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}"
                        .formatted(model));
    }

    private void rerank(HttpExchange exchange) throws IOException {
        asked(exchange);
        answer(
                exchange,
                "application/json",
                "{\"model\":\"%s\",\"results\":[{\"index\":0,\"relevance_score\":1.0}]}"
                        .formatted(model));
    }

    private String asked(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        asked.add(body);
        String key = exchange.getRequestHeaders().getFirst("Authorization");
        keys.add(key == null ? "" : key);
        return body;
    }

    /// The model's name in a request, empty without one.
    public static String modelIn(String body) {
        Matcher matcher = MODEL.matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }

    private void answer(HttpExchange exchange, String type, String body) throws IOException {
        inFlight.incrementAndGet();
        try {
            CountDownLatch latch = held;
            if (latch != null) {
                latch.await();
            }
            if (hanging) {
                closed.await();
                exchange.close();
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", type);
            send(exchange, loaded ? 200 : 503, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        if (exchange.getResponseHeaders().getFirst("Content-Type") == null) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        }
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /// Ends it at once: connections break.
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
