package hal0.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that take their time: over a head, over a body, between two requests.
class SlowClientTest {
    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"choices\":[]}";
    private static final String HEAD =
            "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: mine\r\nContent-Length: 100\r\n\r\n";

    @TempDir private Path folder;
    private RawUpstream upstream;
    private RelayFixture relay;

    @BeforeEach
    void start() {
        upstream = new RawUpstream().always(turn -> turn.send(OK));
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(RelayFixture.openAi(upstream).build())
                                .settings(RelayFixture.settings().withUploads(10, 2, 1)));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    @Test
    void halfAHeadIsNotWaitedForForEver() {
        try (RawClient client = new RawClient(relay.port())) {
            Answer answer = client.send("GET /v1/models HT").receive();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.text()).contains("request.timeout", "head_timeout_seconds");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void aHeadThatComesDropByDropIsNotEither() {
        long before = System.nanoTime();
        try (RawClient client = new RawClient(relay.port())) {
            Thread dripping =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    client.send("GET /v1/models HTTP/1.1\r\n");
                                    while (System.nanoTime() - before < 20e9) {
                                        client.send("a: b\r\n");
                                        pause(Duration.ofMillis(100));
                                    }
                                } catch (java.io.UncheckedIOException e) {
                                    // The relay has hung up, which is what is awaited.
                                    return;
                                }
                            });
            assertThat(client.receive().status()).isEqualTo(408);
            join(dripping);
        }
        assertThat(System.nanoTime() - before).isLessThan(15_000_000_000L);
    }

    @Test
    void halfAHeadBehindAWholeRequestIsNotEither() {
        try (RawClient client = new RawClient(relay.port())) {
            client.send(
                    "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\nGET /v1/models HTTP/1.1\r\n");
            assertThat(client.receive().status()).isEqualTo(200);
            assertThat(client.whatComes()).doesNotContain(" 200 ");
        }
    }

    @Test
    void aBodyThatStopsIs408InTheClientsDialectAndNobodyIsAsked() {
        try (RawClient client = new RawClient(relay.port())) {
            Answer answer = client.send(HEAD + "{\"model\":").receive();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.text())
                    .startsWith("{\"type\":\"error\",")
                    .contains("request.timeout", "body_timeout_seconds");
            assertThat(answer.header("X-Request-ID")).contains("mine");
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void aBodyThatGoesOnTakesAsLongAsItTakes() {
        String body = "{\"model\":\"up/m\"}";
        try (RawClient client = new RawClient(relay.port())) {
            client.send(
                    new String(RawClient.post("/v1/chat/completions", body), ISO_8859_1)
                            .replace(body, ""));
            for (char c : body.toCharArray()) {
                client.send(String.valueOf(c));
                pause(Duration.ofMillis(200));
            }
            assertThat(client.receive().status()).isEqualTo(200);
        }
    }

    @Test
    void anUploadThatStopsEndsTheCallUpstream() {
        CountDownLatch begun = new CountDownLatch(1);
        upstream.beforeBody(turn -> {
            begun.countDown();
            turn.silence();
        });
        byte[] whole =
                OperationsTest.form(
                        "/v1/audio/transcriptions",
                        OperationsTest.fields("model", "up/m", "file", "x".repeat(200_000)));
        try (RawClient client = new RawClient(relay.port())) {
            client.send(java.util.Arrays.copyOf(whole, 100_000));
            assertThat(client.receive().status()).isEqualTo(408);
            upstream.takeLeft();
        }
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("CANCELLED");
    }

    @Test
    void whoSaysNothingBetweenTwoRequestsIsLetBe() {
        try (RawClient client = new RawClient(relay.port());
                RawClient fresh = new RawClient(relay.port())) {
            assertThat(client.send(RawClient.post("/v1/nothing", "{}")).receive().status())
                    .isEqualTo(404);
            pause(Duration.ofSeconds(4));
            byte[] request = RawClient.post("/v1/chat/completions", "{\"model\":\"up/m\"}");
            assertThat(client.send(request).receive().status()).isEqualTo(200);
            assertThat(fresh.send(request).receive().status()).isEqualTo(200);
        }
    }

    @Test
    void aStreamThatIsSilentForLongerThanAClientMayBeGoesOn() {
        upstream.then(turn -> {
            pause(Duration.ofSeconds(4));
            turn.send(OK);
        });
        assertThat(relay.chat("{\"model\":\"up/m\"}").status()).isEqualTo(200);
    }

    /// Time is what these tests are about: there is no condition to wait on.
    private static void pause(Duration time) {
        try {
            assertThat(new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
