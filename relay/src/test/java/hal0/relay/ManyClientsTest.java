package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Row;
import hal0.relay.testing.RelayFixture.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many clients at once, of which some leave: nobody gets another's bytes, and nothing stays
/// behind.
class ManyClientsTest {
    private static final int CLIENTS = 32;
    private static final int REQUESTS = 15;

    @TempDir private Path folder;
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger left = new AtomicInteger();

    @Test
    void everyAnswerIsItsClientsAndEveryRequestEndsOnce() throws InterruptedException {
        try (RawUpstream upstream = new RawUpstream().always(ManyClientsTest::echo);
                RelayFixture relay =
                        new RelayFixture(
                                folder,
                                Setup.of(
                                        RelayFixture.openAi(upstream).injectUsage(true).build()))) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int seed = i;
                clients.add(Thread.ofVirtual().start(() -> client(relay.port(), seed)));
            }
            for (Thread client : clients) {
                client.join();
            }

            assertThat(faults).isEmpty();
            await(() -> relay.traffic().inFlight() == 0);
            await(() -> relay.transport().openResponses() == 0);
            List<Row> rows = relay.rows(CLIENTS * REQUESTS);
            assertThat(rows).extracting(Row::requestId).doesNotHaveDuplicates();
            assertThat(rows)
                    .filteredOn(row -> row.outcome().equals("ANSWERED"))
                    .extracting(Row::requestId)
                    .containsAll(answered);
            assertThat(rows).noneMatch(row -> row.outcome().equals("FAILED"));
            assertThat(left.get()).isPositive();
        }
    }

    /// Answers with the request's own words, in many events.
    private static void echo(RawUpstream.Turn turn) throws java.io.IOException {
        String text = turn.request().text();
        String word = text.substring(text.indexOf("word-"), text.indexOf('!'));
        turn.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 10; i++) {
            turn.chunk(
                    "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}],\"usage\":null}\n\n"
                            .formatted(word));
        }
        turn.chunk("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n")
                .chunk("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\ndata: [DONE]\n\n")
                .send("0\r\n\r\n");
    }

    private void client(int port, int seed) {
        Random random = new Random(seed);
        RawClient client = new RawClient(port);
        try {
            for (int i = 0; i < REQUESTS; i++) {
                String id = "c" + seed + "-" + i;
                String word = "word-" + id;
                client.send(
                        RawClient.post(
                                "/v1/chat/completions",
                                "{\"model\":\"up/m\",\"stream\":true,\"t\":\"" + word + "!\"}",
                                "X-Request-ID: " + id));
                if (random.nextInt(4) == 0) {
                    client.awaitText(word);
                    client.close();
                    left.incrementAndGet();
                    client = new RawClient(port);
                } else {
                    String expected =
                            ("data: {\"choices\":[{\"delta\":{\"content\":\"" + word + "\"}}]}\n\n")
                                            .repeat(10)
                                    + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
                    assertThat(client.receive().text()).isEqualTo(expected);
                    answered.add(id);
                }
            }
        } catch (RuntimeException | AssertionError e) {
            faults.add(e);
        } finally {
            client.close();
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
