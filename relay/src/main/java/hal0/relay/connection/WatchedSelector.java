package hal0.relay.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives the server connections whose reading side is a [ClientWatch].
public final class WatchedSelector implements ServerConnectionSelector {
    private static final ClientWatch.Linger LINGER =
            new ClientWatch.Linger(Duration.ofSeconds(5), Duration.ofMillis(300));

    private final ServerConnectionSelector http;
    private final ClientSweeper sweeper;
    private final SlowClient.Patience patience;

    private WatchedSelector(
            ServerConnectionSelector http, ClientSweeper sweeper, SlowClient.Patience patience) {
        this.http = http;
        this.sweeper = sweeper;
        this.patience = patience;
    }

    /// HTTP/1.1 with watched connections.
    ///
    /// **Shape** a client may take `head` for the head of a request and `body` for the next piece
    /// of its body; `late` is the whole answer for one that takes longer over a head.
    public static WatchedSelector of(
            Http1Config config,
            ClientSweeper sweeper,
            Duration head,
            Duration body,
            Supplier<byte[]> late) {
        return new WatchedSelector(
                Http1ConnectionSelector.builder().config(config).build(),
                sweeper,
                new SlowClient.Patience(head, body, late));
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    /// Everything: what is not HTTP/1.1 is told so, where the library would only hang up.
    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        DataReader original = context.dataReader();
        SlowClient slow =
                new SlowClient(
                        patience, bytes -> context.dataWriter().writeNow(BufferData.create(bytes)));
        ClientWatch watch =
                new ClientWatch(
                        () -> {
                            // What the server read to identify the protocol comes first.
                            int identified = original.available();
                            return identified == 0
                                    ? read(context.serverSocket())
                                    : original.readBuffer(identified).readBytes();
                        },
                        sweeper,
                        slow);
        DataReader reader = new RequestReader(watch);
        ServerConnection connection = http.connection(new WatchedContext(context, reader));
        slow.follow(() -> reader.available() == 0 && isBetweenRequests(connection));
        return new WatchedConnection(connection, watch, sweeper);
    }

    private static boolean isBetweenRequests(ServerConnection connection) {
        return connection instanceof InterruptableTask<?> task && task.canInterrupt();
    }

    /// The server takes this exception for a client that went, and anything else for a fault.
    @SuppressWarnings("NullAway") // null is the end of the connection
    private static byte @Nullable [] read(HelidonSocket socket) {
        try {
            return socket.get();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the client's connection failed", e);
        }
    }

    private record WatchedConnection(
            ServerConnection connection, ClientWatch watch, ClientSweeper sweeper)
            implements ServerConnection, InterruptableTask<Void> {

        /// Lets a clean stop end idle connections at once instead of waiting for them.
        @Override
        public boolean canInterrupt() {
            return isBetweenRequests(connection);
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            sweeper.add(watch);
            try {
                ScopedValue.where(ClientWatch.CURRENT, watch)
                        .<Void, InterruptedException>call(() -> {
                            connection.handle(limit);
                            return null;
                        });
            } finally {
                sweeper.remove(watch);
                watch.linger(LINGER);
            }
        }

        @Override
        public Duration idleTime() {
            return connection.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            connection.close(interrupt);
        }
    }

    private record WatchedContext(ConnectionContext context, DataReader dataReader)
            implements ConnectionContext {

        @Override
        public ListenerContext listenerContext() {
            return context.listenerContext();
        }

        @Override
        public ExecutorService executor() {
            return context.executor();
        }

        @Override
        public DataWriter dataWriter() {
            return context.dataWriter();
        }

        @Override
        public Router router() {
            return context.router();
        }

        @Override
        public Optional<ProxyProtocolData> proxyProtocolData() {
            return context.proxyProtocolData();
        }

        @Override
        public HelidonSocket serverSocket() {
            return context.serverSocket();
        }

        @Override
        public PeerInfo remotePeer() {
            return context.remotePeer();
        }

        @Override
        public PeerInfo localPeer() {
            return context.localPeer();
        }

        @Override
        public boolean isSecure() {
            return context.isSecure();
        }

        @Override
        public String socketId() {
            return context.socketId();
        }

        @Override
        public String childSocketId() {
            return context.childSocketId();
        }
    }
}
