package hal0.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.testing.RawServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A relay that is killed under load: every answer that a client saw whole has its row.
class KilledRelayTest {
    private static final int ROUNDS = 3;
    private static final int CLIENTS = 6;
    private static final int ANSWERS = 120;
    private static final String JSON =
            "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20}}";
    private static final String EVENTS =
            "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n"
                    + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                    + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":20}}\n\n"
                    + "data: [DONE]\n\n";

    @TempDir Path folder;
    private final RawServer json = answering("application/json", JSON);
    private final RawServer events = answering("text/event-stream", EVENTS);
    private final AtomicInteger number = new AtomicInteger();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        json.close();
        events.close();
    }

    private static RawServer answering(String type, String body) {
        return new RawServer((_, socket) -> {
            RawServer.write(
                    socket,
                    "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(type, body.length(), body));
            return true;
        });
    }

    @Test
    void whatAClientSawWholeIsInTheLedger() throws Exception {
        TestHome home =
                new TestHome(folder)
                        .config(
                                """
                                [providers.json]
                                compatibility = "openai-compatible"
                                base_url = "%s"
                                auth_style = "none"
                                [providers.events]
                                compatibility = "openai-compatible"
                                base_url = "%s"
                                auth_style = "none"
                                """
                                        .formatted(json.uri("/v1"), events.uri("/v1")));
        for (int round = 0; round < ROUNDS; round++) {
            killUnderLoad(home);
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(ROUNDS * ANSWERS);

        assertThat(home.hal0().run("usage").exit()).isZero();

        List<String> rows = ids();
        assertThat(rows).doesNotHaveDuplicates();
        Set<String> missing = new HashSet<>(seen);
        missing.removeAll(new HashSet<>(rows));
        assertThat(missing).isEmpty();
        assertThat(folder.resolve("data/journal")).isEmptyDirectory();
    }

    private void killUnderLoad(TestHome home) throws Exception {
        try (Hal0Process relay = home.hal0().start("serve", "--port", "0");
                HttpClient client = HttpClient.newHttpClient()) {
            URI chat = URI.create(relay.relayAddress() + "/v1/chat/completions");
            Semaphore answers = new Semaphore(0);
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.ofVirtual().start(() -> ask(client, chat, answers)));
            }
            answers.acquire(ANSWERS);
            relay.signal("KILL");
            for (Thread thread : clients) {
                thread.join();
            }
        }
    }

    /// Asks until nobody is there any more.
    private void ask(HttpClient client, URI chat, Semaphore answers) {
        while (true) {
            int own = number.incrementAndGet();
            boolean streamed = own % 2 == 0;
            String body =
                    "{\"model\":\"%s/m\",\"stream\":%s}"
                            .formatted(streamed ? "events" : "json", streamed);
            HttpRequest request =
                    HttpRequest.newBuilder(chat)
                            .header("Content-Type", "application/json")
                            .header("X-Request-ID", "ask-" + own)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();
            try {
                HttpResponse<String> answer =
                        client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
                if (answer.body().equals(JSON) || answer.body().contains("[DONE]")) {
                    seen.add("ask-" + own);
                }
                answers.release();
            } catch (IOException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private List<String> ids() throws Exception {
        List<String> ids = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("data/hal0.db"));
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT request_id FROM usage_ledger")) {
            while (found.next()) {
                ids.add(found.getString(1));
            }
        }
        return ids;
    }
}
