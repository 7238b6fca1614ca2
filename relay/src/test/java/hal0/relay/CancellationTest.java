package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.route.Front;
import hal0.relay.testing.LogLines;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that leaves ends the upstream call, however silent the upstream is.
class CancellationTest {
    private static final String EVENTS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String EVENT = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final String STREAMED = "{\"model\":\"up/m\",\"stream\":true}";
    private static final String WHOLE = "{\"model\":\"up/m\"}";

    @TempDir private Path folder;
    private RawUpstream upstream;
    private RelayFixture relay;

    @BeforeEach
    void start() {
        upstream = new RawUpstream();
        relay =
                new RelayFixture(
                        folder, Setup.of(RelayFixture.openAi(upstream).injectUsage(true).build()));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {STREAMED, WHOLE})
    void whileTheUpstreamIsSilentBeforeItsHeaders(String body) {
        upstream.then(RawUpstream.Turn::silence);

        leaveAfterAsking(body);

        assertCancelled();
    }

    @ParameterizedTest
    @ValueSource(strings = {STREAMED, WHOLE})
    void whileTheUpstreamIsSilentAfterItsHeaders(String body) {
        upstream.then(turn -> turn.send(EVENTS).silence());

        leaveAfterAsking(body);

        assertCancelled();
    }

    @Test
    void aClientThatLeavesAControlRouteIsNoFault() {
        CountDownLatch gone = new CountDownLatch(1);
        upstream.then(turn -> {
            gone.await();
            turn.send(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"data\":[]}");
        });
        try (LogLines log = new LogLines(Front.class)) {
            try (RawClient client = new RawClient(relay.port())) {
                client.send("GET /api/providers/up/models HTTP/1.1\r\nHost: localhost\r\n\r\n");
                upstream.takeAsked();
                client.reset();
            }
            gone.countDown();
            // Waits for the request to end.
            relay.relay().close();

            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void whileTheUpstreamIsSilentInTheMiddleOfAStream() {
        upstream.then(turn -> turn.send(EVENTS).chunk(EVENT).silence());

        try (RawClient client = ask(STREAMED)) {
            client.awaitText("\"x\"");
        }

        assertCancelled();
        assertThat(relay.rows(1).getFirst().firstTokenMs()).isNotNegative();
    }

    @Test
    void whileTheUpstreamIsSilentInTheMiddleOfABody() {
        upstream.then(turn ->
                turn.send(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"cho")
                        .silence());

        leaveAfterAsking(WHOLE);

        assertCancelled();
    }

    @Test
    void whileTheUpstreamTalksWithoutEnd() {
        upstream.then(turn -> {
            turn.send(EVENTS);
            while (true) {
                turn.chunk(EVENT);
            }
        });

        try (RawClient client = ask(STREAMED)) {
            client.awaitText("\"x\"");
        }

        assertCancelled();
    }

    @Test
    void alsoAfterItHasSentItsNextRequestAlready() {
        upstream.then(RawUpstream.Turn::silence);

        try (RawClient client = ask(STREAMED)) {
            upstream.takeAsked();
            client.send(request(WHOLE));
        }

        assertCancelled();
    }

    @Test
    void onAConnectionThatServedOthersBefore() {
        upstream.sends(OK).sends(OK).then(RawUpstream.Turn::silence);

        try (RawClient client = new RawClient(relay.port())) {
            assertThat(client.send(request(WHOLE)).receive().status()).isEqualTo(200);
            assertThat(client.send(request(WHOLE)).receive().status()).isEqualTo(200);
            client.send(request(WHOLE));
            upstream.takeAsked();
            upstream.takeAsked();
            upstream.takeAsked();
        }

        upstream.takeLeft();
        assertThat(relay.rows(3).getLast().outcome()).isEqualTo("CANCELLED");
    }

    @Test
    void whileItStillSendsItsBodyNobodyIsAskedAndNothingIsWritten() {
        try (RawClient client = new RawClient(relay.port())) {
            client.send(
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"model\"");
        }

        upstream.sends(OK);
        assertThat(relay.chat(WHOLE).status()).isEqualTo(200);
        relay.rows(1);
        assertThat(upstream.asked()).hasSize(1);
    }

    /// A body that takes longer than the sweeper waits must not be read by two.
    @Test
    void aBodyThatComesSlowlyArrivesWhole() {
        upstream.sends(OK);
        String body = "{\"model\":\"up/m\",\"text\":\"" + "0123456789".repeat(40) + "\"}";
        byte[] request = request(body);
        CountDownLatch never = new CountDownLatch(1);

        try (RawClient client = new RawClient(relay.port())) {
            for (int i = 0; i < request.length; i += 16) {
                byte[] piece =
                        java.util.Arrays.copyOfRange(request, i, Math.min(i + 16, request.length));
                client.send(piece);
                assertThat(await(never, 5)).isFalse();
            }
            assertThat(client.receive().status()).isEqualTo(200);
        }

        assertThat(upstream.takeAsked().text()).isEqualTo(body.replace("up/m", "m"));
    }

    @Test
    void theNextRequestOnTheConnectionIsAnsweredAfterALongOne() {
        CountDownLatch go = new CountDownLatch(1);
        upstream.then(
                        turn -> {
                            go.await();
                            turn.send(OK);
                        })
                .sends(OK);

        try (RawClient client = ask(WHOLE)) {
            upstream.takeAsked();
            // Sent while the first is being answered: it is read ahead and kept.
            client.send(request("{\"model\":\"up/second\"}"));
            go.countDown();

            assertThat(client.receive().header("x-hal0-model")).contains("m");
            assertThat(client.receive().header("x-hal0-model")).contains("second");
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsTheUpstreamBack() throws Exception {
        AtomicLong sent = new AtomicLong();
        upstream.then(turn -> {
            turn.send(EVENTS);
            String piece = ": " + "z".repeat(64 * 1024) + "\n\n";
            while (true) {
                turn.chunk(piece);
                sent.addAndGet(piece.length());
            }
        });

        try (RawClient client = ask(STREAMED)) {
            client.awaitText("zzz");
            long before;
            do {
                before = sent.get();
                // The rule is about what does not happen: half a second without a byte is standing.
                assertThat(await(new CountDownLatch(1), 500)).isFalse();
            } while (sent.get() != before);

            // What the sockets' buffers hold on both sides, and little else.
            assertThat(sent.get()).isLessThan(32L << 20);
        }
        assertCancelled();
    }

    private void assertCancelled() {
        upstream.takeLeft();
        var row = relay.rows(1).getFirst();
        assertThat(row.outcome()).isEqualTo("CANCELLED");
        assertThat(row.errorKind()).isEqualTo("cancelled");
        assertThat(row.attempts()).isEqualTo(1);
        assertThat(relay.traffic().inFlight()).isZero();
        assertThat(relay.transport().openResponses()).isZero();
    }

    private void leaveAfterAsking(String body) {
        try (RawClient client = ask(body)) {
            upstream.takeAsked();
        }
    }

    private RawClient ask(String body) {
        return new RawClient(relay.port()).send(request(body));
    }

    private static byte[] request(String body) {
        return RawClient.post("/v1/chat/completions", body);
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(new IOException(e));
        }
    }
}
