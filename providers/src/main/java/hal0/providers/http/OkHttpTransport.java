package hal0.providers.http;

import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.error.Clock;
import hal0.providers.error.ProviderException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// Calls over HTTP/1.1 and, with TLS, HTTP/2.
///
/// **Shape** a redirect is an answer and never followed (it would carry the key elsewhere); nothing
/// is repeated once it was sent; the answer's encoding is what the caller asked for, `identity`
/// unless it asked. The client is made at the first call, because it is heavy to load. **Errors**
/// as [Transport], and `Rejected` for an address that [AddressGuard] refuses. **Threads** any.
public final class OkHttpTransport implements Transport {
    private static final int IDLE_CONNECTIONS = 256;
    private static final Duration KEEP_IDLE = Duration.ofMinutes(4);

    /// Local servers (uvicorn, Node) close a connection that was idle for five seconds, and a
    /// request that meets the closing is lost: it may not be sent twice. Connecting anew to them is
    /// cheap.
    private static final Duration KEEP_PLAIN_IDLE = Duration.ofSeconds(4);

    private record Settings(boolean plain, Duration connect, @Nullable URI proxy) {}

    /// What is made at the first call.
    private record Engine(
            OkHttpClient client,
            ConnectionPool plainPool,
            Deadlines deadlines,
            ConcurrentHashMap<Settings, OkHttpClient> by) {}

    private final String userAgent;
    private final AddressGuard guard;
    private final ProxyRules proxies;
    private final AtomicInteger open = new AtomicInteger();
    private final Object lock = new Object();
    private @Nullable volatile Engine engine;

    /// **Shape** `version` goes into `User-Agent`; `variables` are looked up for `HTTPS_PROXY` and
    /// `NO_PROXY`.
    public OkHttpTransport(
            String version, AddressGuard guard, Function<String, Optional<String>> variables) {
        this.userAgent = "hal0/" + version;
        this.guard = guard;
        this.proxies = new ProxyRules(variables);
    }

    /// Answers that nobody has closed yet.
    public int openResponses() {
        return open.get();
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, CancelToken cancel) {
        HttpUrl url = HttpUrl.get(request.uri());
        URI proxy = url == null ? null : proxy(request, url);
        CallFailures failures = new CallFailures(request, proxy);
        if (cancel.isCancelled()) {
            throw failures.cancelled(cancel.reason());
        }
        if (url == null) {
            throw failures.notAnAddress();
        }
        Optional<String> refusal = guard.refusalOfLiteral(url.host());
        if (refusal.isPresent()) {
            throw failures.refused(refusal.get());
        }
        Engine current = engine();
        Request message = message(request, url, failures);
        AtomicReference<Call> begun = new AtomicReference<>();
        Deadlines.Timer timer =
                current.deadlines.timer(() -> {
                    Call call = begun.get();
                    if (call != null) {
                        call.cancel();
                    }
                });
        HandshakeClock.Clocks clocks = clocks(request, timer);
        Call call =
                client(current, request.provider(), !url.isHttps(), proxy)
                        .newCall(
                                message.newBuilder()
                                        .tag(HandshakeClock.Clocks.class, clocks)
                                        .build());
        begun.set(call);
        CancelToken.Registration hook = cancel.onCancel(call::cancel);
        boolean answered = false;
        try {
            timer.arm(clocks.next(), clocks.nextAt());
            Response response = call.execute();
            answered = true;
            open.incrementAndGet();
            return new OkHttpResponse(
                    request,
                    call,
                    response,
                    cancel,
                    hook,
                    timer,
                    clocks.nextAt(),
                    failures,
                    open::decrementAndGet);
        } catch (IOException e) {
            throw failed(e, failures, cancel, clocks);
        } finally {
            if (!answered) {
                hook.close();
                timer.close();
            }
        }
    }

    private @Nullable URI proxy(UpstreamRequest request, HttpUrl url) {
        try {
            return proxies.proxyFor(request.provider(), url.scheme(), url.host(), url.port());
        } catch (IllegalArgumentException e) {
            throw new CallFailures(request, null).badProxy();
        }
    }

    private static HandshakeClock.Clocks clocks(UpstreamRequest request, Deadlines.Timer timer) {
        Timeouts limits = request.provider().timeouts();
        boolean streamed = request.streamed();
        return new HandshakeClock.Clocks(
                timer,
                limits.connect(),
                streamed ? Clock.FIRST_TOKEN : Clock.TOTAL,
                timer.in(streamed ? limits.firstToken() : limits.total()),
                new AtomicBoolean());
    }

    private static ProviderException failed(
            IOException e,
            CallFailures failures,
            CancelToken cancel,
            HandshakeClock.Clocks clocks) {
        if (cancel.isCancelled()) {
            return failures.cancelled(cancel.reason());
        }
        Clock ranOut = clocks.timer().ranOut();
        if (ranOut == null
                && e instanceof InterruptedIOException
                && !(e instanceof SocketTimeoutException)) {
            Thread.currentThread().interrupt();
            return failures.cancelled("the thread was interrupted");
        }
        return ranOut != null
                ? failures.timedOut(ranOut, 0)
                : failures.beforeHead(e, clocks.reached().get());
    }

    private Request message(UpstreamRequest request, HttpUrl url, CallFailures failures) {
        okhttp3.Headers.Builder headers = new okhttp3.Headers.Builder();
        request.headers()
                .forEach((name, value) -> {
                    if (!printable(value)) {
                        throw failures.badHeader(name);
                    }
                    // The checked method would put a refused value into its message.
                    headers.addUnsafeNonAscii(name, value);
                });
        if (headers.get("User-Agent") == null) {
            headers.add("User-Agent", userAgent);
        }
        if (headers.get("Accept-Encoding") == null) {
            headers.add("Accept-Encoding", "identity");
        }
        RequestBody body = null;
        if (request.body() != null) {
            body = new SliceBody(request.body());
            headers.set("Content-Type", request.body().contentType());
        } else if (request.method().equals("POST") || request.method().equals("PUT")) {
            body = new SliceBody(new Body("", List.of()));
        }
        return new Request.Builder()
                .url(url)
                .headers(headers.build())
                .method(request.method(), body)
                .build();
    }

    private static boolean printable(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                return false;
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
                    current =
                            new Engine(
                                    build(),
                                    pool(KEEP_PLAIN_IDLE),
                                    new Deadlines(),
                                    new ConcurrentHashMap<>());
                    engine = current;
                }
            }
        }
        return current;
    }

    private OkHttpClient build() {
        return new OkHttpClient.Builder()
                .connectionPool(pool(KEEP_IDLE))
                .socketFactory(new NoDelaySockets())
                .dns(this::lookup)
                .eventListener(new HandshakeClock())
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                // Safe: the bodies are one-shot, so only calls that never left are repeated.
                .retryOnConnectionFailure(true)
                // The clocks are ours.
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .callTimeout(Duration.ZERO)
                .build();
    }

    private static ConnectionPool pool(Duration idle) {
        return new ConnectionPool(IDLE_CONNECTIONS, idle.toMillis(), TimeUnit.MILLISECONDS);
    }

    private List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> addresses = Dns.SYSTEM.lookup(host);
        for (InetAddress address : addresses) {
            Optional<String> refusal = guard.refusal(host, address);
            if (refusal.isPresent()) {
                throw new RefusedAddressException(refusal.get());
            }
        }
        return addresses;
    }

    private static OkHttpClient client(
            Engine engine, Provider provider, boolean plain, @Nullable URI proxy) {
        return engine.by.computeIfAbsent(
                new Settings(plain, provider.timeouts().connect(), proxy),
                settings -> derive(engine, settings));
    }

    /// A client of other settings that shares the pools.
    private static OkHttpClient derive(Engine engine, Settings settings) {
        OkHttpClient.Builder builder =
                engine.client.newBuilder().connectTimeout(settings.connect());
        if (settings.plain()) {
            builder.connectionPool(engine.plainPool);
        }
        URI proxy = settings.proxy();
        if (proxy != null) {
            int port = proxy.getPort() > 0 ? proxy.getPort() : 80;
            builder.proxy(
                    new Proxy(
                            Proxy.Type.HTTP,
                            InetSocketAddress.createUnresolved(proxy.getHost(), port)));
            String user = proxy.getUserInfo();
            if (user != null) {
                builder.proxyAuthenticator((_, answer) -> authenticated(answer, user));
            }
        }
        return builder.build();
    }

    private static @Nullable Request authenticated(Response answer, String user) {
        if (answer.request().header("Proxy-Authorization") != null) {
            // Refused once: asking again with the same name would never end.
            return null;
        }
        int colon = user.indexOf(':');
        String name = colon < 0 ? user : user.substring(0, colon);
        String password = colon < 0 ? "" : user.substring(colon + 1);
        return answer.request()
                .newBuilder()
                .header("Proxy-Authorization", Credentials.basic(name, password))
                .build();
    }

    @Override
    public void close() {
        Engine current = engine;
        if (current != null) {
            current.client.dispatcher().cancelAll();
            current.client.connectionPool().evictAll();
            current.plainPool.evictAll();
            current.deadlines.close();
        }
    }
}
