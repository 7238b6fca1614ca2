package hal0.relay;

import static java.lang.System.Logger.Level.INFO;

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
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The HTTP server, from the moment it listens until its last stream has ended.
///
/// **Threads** any; `close` blocks until the server has stopped.
public final class Relay implements AutoCloseable {
    private static final Duration LAST_STREAMS = Duration.ofSeconds(10);
    private static final long MB = 1024 * 1024;
    private static final String IPV6_LOOPBACK = "::1";
    private static final System.Logger LOG = System.getLogger(Relay.class.getName());

    private final WebServer server;
    private final @Nullable WebServer second;
    private final LazyValue<RouteTable> routes;
    private final ClientSweeper sweeper;
    private final Traffic traffic;
    private final URI address;
    private final Duration lastStreams;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Relay(
            WebServer server,
            @Nullable WebServer second,
            LazyValue<RouteTable> routes,
            ClientSweeper sweeper,
            Traffic traffic,
            URI address,
            Duration lastStreams) {
        this.server = server;
        this.second = second;
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
        Supplier<WebServerConfig.Builder> plan =
                () -> plan(settings, lastStreams, selector(settings, sweeper), front);
        WebServer server = plan.get().host(settings.host()).port(settings.port()).build().start();
        if (!server.isRunning()) {
            sweeper.close();
            // Who took the port since it was looked at is named as if it had been there before.
            refuseTakenPort(settings);
            throw new CannotListenException(
                    settings.host(), settings.port(), "the server did not start");
        }
        URI address = URI.create("http://" + inUrl(settings.host()) + ":" + server.port());
        WebServer second = settings.bothLoopbacks() ? atIpv6(server.port(), plan) : null;
        return new Relay(server, second, once, sweeper, traffic, address, lastStreams);
    }

    private static WebServerConfig.Builder plan(
            RelaySettings settings, Duration lastStreams, WatchedSelector selector, Front front) {
        return WebServer.builder()
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
                .addConnectionSelector(selector)
                .routing(routing -> routing.any(front));
    }

    private static WatchedSelector selector(RelaySettings settings, ClientSweeper sweeper) {
        return WatchedSelector.of(
                http(),
                sweeper,
                settings.uploads().headTimeout(),
                settings.uploads().bodyTimeout(),
                LateAnswer::toHead);
    }

    /// The same at `::1`, null where that cannot be: there is no IPv6, or another program is there.
    private static @Nullable WebServer atIpv6(int port, Supplier<WebServerConfig.Builder> plan) {
        @Nullable String taken = taken(IPV6_LOOPBACK, port);
        if (taken == null) {
            WebServer server = plan.get().host(IPV6_LOOPBACK).port(port).build().start();
            if (server.isRunning()) {
                return server;
            }
            taken = "the server did not start";
        }
        LOG.log(
                INFO,
                "relay does not listen at [{0}]:{1,number,#} too: {2}",
                IPV6_LOOPBACK,
                port,
                taken);
        return null;
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
        Thread other = stopping(second);
        server.stop();
        awaitEnd(other);
        stopped.countDown();
        sweeper.close();
    }

    /// Beside the other one: each waits for its own streams.
    private static @Nullable Thread stopping(@Nullable WebServer other) {
        return other == null
                ? null
                : Thread.ofVirtual().name("relay-drain-ipv6").start(other::stop);
    }

    private static void awaitEnd(@Nullable Thread stopping) {
        try {
            if (stopping != null) {
                stopping.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    private static void refuseTakenPort(RelaySettings settings) {
        @Nullable String taken = taken(settings.host(), settings.port());
        if (taken != null) {
            throw new CannotListenException(settings.host(), settings.port(), taken);
        }
    }

    /// Why nobody can listen there, null where somebody can. The server library would print a stack
    /// trace for a port that is taken.
    private static @Nullable String taken(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            InetSocketAddress wanted = new InetSocketAddress(host, port);
            if (wanted.isUnresolved()) {
                return "that name has no address";
            }
            probe.bind(wanted);
            return null;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String inUrl(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
