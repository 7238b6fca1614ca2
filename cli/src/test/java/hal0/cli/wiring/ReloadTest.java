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
                RunningRelay.start(
                                hal0,
                                hal0.configuration().relay().withAddress("127.0.0.1", 0),
                                new QuickCheckup())
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
                .startsWith("{\"applied\":[\"upstreams.toml\",\"api.env\"],\"problems\":[\"")
                .contains("config.toml:1");
        assertThat(send("GET", "/api/status")).contains("\"model\":\"first\"");

        active("third");
        assertThat(send("POST", "/api/reload")).contains("\"problems\":[]");
        assertThat(send("GET", "/api/status")).contains("\"model\":\"third\"");
    }

    @Test
    void oneBrokenFileDoesNotHoldUpTheOther() throws Exception {
        Files.writeString(folder.resolve("config.toml"), "[active\nmodel = 1");
        Files.writeString(
                folder.resolve("upstreams.toml"),
                "[[upstream]]\nname = \"mine\"\nurl = \"http://127.0.0.1:9/v1\"");

        assertThat(send("POST", "/api/reload"))
                .startsWith("{\"applied\":[\"upstreams.toml\",\"api.env\"]");
        assertThat(send("GET", "/api/providers")).contains("\"mine\"");
        assertThat(send("GET", "/api/status")).contains("\"model\":\"first\"");
    }

    @Test
    void aBrokenEntryStaysAsItWasAndTheOthersTakeEffect() throws Exception {
        String demo = "[active]\nprovider = \"demo\"\nmodel = \"first\"\n";
        Path config = folder.resolve("config.toml");
        Files.writeString(config, demo + "[providers.a]\nbase_url = \"http://one.test/v1\"\n");
        send("POST", "/api/reload");
        Files.writeString(
                config,
                demo
                        + "[providers.a]\nbase_url = \"http//typo\"\n[providers.b]\nbase_url = \"http://two.test/v1\"\n");

        assertThat(send("POST", "/api/reload"))
                .startsWith("{\"applied\":[\"config.toml\"")
                .contains("config.toml:5: providers.a.base_url");
        assertThat(send("GET", "/api/providers")).contains("http://one.test", "http://two.test");
    }

    @Test
    void aChangedAddressOfTheRelayIsSaidToWait() throws Exception {
        Files.writeString(
                folder.resolve("config.toml"),
                "[active]\nprovider = \"demo\"\nmodel = \"first\"\n[relay]\nport = 1234\n");
        assertThat(send("POST", "/api/reload")).contains("relay", "started again");
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
