package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `/api/logs`, as a list and as it goes on.
@Timeout(60)
class LogsApiTest {
    private static final System.Logger LOG = System.getLogger("hal0.test.part");

    /// Kept here because the logging library holds loggers weakly.
    private static final Logger OURS = Logger.getLogger("hal0");

    @TempDir private Path folder;
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        // Whatever another test of this process made of it.
        OURS.setLevel(Level.INFO);
        ApiFixture.write(folder, "config.toml", "");
        api = new ApiFixture(folder, Map.of());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theLastLinesAreShownWhereverElseTheLogGoes() throws Exception {
        LOG.log(System.Logger.Level.INFO, "first of {0}", "two");
        LOG.log(System.Logger.Level.WARNING, "second ü");

        var answer = api.get("/api/logs?lines=2").body();

        assertThat(answer.path("lines"))
                .extracting(JsonNode::asText)
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(" INFO test.part first of two"),
                        line -> assertThat(line).endsWith(" WARNING test.part second ü"));
        assertThat(answer.path("entries").path(1).path("level").asText()).isEqualTo("warning");
        assertThat(answer.path("entries").path(1).path("name").asText()).isEqualTo("test.part");
        assertThat(api.get("/api/logs?lines=2&level=warning").text())
                .contains("second")
                .doesNotContain("first of two");
    }

    @Test
    void whatIsAskedWronglyIsRefusedWithItsPlace() throws Exception {
        assertThat(api.get("/api/logs?lines=-1&level=loud").locs()).isEqualTo("lines level");
        assertThat(api.get("/api/logs/stream?lines=x").locs()).isEqualTo("lines");
        assertThat(api.get("/api/logs?source=nobody").code()).isEqualTo("slot.not_found");
        assertThat(api.get("/api/logs/stream?source=nobody").code()).isEqualTo("slot.not_found");
    }

    @Test
    void theStreamGoesOnWithEachLineOfItsLevel() throws Exception {
        LOG.log(System.Logger.Level.WARNING, "before");
        try (StreamListener listener =
                new StreamListener(api.url("/api/logs/stream?level=warning"), "")) {
            listener.upTo("\"text\":\"before\"");
            LOG.log(System.Logger.Level.INFO, "unheard");
            LOG.log(System.Logger.Level.ERROR, "a fault", new IllegalStateException("its cause"));

            List<String> lines = listener.upTo("a fault");

            assertThat(lines).noneMatch(line -> line.contains("unheard"));
            assertThat(lines.getLast()).contains("\"level\":\"error\"", "its cause", "LogsApiTest");
        }
    }

    @Test
    void whoComesBackGetsWhatItMissedAndNothingTwice() throws Exception {
        String id;
        try (StreamListener listener =
                new StreamListener(api.url("/api/logs"), "Accept: text/event-stream\r\n")) {
            LOG.log(System.Logger.Level.INFO, "seen");
            List<String> lines = listener.upTo("\"text\":\"seen\"");
            id = lines.get(lines.size() - 2).replace("id: ", "");
        }
        LOG.log(System.Logger.Level.INFO, "missed");

        try (StreamListener back =
                new StreamListener(api.url("/api/logs/stream"), "Last-Event-ID: " + id + "\r\n")) {
            assertThat(back.upTo("\"text\":\"missed\""))
                    .noneMatch(line -> line.contains("\"text\":\"seen\""));
        }
    }
}
