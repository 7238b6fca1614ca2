package hal0.relay.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.http.CancelToken;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A real server, real sockets; the handler waits as one waits for a silent upstream.
class ClientWatchTest {
    private final ClientSweeper sweeper = new ClientSweeper();
    private final BlockingQueue<String> started = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
    private volatile CountDownLatch answer = new CountDownLatch(1);
    private WebServer server;

    @BeforeEach
    void start() {
        server =
                WebServer.builder()
                        .host("127.0.0.1")
                        .port(0)
                        .connectionOptions(o -> o.tcpNoDelay(true))
                        .addConnectionSelector(
                                WatchedSelector.of(
                                        Http1Config.create(),
                                        sweeper,
                                        Duration.ofMinutes(1),
                                        Duration.ofMinutes(1),
                                        () -> new byte[0]))
                        .routing(r ->
                                r.any((req, res) -> {
                                    String body = req.content().as(String.class);
                                    CancelToken token = new CancelToken();
                                    try (var _ = ClientWatch.CURRENT.get().watch(token);
                                            var _ = token.onCancel(answer::countDown)) {
                                        started.add(body);
                                        answer.await();
                                    }
                                    if (token.isCancelled()) {
                                        cancelled.add(body);
                                    }
                                    res.send("echo " + body);
                                }))
                        .build()
                        .start();
    }

    @AfterEach
    void stop() {
        server.stop();
        sweeper.close();
    }

    @Test
    void aClientThatLeavesCancelsASilentRequest() throws Exception {
        try (Socket client = connect()) {
            send(client, "one");
            assertThat(started.poll(10, TimeUnit.SECONDS)).isEqualTo("one");
        }
        assertThat(cancelled.poll(10, TimeUnit.SECONDS)).isEqualTo("one");
    }

    @Test
    void keepAliveGoesOnAfterARequestThatWasWatched() throws Exception {
        try (Socket client = connect()) {
            for (int i = 0; i < 5; i++) {
                answer = new CountDownLatch(1);
                send(client, "request " + i);
                assertThat(started.poll(10, TimeUnit.SECONDS)).isEqualTo("request " + i);
                awaitReadAhead();
                answer.countDown();
                assertThat(receive(client)).endsWith("echo request " + i);
            }
        }
        assertThat(cancelled).isEmpty();
    }

    @Test
    void bytesOfThePipelinedNextRequestAreKeptForIt() throws Exception {
        try (Socket client = connect()) {
            send(client, "first");
            assertThat(started.poll(10, TimeUnit.SECONDS)).isEqualTo("first");
            awaitReadAhead();
            send(client, "second");
            answer.countDown();
            assertThat(receive(client)).endsWith("echo first");
            assertThat(receive(client)).endsWith("echo second");
        }
    }

    @Test
    void aClientThatPipelinesAndLeavesIsNoticedToo() throws Exception {
        try (Socket client = connect()) {
            send(client, "first");
            assertThat(started.poll(10, TimeUnit.SECONDS)).isEqualTo("first");
            awaitReadAhead();
            send(client, "second");
        }
        assertThat(cancelled.poll(10, TimeUnit.SECONDS)).isEqualTo("first");
    }

    private void awaitReadAhead() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (sweeper.readingAhead() == 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(sweeper.readingAhead()).isPositive();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    private static void send(Socket client, String body) throws IOException {
        client.getOutputStream()
                .write(
                        ("POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body)
                                .getBytes(US_ASCII));
    }

    /// One answer: head and as many bytes of body as its length says.
    private static String receive(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            text.append((char) in.read());
        }
        String head = text.toString().toLowerCase(java.util.Locale.ROOT);
        int at = head.indexOf("content-length: ") + "content-length: ".length();
        int length = Integer.parseInt(head.substring(at, head.indexOf("\r\n", at)).trim());
        return text.append(new String(in.readNBytes(length), US_ASCII)).toString();
    }
}
