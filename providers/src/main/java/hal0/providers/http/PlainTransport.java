package hal0.providers.http;

import hal0.providers.Timeouts;
import hal0.providers.error.Clock;
import hal0.providers.error.ProviderException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Calls without TLS and without a proxy, over connections of our own: local servers and those of
/// the same network, where the client library costs more than the wire.
///
/// **Shape** HTTP/1.1; what [OkHttpTransport] promises. A connection that served before and takes
/// nothing of a request is left for a new one; once anything was sent nothing is repeated.
/// **Threads** any.
final class PlainTransport implements Transport {
    /// Local servers (uvicorn, Node) close a connection that was idle for five seconds, and a
    /// request that meets the closing is lost: it may not be sent twice. Connecting anew to them is
    /// cheap.
    private static final Duration KEEP_IDLE = Duration.ofSeconds(4);

    /// What is made at the first call.
    private record Engine(Deadlines deadlines, PlainPool pool) {}

    private final String userAgent;
    private final AddressGuard guard;
    private final AtomicInteger open;
    private final Object lock = new Object();
    private @Nullable volatile Engine engine;

    /// **Shape** `open` counts the answers that nobody has closed yet.
    PlainTransport(String version, AddressGuard guard, AtomicInteger open) {
        this.userAgent = "hal0/" + version;
        this.guard = guard;
        this.open = open;
    }

    /// Whether a call needs neither TLS nor a proxy nor an address in another notation.
    static boolean takes(UpstreamRequest request) {
        URI uri = request.uri();
        return "http".equals(uri.getScheme())
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && request.provider().proxy() == null
                && isAscii(uri.getRawPath())
                && (uri.getRawQuery() == null || isAscii(uri.getRawQuery()));
    }

    private static boolean isAscii(@Nullable String text) {
        if (text != null) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) > '~') {
                    return false;
                }
            }
        }
        return true;
    }

    private Engine engine() {
        Engine current = engine;
        if (current == null) {
            synchronized (lock) {
                current = engine;
                if (current == null) {
                    Deadlines deadlines = new Deadlines();
                    current = new Engine(deadlines, new PlainPool(deadlines, KEEP_IDLE));
                    engine = current;
                }
            }
        }
        return current;
    }

    /// Connections that wait for another call.
    int idle() {
        return engine().pool.size();
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, CancelToken cancel) {
        CallFailures failures = new CallFailures(request, null);
        if (cancel.isCancelled()) {
            throw failures.cancelled(cancel.reason());
        }
        byte[] head = RequestHead.of(request, userAgent, failures);
        Engine current = engine();
        PlainExchange exchange = new PlainExchange(current.pool, request.uri().getRawAuthority());
        Deadlines.Timer timer = current.deadlines.timer(exchange::cancel);
        CancelToken.Registration hook = cancel.onCancel(exchange::cancel);
        Timeouts limits = request.provider().timeouts();
        boolean streamed = request.streamed();
        long answerAt = timer.in(streamed ? limits.firstToken() : limits.total());
        boolean answered = false;
        try {
            timer.arm(streamed ? Clock.FIRST_TOKEN : Clock.TOTAL, answerAt);
            AnswerHead answer = exchange(request, head, exchange, current.pool);
            answered = true;
            open.incrementAndGet();
            return new OpenResponse(
                    request,
                    answer.status(),
                    answer.headers(),
                    exchange,
                    cancel,
                    hook,
                    timer,
                    answerAt,
                    failures,
                    open::decrementAndGet);
        } catch (IOException e) {
            throw failed(e, failures, cancel, timer);
        } finally {
            if (!answered) {
                hook.close();
                timer.close();
                exchange.cancel();
            }
        }
    }

    private static ProviderException failed(
            IOException e, CallFailures failures, CancelToken cancel, Deadlines.Timer timer) {
        if (cancel.isCancelled()) {
            return failures.cancelled(cancel.reason());
        }
        Clock ranOut = timer.ranOut();
        if (ranOut != null) {
            return failures.timedOut(ranOut, 0);
        }
        return e instanceof ClosedByInterruptException
                ? failures.cancelled("the thread was interrupted")
                : failures.beforeHead(e, true);
    }

    private AnswerHead exchange(
            UpstreamRequest request, byte[] head, PlainExchange exchange, PlainPool pool)
            throws IOException {
        String origin = request.uri().getRawAuthority();
        PlainConnection connection = pool.take(origin);
        while (connection != null) {
            exchange.on(connection);
            try {
                return exchange(request, head, exchange, connection);
            } catch (PlainConnection.UnsentException e) {
                // The server ended it while it waited, and took nothing.
                connection.close();
                connection = pool.take(origin);
            }
        }
        return exchange(request, head, exchange, connect(request, exchange));
    }

    private static AnswerHead exchange(
            UpstreamRequest request,
            byte[] head,
            PlainExchange exchange,
            PlainConnection connection)
            throws IOException {
        Body body = request.body();
        List<Body.Slice> slices = body == null ? List.of() : body.slices();
        try {
            connection.write(head, slices, body == null ? 0 : body.length());
        } catch (PlainConnection.UnsentException e) {
            throw e;
        } catch (IOException e) {
            return refusal(request, exchange, connection, e);
        }
        return exchange.receive(request.method(), connection);
    }

    /// A server may answer a request that it does not want to read to its end, and hang up.
    private static AnswerHead refusal(
            UpstreamRequest request,
            PlainExchange exchange,
            PlainConnection connection,
            IOException broken)
            throws IOException {
        try {
            return exchange.receive(request.method(), connection);
        } catch (IOException e) {
            broken.addSuppressed(e);
            throw broken;
        }
    }

    private PlainConnection connect(UpstreamRequest request, PlainExchange exchange)
            throws IOException {
        URI uri = request.uri();
        String host = uri.getHost();
        InetAddress[] addresses = InetAddress.getAllByName(host);
        for (InetAddress address : addresses) {
            Optional<String> refusal = guard.refusal(bare(host), address);
            if (refusal.isPresent()) {
                throw new RefusedAddressException(refusal.get());
            }
        }
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        Duration patience = request.provider().timeouts().connect();
        for (int i = 0; ; i++) {
            PlainConnection connection = PlainConnection.create();
            exchange.on(connection);
            try {
                connection.connect(new InetSocketAddress(addresses[i], port), patience);
                return connection;
            } catch (IOException e) {
                connection.close();
                if (i == addresses.length - 1) {
                    throw e;
                }
            }
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public void close() {
        Engine current = engine;
        if (current != null) {
            current.pool.close();
            current.deadlines.close();
        }
    }
}
