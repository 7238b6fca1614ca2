package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The overhead is the relay's own time: neither the upstream's nor the client's, before the head
/// and after it.
class OverheadTest {
    private static final long SLOW_MS = 1500;
    private static final long OWN_US = 1_200_000; // far more than it takes, far less than the wait
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    private static final String CONTENT =
            "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n";
    private static final String END =
            "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private static final String CLAUDE_START =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"1\",\"usage\":{\"input_tokens\":60,\"output_tokens\":1}}}\n\n";
    private static final String CLAUDE_REST =
            "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                    + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"x\"}}\n\n"
                    + "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
                    + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":20}}\n\n"
                    + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    @TempDir private Path folder;
    private RawUpstream upstream;
    private RelayFixture relay;

    @BeforeEach
    void start() {
        upstream = new RawUpstream();
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(
                                RelayFixture.openAi(upstream).build(),
                                RelayFixture.anthropic(upstream).build()));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    @Test
    void anUpstreamThatIsSlowBeforeItsHeadIsNotTheRelaysTime() {
        upstream.then(turn -> {
            passes(SLOW_MS);
            turn.send(HEAD + CONTENT + END);
        });

        Answer answer = relay.chat("{\"model\":\"up/m\",\"stream\":true}");

        assertThat(Long.parseLong(answer.header("x-hal0-overhead-us").orElseThrow()))
                .isLessThan(OWN_US);
        assertOwnTimeOnly();
    }

    @Test
    void anUpstreamThatIsSlowWithinItsStreamIsNotTheRelaysTime() {
        upstream.then(turn -> {
            turn.send(HEAD + CONTENT);
            passes(SLOW_MS);
            turn.send(END);
        });

        relay.chat("{\"model\":\"up/m\",\"stream\":true}");

        assertOwnTimeOnly();
    }

    @Test
    void theSameWhereTheAnswerIsTranslated() {
        upstream.then(turn -> {
            turn.send(HEAD + CLAUDE_START);
            passes(SLOW_MS);
            turn.send(CLAUDE_REST);
        });

        Answer answer =
                relay.chat(
                        "{\"model\":\"claude/m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");

        assertThat(answer.status()).isEqualTo(200);
        assertOwnTimeOnly();
    }

    @Test
    void aClientThatSendsItsBodySlowlyCostsTheRelayNothing() {
        upstream.then(turn -> {
            turn.send(HEAD + CONTENT + END);
        });
        byte[] request =
                RawClient.post("/v1/chat/completions", "{\"model\":\"up/m\",\"stream\":true}");
        byte[] first = new byte[request.length - 5];
        byte[] rest = new byte[5];
        System.arraycopy(request, 0, first, 0, first.length);
        System.arraycopy(request, first.length, rest, 0, 5);

        try (RawClient client = new RawClient(relay.port())) {
            client.send(first);
            passes(SLOW_MS);
            client.send(rest).receive();
        }

        assertOwnTimeOnly();
    }

    @Test
    void aClientThatReadsSlowlyCostsTheRelayNothing() {
        // More than the buffers of both sides take, so that the relay has to wait.
        byte[] large =
                ("data: {\"x\":\"" + "y".repeat(60_000) + "\"}\n\n")
                        .getBytes(StandardCharsets.UTF_8);
        upstream.then(turn -> {
            turn.send(HEAD + CONTENT);
            for (int i = 0; i < 400; i++) {
                turn.send(large);
            }
            turn.send(END);
        });

        try (RawClient client = new RawClient(relay.port())) {
            client.send(
                    RawClient.post("/v1/chat/completions", "{\"model\":\"up/m\",\"stream\":true}"));
            passes(SLOW_MS + 500);
            client.receive();
        }

        long latencyMs = column("latency_ms");
        assertThat(latencyMs).isGreaterThanOrEqualTo(SLOW_MS);
        assertThat(column("overhead_us")).isLessThan(latencyMs * 1000 / 2);
    }

    private void assertOwnTimeOnly() {
        assertThat(column("latency_ms")).isGreaterThanOrEqualTo(SLOW_MS);
        assertThat(column("overhead_us")).isBetween(1L, OWN_US);
    }

    private long column(String name) {
        relay.rows(1);
        return relay.number("SELECT " + name + " FROM usage_ledger");
    }

    private static void passes(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
