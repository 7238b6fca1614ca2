package hal0.agent.mcp.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where a browser comes back to after a login: a free port of this machine, open for that time.
///
/// **Threads** one waits. **Source** RFC 8252 section 7.3.
final class Loopback implements AutoCloseable {
    private static final String PATH = "/callback";

    private final HttpServer server;
    private final BlockingQueue<Map<String, String>> came = new LinkedBlockingQueue<>();

    private Loopback(HttpServer server) {
        this.server = server;
    }

    static Loopback open() throws IOException {
        // The address, as a name might lead to another family of addresses in the browser.
        InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(here, 0), 0);
        Loopback loopback = new Loopback(server);
        server.createContext(PATH, loopback::answer);
        server.start();
        return loopback;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            boolean ours =
                    query.containsKey("state") && exchange.getRequestURI().getPath().equals(PATH);
            String said =
                    !ours
                            ? "There is nothing here."
                            : query.containsKey("code")
                                    ? "hal0 has what it needs. You can close this window."
                                    : "The login was refused. You can close this window.";
            byte[] body =
                    "<!doctype html><meta charset=utf-8><title>hal0</title><p>%s"
                            .formatted(said)
                            .getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(ours ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            if (ours) {
                came.add(query);
            }
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> values = new HashMap<>();
        for (String pair : (raw == null ? "" : raw).split("&", -1)) {
            int at = pair.indexOf('=');
            if (at > 0) {
                values.put(decoded(pair.substring(0, at)), decoded(pair.substring(at + 1)));
            }
        }
        return values;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    /// What came with the browser that carries `state`; null when none does in time or it was
    /// cancelled. Others are not ours.
    @Nullable Map<String, String> await(String state, Duration patience, CancelToken cancel)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (CancelToken.Registration _ = cancel.onCancel(() -> came.add(Map.of()))) {
            while (!cancel.isCancelled()) {
                Map<String, String> next =
                        came.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    return null;
                }
                if (state.equals(next.get("state"))) {
                    return next;
                }
            }
            return null;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
