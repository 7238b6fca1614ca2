package hal0.agent.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// An MCP server over HTTP with an OAuth server beside it, on a free port.
///
/// **Shape** what it does besides is switched by its public fields.
public final class WebServer implements AutoCloseable {
    /// One request: `method path rpcMethod`, its headers and its body.
    public record Seen(String line, Map<String, String> headers, String body) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    public final List<Seen> seen = new CopyOnWriteArrayList<>();
    public final AtomicInteger sessions = new AtomicInteger();
    public final CountDownLatch released = new CountDownLatch(1);
    public volatile boolean listens = false;
    public volatile boolean locked = false;
    public volatile String accepted = "";
    public volatile int expiresIn = 3600;
    public volatile List<String> proofs = List.of("S256");
    public volatile String resource = "";
    public volatile boolean registers = true;
    public volatile String tools = "one";
    private volatile String challenge = "";
    private final AtomicInteger tokens = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    public WebServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/team/mcp");
    }

    public List<String> lines() {
        return seen.stream().map(Seen::line).toList();
    }

    public Seen last(String line) {
        return seen.stream()
                .filter(each -> each.line().equals(line))
                .reduce((_, second) -> second)
                .orElseThrow(() -> new AssertionError(line + " not in " + lines()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            boolean rpc = path.equals("/team/mcp") && !body.isEmpty();
            String what = rpc ? " " + JSON.readTree(body).path("method").asText("answer") : "";
            Map<String, String> headers = new LinkedHashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
            seen.add(new Seen(exchange.getRequestMethod() + " " + path + what, headers, body));
            switch (path) {
                case "/team/mcp" -> mcp(exchange, headers, body);
                case "/.well-known/oauth-protected-resource/team/mcp" -> describe(exchange);
                case "/.well-known/oauth-authorization-server/as" -> issuer(exchange);
                case "/as/register" -> register(exchange, body);
                case "/as/token" -> token(exchange, form(body));
                default -> answer(exchange, 404, "text/plain", "nothing here");
            }
        }
    }

    private void mcp(HttpExchange exchange, Map<String, String> headers, String body)
            throws IOException {
        String token = headers.getOrDefault("authorization", "");
        if (locked && !token.equals("Bearer " + accepted)) {
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            "Bearer error=\"invalid_token\", scope=\"files:read\"");
            answer(exchange, 401, "application/json", "{\"error\":\"who?\"}");
            return;
        }
        String session = headers.getOrDefault("mcp-session-id", "");
        if (!session.isEmpty() && !session.equals("s" + sessions.get())) {
            answer(exchange, 404, "application/json", "{}");
            return;
        }
        switch (exchange.getRequestMethod()) {
            case "POST" -> post(exchange, JSON.readTree(body));
            case "GET" -> get(exchange, headers);
            case "DELETE" -> answer(exchange, 204, "text/plain", "");
            default -> answer(exchange, 405, "text/plain", "");
        }
    }

    private void post(HttpExchange exchange, JsonNode message) throws IOException {
        String id = message.path("id").toString();
        switch (message.path("method").asText()) {
            case "initialize" -> {
                exchange.getResponseHeaders()
                        .set("Mcp-Session-Id", "s" + sessions.incrementAndGet());
                result(
                        exchange,
                        id,
                        "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"web\",\"version\":\"2\"}}");
            }
            case "tools/list" ->
                    result(
                            exchange,
                            id,
                            "{\"tools\":[{\"name\":\"%s\",\"inputSchema\":{\"type\":\"object\"}}]}"
                                    .formatted(tools));
            case "tools/call" -> call(exchange, message, id);
            default -> answer(exchange, 202, "text/plain", "");
        }
    }

    private void call(HttpExchange exchange, JsonNode message, String id) throws IOException {
        String how = message.at("/params/arguments/how").asText("plain");
        switch (how) {
            case "stream" -> {
                OutputStream out = events(exchange);
                event(
                        out,
                        "",
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":%s,\"progress\":1}}"
                                .formatted(id));
                event(out, "", said(id, "streamed"));
            }
            case "cut" -> {
                OutputStream out = events(exchange);
                out.write("retry: 10\n".getBytes(UTF_8));
                event(out, "call-" + id, "");
            }
            case "half" -> event(events(exchange), "", "{\"jsonrpc\":\"2.0\",\"method\":\"x\"}");
            case "forget" -> {
                sessions.incrementAndGet();
                answer(exchange, 404, "application/json", "{}");
            }
            case "fail" ->
                    answer(
                            exchange,
                            500,
                            "application/json",
                            "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":1,\"message\":\"disk full\"}}");
            case "hang" -> {
                OutputStream out = events(exchange);
                event(out, "", "{\"jsonrpc\":\"2.0\",\"method\":\"x\"}");
                await();
            }
            default -> result(exchange, id, content("plain"));
        }
    }

    private void await() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void get(HttpExchange exchange, Map<String, String> headers) throws IOException {
        String last = headers.getOrDefault("last-event-id", "");
        if (last.startsWith("call-")) {
            event(events(exchange), "", said(last.substring(5), "resumed"));
        } else if (listens) {
            OutputStream out = events(exchange);
            await();
            tools = "two";
            event(
                    out,
                    "9",
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
        } else {
            answer(exchange, 405, "text/plain", "");
        }
    }

    private void describe(HttpExchange exchange) throws IOException {
        String own = resource.isEmpty() ? url().toString() : resource;
        answer(
                exchange,
                200,
                "application/json",
                "{\"resource\":\"%s\",\"authorization_servers\":[\"%s\"]}"
                        .formatted(own, url().resolve("/as")));
    }

    private void issuer(HttpExchange exchange) throws IOException {
        ObjectNode metadata = JSON.createObjectNode();
        metadata.put("issuer", url().resolve("/as").toString());
        metadata.put("authorization_endpoint", url().resolve("/as/authorize?tenant=1").toString());
        metadata.put("token_endpoint", url().resolve("/as/token").toString());
        if (registers) {
            metadata.put("registration_endpoint", url().resolve("/as/register").toString());
        }
        metadata.set("code_challenge_methods_supported", JSON.valueToTree(proofs));
        answer(exchange, 200, "application/json", metadata.toString());
    }

    private void register(HttpExchange exchange, String body) throws IOException {
        ObjectNode client = (ObjectNode) JSON.readTree(body);
        answer(exchange, 201, "application/json", client.put("client_id", "c-7").toString());
    }

    /// What a browser is sent to: the user says yes.
    public void challenge(String sent) {
        challenge = sent;
    }

    private void token(HttpExchange exchange, Map<String, String> form) throws IOException {
        boolean good =
                form.getOrDefault("client_id", "").equals("c-7")
                        && form.getOrDefault("resource", "").equals(url().toString())
                        && switch (form.getOrDefault("grant_type", "")) {
                            case "authorization_code" ->
                                    form.getOrDefault("code", "").equals("the-code")
                                            && hal0.agent.mcp.login.Proof.of(
                                                            form.get("code_verifier"))
                                                    .equals(challenge);
                            case "refresh_token" ->
                                    form.getOrDefault("refresh_token", "")
                                            .equals("refresh-" + tokens.get());
                            default -> false;
                        };
        if (!good) {
            answer(
                    exchange,
                    400,
                    "application/json",
                    "{\"error\":\"invalid_grant\",\"error_description\":\"no\"}");
            return;
        }
        int count = tokens.incrementAndGet();
        accepted = "access-" + count;
        answer(
                exchange,
                200,
                "application/json",
                "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d,\"refresh_token\":\"refresh-%d\"}"
                        .formatted(accepted, expiresIn, count));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : body.split("&")) {
            int at = pair.indexOf('=');
            if (at > 0) {
                form.put(pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), UTF_8));
            }
        }
        return form;
    }

    private static String content(String text) {
        return "{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}".formatted(text);
    }

    private static String said(String id, String text) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(id, content(text));
    }

    private static void result(HttpExchange exchange, String id, String result) throws IOException {
        answer(
                exchange,
                200,
                "application/json",
                "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(id, result));
    }

    private static OutputStream events(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private static void event(OutputStream out, String id, String data) throws IOException {
        String text = (id.isEmpty() ? "" : "id: " + id + "\n") + "data: " + data + "\n\n";
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    private static void answer(HttpExchange exchange, int status, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
