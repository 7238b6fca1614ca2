package hal0.providers.http;

import hal0.providers.Provider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/// The HTTP clients of a transport, which share their connections.
///
/// **Shape** all is made at the first call, because it is heavy to load. **Threads** any.
final class Clients implements AutoCloseable {
    private static final int IDLE_CONNECTIONS = 256;
    private static final Duration KEEP_IDLE = Duration.ofMinutes(4);

    /// Local servers (uvicorn, Node) close a connection that was idle for five seconds, and a
    /// request that meets the closing is lost: it may not be sent twice. Connecting anew to them is
    /// cheap.
    private static final Duration KEEP_PLAIN_IDLE = Duration.ofSeconds(4);

    /// A connection that serves many calls (HTTP/2) and went dead unnoticed, as in a sleeping
    /// laptop, would take every later call with it: our clocks end calls, not connections.
    private static final Duration PING = Duration.ofSeconds(15);

    private record Settings(boolean plain, Duration connect, @Nullable URI proxy) {}

    /// What is made at the first call.
    private record Engine(
            OkHttpClient client,
            ConnectionPool plainPool,
            Deadlines deadlines,
            ConcurrentHashMap<Settings, OkHttpClient> by) {}

    private final AddressGuard guard;
    private final Consumer<OkHttpClient.Builder> more;
    private final Object lock = new Object();
    private @Nullable volatile Engine engine;

    Clients(AddressGuard guard, Consumer<OkHttpClient.Builder> more) {
        this.guard = guard;
        this.more = more;
    }

    Deadlines deadlines() {
        return engine().deadlines;
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
        OkHttpClient.Builder builder =
                new OkHttpClient.Builder()
                        .connectionPool(pool(KEEP_IDLE))
                        .socketFactory(new NoDelaySockets())
                        .dns(this::lookup)
                        .eventListener(new HandshakeClock())
                        .proxy(Proxy.NO_PROXY)
                        .followRedirects(false)
                        .followSslRedirects(false)
                        // Safe: the bodies are one-shot, so only calls that never left are
                        // repeated.
                        .retryOnConnectionFailure(true)
                        // The clocks are ours.
                        .readTimeout(Duration.ZERO)
                        .writeTimeout(Duration.ZERO)
                        .callTimeout(Duration.ZERO)
                        .pingInterval(PING);
        more.accept(builder);
        return builder.build();
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

    /// The client for calls to `provider`: `plain` without TLS, through `proxy` if there is one.
    OkHttpClient of(Provider provider, boolean plain, @Nullable URI proxy) {
        Engine engine = engine();
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
