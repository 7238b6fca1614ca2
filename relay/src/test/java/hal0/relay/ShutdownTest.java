package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Open streams may end; nothing new begins; what takes too long is ended.
class ShutdownTest {
    private static final String EVENTS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String EVENT =
            "data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 51\r\n\r\n{\"choices\":[{\"message\":{},\"finish_reason\":\"stop\"}]}";
    private static final byte[] ASK =
            RawClient.post("/v1/chat/completions", "{\"model\":\"up/m\",\"stream\":true}");

    @TempDir private Path folder;
    private final RawUpstream upstream = new RawUpstream();
    private RelayFixture relay;

    private void start(Duration lastStreams) {
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(RelayFixture.openAi(upstream).build()).lastStreams(lastStreams));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    @Test
    void anOpenStreamEndsInItsOwnTimeWhileNobodyNewGetsIn() throws Exception {
        start(Duration.ofSeconds(30));
        CountDownLatch go = new CountDownLatch(1);
        upstream.then(turn -> {
            turn.send(EVENTS).chunk(EVENT);
            go.await();
            turn.chunk("data: [DONE]\n\n").send("0\r\n\r\n");
        });

        try (RawClient client = new RawClient(relay.port());
                RawClient idle = new RawClient(relay.port())) {
            client.send(ASK).awaitText("\"x\"");
            upstream.always(turn -> turn.send(OK));
            idle.send(ASK).receive();
            Thread closing = Thread.ofVirtual().start(relay.relay()::close);
            awaitRefusal();
            assertThat(idle.isAtEnd()).isTrue();
            assertThat(closing.isAlive()).isTrue();

            go.countDown();
            client.awaitText("[DONE]\n\n").awaitText("0\r\n\r\n");
            assertThat(client.isAtEnd()).isTrue();
            closing.join();
        }
        assertThat(relay.rows(2)).allMatch(row -> row.outcome().equals("ANSWERED"));
    }

    @Test
    void aStreamThatDoesNotEndIsCancelled() {
        start(Duration.ofMillis(100));
        upstream.then(turn -> turn.send(EVENTS).chunk(EVENT).silence());

        try (RawClient client = new RawClient(relay.port())) {
            client.send(ASK);
            client.receiveHead();
            client.awaitText("\"x\"");
            relay.relay().close();

            upstream.takeLeft();
            assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("CANCELLED");
        }
    }

    @Test
    void anIdleRelayStopsAtOnceThoughConnectionsAreOpen() {
        start(Duration.ofSeconds(30));
        upstream.always(turn -> turn.send(OK));

        try (RawClient client = new RawClient(relay.port())) {
            Answer answer = client.send(ASK).receive();
            assertThat(answer.status()).isEqualTo(200);
            relay.relay().close();
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aTakenPortIsToldApart() {
        start(Duration.ofSeconds(1));

        assertThatThrownBy(() ->
                        new RelayFixture(
                                folder.resolve("other"),
                                Setup.of()
                                        .settings(
                                                new RelaySettings(
                                                        "127.0.0.1",
                                                        relay.port(),
                                                        32,
                                                        List.of(),
                                                        List.of(),
                                                        List.of()))))
                .isInstanceOf(CannotListenException.class)
                .hasMessageContaining(Integer.toString(relay.port()));
    }

    private void awaitRefusal() {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
                LockSupport.parkNanos(1_000_000);
            } catch (IOException e) {
                return;
            }
        }
        throw new AssertionError("the relay still accepts connections");
    }
}
