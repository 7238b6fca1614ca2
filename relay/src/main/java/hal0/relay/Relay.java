package hal0.relay;

import hal0.relay.connection.ClientSweeper;
import hal0.relay.connection.WatchedSelector;
import hal0.relay.guard.HostRule;
import hal0.relay.guard.OriginRule;
import hal0.relay.key.Gate;
import hal0.relay.route.Front;
import hal0.relay.route.LateAnswer;
import hal0.relay.route.RouteTable;
import hal0.relay.route.ServerErrors;
import hal0.relay.route.Traffic;
import io.helidon.common.LazyValue;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The HTTP server, from the moment it listens until its last stream has ended.
///
/// **Threads** any; `close` blocks until the server has stopped.
public final class Relay implements AutoCloseable {
    private static final Duration LAST_STREAMS = Duration.ofSeconds(10);
    private static final long MB = 1024 * 1024;

    private final WebServer server;
    private final LazyValue<RouteTable> routes;
    private final ClientSweeper sweeper;
    private final Traffic traffic;
    private final URI address;
    private final Duration lastStreams;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Relay(
            WebServer server,
            LazyValue<RouteTable> routes,
            ClientSweeper sweeper,
            Traffic traffic,
            URI address,
            Duration lastStreams) {
        this.server = server;
        this.routes = routes;
        this.sweeper = sweeper;
        this.traffic = traffic;
        this.address = address;
        this.lastStreams = lastStreams;
    }

    /// Listens; port 0 is any free one. `gate` says who is let in. `routes` are asked for once,
    /// when the first request comes: the screen's relay may never get one.
    ///
    /// **Errors** [CannotListenException].
    public static Relay start(
            RelaySettings settings, Supplier<RouteTable> routes, Traffic traffic, Gate gate) {
        return start(settings, routes, traffic, gate, LAST_STREAMS);
    }

    /// `lastStreams` is how long `close` lets open streams go on.
    public static Relay start(
            RelaySettings settings,
            Supplier<RouteTable> routes,
            Traffic traffic,
            Gate gate,
            Duration lastStreams) {
        QuietServices.install();
        refuseTakenPort(settings);
        HostRule hosts = HostRule.of(settings.host(), settings.allowedHosts());
        OriginRule origins = new OriginRule(settings.allowedOrigins(), hosts);
        LazyValue<RouteTable> once = LazyValue.create(routes);
        Front front = new Front(once, hosts, origins, traffic, gate);
        ClientSweeper sweeper = new ClientSweeper();
        WebServer server =
                WebServer.builder()
                        .host(settings.host())
                        .port(settings.port())
                        .connectionOptions(options -> options.tcpNoDelay(true))
                        .shutdownHook(false)
                        // Nothing but what stands here.
                        .featuresDiscoverServices(false)
                        .protocolsDiscoverServices(false)
                        .concurrencyLimitDiscoverServices(false)
                        .directHandlers(ServerErrors.all())
                        // The handlers bound JSON by less.
                        .maxPayloadSize(largest(settings) * MB)
                        // Longer than the wait for streams, which are cancelled before it is over.
                        .shutdownGracePeriod(lastStreams.plusSeconds(2))
                        .addConnectionSelector(
                                WatchedSelector.of(
                                        http(),
                                        sweeper,
                                        settings.uploads().headTimeout(),
                                        settings.uploads().bodyTimeout(),
                                        LateAnswer::toHead))
                        .routing(routing -> routing.any(front))
                        .build()
                        .start();
        if (!server.isRunning()) {
            sweeper.close();
            // Who took the port since it was looked at is named as if it had been there before.
            refuseTakenPort(settings);
            throw new CannotListenException(
                    settings.host(), settings.port(), "the server did not start");
        }
        URI address = URI.create("http://" + inUrl(settings.host()) + ":" + server.port());
        return new Relay(server, once, sweeper, traffic, address, lastStreams);
    }

    private static long largest(RelaySettings settings) {
        return Math.max(settings.maxBodyMb(), settings.uploads().maxMb());
    }

    private static Http1Config http() {
        return Http1Config.builder()
                .maxHeadersSize(64 * 1024)
                .sendKeepAliveHeader(false)
                // It would refuse every Content-Encoding. Host and lengths are checked all the
                // same.
                .validateRequestHeaders(false)
                .build();
    }

    /// Where the relay listens.
    public URI address() {
        return address;
    }

    /// Makes the routes now, for who expects requests.
    public void prepare() {
        RouteTable _ = routes.get();
    }

    /// Takes no more requests, gives open streams their time to end, then ends them.
    @Override
    public void close() {
        Thread.ofVirtual().name("relay-drain").start(this::cancelLastStreams);
        server.stop();
        stopped.countDown();
        sweeper.close();
    }

    private void cancelLastStreams() {
        try {
            if (!stopped.await(lastStreams.toMillis(), TimeUnit.MILLISECONDS)) {
                traffic.cancelAll("the relay is shutting down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The server library would print a stack trace for a port that is taken.
    private static void refuseTakenPort(RelaySettings settings) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            InetSocketAddress wanted = new InetSocketAddress(settings.host(), settings.port());
            if (wanted.isUnresolved()) {
                throw new CannotListenException(
                        settings.host(), settings.port(), "that name has no address");
            }
            probe.bind(wanted);
        } catch (IOException e) {
            throw new CannotListenException(
                    settings.host(), settings.port(), String.valueOf(e.getMessage()));
        }
    }

    private static String inUrl(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
