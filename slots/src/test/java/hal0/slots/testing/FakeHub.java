package hal0.slots.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Hugging Face on this machine: repositories at one address, and what they hold at another, to
/// which one is redirected.
///
/// **Shape** files under `org/repo`; `plain` ones are given directly, under `/plain/NAME`, by the
/// second server. **Threads** any.
public final class FakeHub implements AutoCloseable {
    private static final int PIECE = 1024;

    private final HttpServer hub;
    private final HttpServer cdn;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile int cutAfter;
    private volatile @Nullable CountDownLatch held;
    private volatile boolean ranges = true;
    private volatile boolean gated;
    private volatile boolean linked = true;
    private volatile @Nullable String wrongSum;

    /// A request that came, with those of its headers that matter.
    public record Asked(
            String path, @Nullable String authorization, @Nullable String range, String server) {}

    public FakeHub() throws IOException {
        hub = server(this::repository);
        cdn = server(this::content);
    }

    private static HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", handler);
        server.start();
        return server;
    }

    /// What goes into `HF_ENDPOINT`.
    public URI endpoint() {
        return address(hub, "");
    }

    /// Where a plain file is.
    public URI plain(String name) {
        return address(cdn, "/plain/" + name);
    }

    private static URI address(HttpServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    public FakeHub put(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    /// Breaks off the next `times` contents after so many bytes.
    public FakeHub cut(int times, int after) {
        cutAfter = after;
        cuts.set(times);
        return this;
    }

    /// Answers the next `times` requests for content with 503.
    public FakeHub refuse(int times) {
        refusals.set(times);
        return this;
    }

    /// Holds contents after so many bytes, until the latch is open.
    public FakeHub hold(int after, CountDownLatch until) {
        cutAfter = after;
        held = until;
        return this;
    }

    public FakeHub withoutRanges() {
        ranges = false;
        return this;
    }

    /// Says nothing of checksums, and gives content without redirects.
    public FakeHub withoutLinks() {
        linked = false;
        return this;
    }

    /// Wants a token, and a licence that nobody has accepted.
    public FakeHub gated() {
        gated = true;
        return this;
    }

    /// Says that every file has this checksum.
    public FakeHub promising(String sum) {
        wrongSum = sum;
        return this;
    }

    public List<Asked> asked() {
        return asked;
    }

    /// What came to the server of contents.
    public List<Asked> contents() {
        return asked.stream().filter(a -> a.server().equals("cdn")).toList();
    }

    private void note(HttpExchange exchange, String server) {
        asked.add(
                new Asked(
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        exchange.getRequestHeaders().getFirst("Range"),
                        server));
    }

    private void repository(HttpExchange exchange) throws IOException {
        note(exchange, "hub");
        String path = exchange.getRequestURI().getPath();
        String[] parts = path.split("/", 6);
        if (path.startsWith("/api/models/") && parts.length >= 6) {
            tree(exchange, parts[3] + "/" + parts[4]);
        } else if (parts.length == 6 && parts[3].equals("resolve")) {
            resolve(exchange, parts[1] + "/" + parts[2] + "/" + parts[5]);
        } else {
            send(exchange, 404, "");
        }
    }

    private void tree(HttpExchange exchange, String repository) throws IOException {
        StringBuilder json = new StringBuilder("[{\"type\":\"directory\",\"path\":\"x\"}");
        boolean any = false;
        for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
            if (!file.getKey().startsWith(repository + "/")) {
                continue;
            }
            any = true;
            String lfs =
                    linked
                            ? ",\"lfs\":{\"oid\":\"%s\",\"size\":%d,\"pointerSize\":135}"
                                    .formatted(sum(file.getValue()), file.getValue().length)
                            : "";
            json.append(
                    ",{\"type\":\"file\",\"oid\":\"1\",\"size\":%d,\"path\":\"%s\"%s}"
                            .formatted(
                                    file.getValue().length,
                                    file.getKey().substring(repository.length() + 1),
                                    lfs));
        }
        if (!any) {
            exchange.getResponseHeaders().set("X-Error-Code", "RepoNotFound");
            send(exchange, 401, "");
            return;
        }
        send(exchange, 200, json.append(']').toString());
    }

    private void resolve(HttpExchange exchange, String file) throws IOException {
        byte[] content = files.get(file);
        if (content == null) {
            exchange.getResponseHeaders().set("X-Error-Code", "EntryNotFound");
            send(exchange, 404, "");
        } else if (gated) {
            exchange.getResponseHeaders().set("X-Error-Code", "GatedRepo");
            exchange.getResponseHeaders().set("X-Error-Message", "Access is restricted");
            send(exchange, 403, "");
        } else if (linked) {
            exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + sum(content) + "\"");
            exchange.getResponseHeaders().set("X-Linked-Size", String.valueOf(content.length));
            exchange.getResponseHeaders().set("X-Repo-Commit", "abc");
            exchange.getResponseHeaders()
                    .set("Location", address(cdn, "/content/" + file).toString());
            send(exchange, 302, "");
        } else {
            give(exchange, content);
        }
    }

    private void content(HttpExchange exchange) throws IOException {
        note(exchange, "cdn");
        String path = exchange.getRequestURI().getPath();
        byte[] content = files.get(path.replaceFirst("^/(content|plain)/", ""));
        if (content == null) {
            send(exchange, 404, "");
        } else if (refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            send(exchange, 503, "");
        } else {
            give(exchange, content);
        }
    }

    private void give(HttpExchange exchange, byte[] content) throws IOException {
        String tag = "\"" + sum(content).substring(0, 8) + "\"";
        exchange.getResponseHeaders().set("ETag", tag);
        String range = exchange.getRequestHeaders().getFirst("Range");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        int from = 0;
        if (ranges && range != null && (condition == null || condition.equals(tag))) {
            from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        }
        if (from > content.length || (from == content.length && from > 0)) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
            send(exchange, 416, "");
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        boolean cut = cuts.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        int end = cut ? Math.min(content.length, from + cutAfter) : content.length;
        OutputStream out = exchange.getResponseBody();
        for (int at = from; at < end; at += PIECE) {
            CountDownLatch until = held;
            if (until != null && at >= cutAfter) {
                out.flush();
                await(until);
            }
            out.write(content, at, Math.min(PIECE, end - at));
        }
        out.flush();
        exchange.close();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String sum(byte[] content) {
        String wrong = wrongSum;
        return wrong == null ? sha256(content) : wrong;
    }

    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        CountDownLatch until = held;
        if (until != null) {
            until.countDown();
        }
        hub.stop(0);
        cdn.stop(0);
    }
}
