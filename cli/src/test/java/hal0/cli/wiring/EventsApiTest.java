package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.event.Event.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `/api/events` of the whole program, on a real socket.
@Timeout(60)
class EventsApiTest {
    @TempDir private Path folder;
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        ApiFixture.write(folder, "config.toml", "[active]\nprovider = \"demo\"\n");
        api = new ApiFixture(folder, Map.of());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private StreamListener listen(String query, String headers) throws IOException {
        return new StreamListener(api.url("/api/events" + query), headers);
    }

    @Test
    void whatBecomesOfTheConfigurationIsToldWhoeverChangesIt() throws Exception {
        try (StreamListener listener = listen("", "")) {
            assertThat(listener.upTo("\"epoch\"")).contains("Content-Type: text/event-stream");
            api.send("POST", "/api/upstreams", "{\"name\":\"x\",\"url\":\"http://x.test/v1\"}");
            listener.upTo("\"provider.added\"");
            listener.upTo("\"config.applied\"");

            api.send("PATCH", "/api/upstreams/x", "{\"enabled\":false}");
            listener.upTo("\"provider.changed\"");

            ApiFixture.write(folder, "upstreams.toml", "");
            ApiFixture.write(folder, "config.toml", "[active]\nprovider = \"demo\"\nmoddel = 1\n");
            api.send("POST", "/api/reload", "");
            assertThat(listener.upTo("\"provider.removed\""))
                    .anyMatch(
                            line -> line.contains("\"config.problem\"") && line.contains("moddel"));

            api.send("POST", "/api/upstreams/openai/test", "");
            assertThat(listener.upTo("\"system.upstream_unhealthy\"").getLast())
                    .contains("\"source\":\"openai\"", "OPENAI_API_KEY is not set");
        }
    }

    @Test
    void whoComesBackGetsWhatItMissed() throws Exception {
        api.send("POST", "/api/upstreams", "{\"name\":\"x\",\"url\":\"http://x.test/v1\"}");
        String id;
        try (StreamListener listener = listen("?since=0", "")) {
            List<String> lines = listener.upTo("\"provider.added\"");
            id = lines.get(lines.size() - 2).replace("id: ", "");
        }
        api.send("PATCH", "/api/upstreams/x", "{\"enabled\":false}");

        try (StreamListener listener = listen("", "Last-Event-ID: " + id + "\r\n")) {
            assertThat(listener.upTo("\"provider.changed\""))
                    .noneMatch(line -> line.contains("provider.added"));
        }
        // The number of another run says nothing of this one: everything is new.
        try (StreamListener listener = listen("", "Last-Event-ID: 0000-999\r\n")) {
            listener.upTo("\"provider.added\"");
        }
        assertThat(api.get("/api/events?since=x").locs()).isEqualTo("since");
    }

    /// What a page does that stays open while the relay is started anew.
    @Test
    void whoComesBackToAnotherRunGetsAllOfItAndSeesThatItIsAnother() throws Exception {
        String id;
        String epoch;
        try (StreamListener before = listen("?since=0", "")) {
            epoch = before.upTo("\"epoch\"").getLast();
            List<String> lines = before.upTo("system.started");
            id = lines.get(lines.size() - 2).replace("id: ", "");
        }
        api.close();
        api = new ApiFixture(folder, Map.of());

        for (StreamListener back :
                List.of(listen("", "Last-Event-ID: " + id + "\r\n"), listen("?since=" + id, ""))) {
            try (back) {
                assertThat(back.upTo("\"epoch\"").getLast()).isNotEqualTo(epoch);
                assertThat(back.upTo("system.started").getLast()).contains("\"id\":1,");
            }
        }
    }

    @Test
    void aListenerThatDoesNotReadIsToldWhatItMissedAndHoldsNobodyUp() throws Exception {
        var events = api.hal0().controlParts().events;
        for (int i = 0; i < 700; i++) {
            events.emit("test.happened", Severity.INFO, "test", "it happened", Map.of("n", i));
        }
        try (StreamListener listener = listen("?since=0", "")) {
            listener.upTo("event: missed");
            assertThat(listener.upTo("\"missed\"").getLast()).matches("data: \\{\"missed\":20\\d}");
            listener.upTo("\"n\":699");
        }
    }

    @Test
    void listenersDoNotHoldUpTheEnd() throws Exception {
        try (StreamListener listener = listen("", "")) {
            listener.upTo("\"epoch\"");
            long began = System.nanoTime();
            api.close();
            assertThat(listener.hasEnded()).isTrue();
            assertThat((System.nanoTime() - began) / 1_000_000_000.0).isLessThan(8);
        } finally {
            api = new ApiFixture(folder, Map.of());
        }
    }
}
