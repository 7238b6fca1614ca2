package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.Home;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `POST /api/reload` of the whole graph, over HTTP.
class ReloadTest {
    @TempDir Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private Hal0 hal0;
    private RunningRelay relay;

    @BeforeEach
    void start() throws IOException {
        active("first");
        Home home = new Home(folder, folder.resolve("data"), folder.resolve("state"));
        hal0 = Hal0.open(Configuration.read(home, Map.of()));
        relay =
                RunningRelay.start(hal0, hal0.configuration().relay().withAddress("127.0.0.1", 0))
                        .orElseThrow();
    }

    @AfterEach
    void stop() {
        relay.close();
        hal0.close();
    }

    @Test
    void aChangedFileTakesEffect() throws Exception {
        active("second");

        assertThat(send("POST", "/api/reload")).contains("config.toml", "\"problems\":[]");
        assertThat(send("GET", "/api/status")).contains("\"model\":\"second\"");
    }

    @Test
    void aBrokenFileIsToldAndTheLastGoodOneStays() throws Exception {
        Files.writeString(folder.resolve("config.toml"), "[active\nmodel = 1");

        assertThat(send("POST", "/api/reload"))
                .startsWith("{\"applied\":[],\"problems\":[\"")
                .contains("config.toml:1");
        assertThat(send("GET", "/api/status")).contains("\"model\":\"first\"");

        active("third");
        assertThat(send("POST", "/api/reload")).contains("\"problems\":[]");
        assertThat(send("GET", "/api/status")).contains("\"model\":\"third\"");
    }

    private void active(String model) throws IOException {
        Files.writeString(
                folder.resolve("config.toml"),
                "[active]\nprovider = \"demo\"\nmodel = \"%s\"\n".formatted(model));
    }

    private String send(String method, String path) throws Exception {
        URI url = URI.create(relay.address() + path);
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
