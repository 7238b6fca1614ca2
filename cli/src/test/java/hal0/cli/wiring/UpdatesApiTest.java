package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.Version;
import java.nio.file.Path;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `/api/updates`: nothing is asked unless somebody says so.
@Timeout(60)
class UpdatesApiTest {
    @TempDir private Path folder;
    private final MockWebServer server = new MockWebServer();
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        server.start();
        ApiFixture.write(
                folder,
                "config.toml",
                "[updates]\nurl = \"%s\"\n".formatted(server.url("/latest")));
        api = new ApiFixture(folder, Map.of());
    }

    @AfterEach
    void stop() {
        api.close();
        server.close();
    }

    private void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    @Test
    void thisVersionIsToldAndNobodyIsAsked() throws Exception {
        var answer = api.get("/api/updates").body();

        assertThat(answer.path("version").asText()).isEqualTo(Version.current());
        assertThat(answer.path("checked").asBoolean(true)).isFalse();
        assertThat(answer.path("latest").isNull()).isTrue();
        assertThat(api.get("/api/updates?check=false").status()).isEqualTo(200);
        assertThat(api.get("/api/updates?check=maybe").locs()).isEqualTo("check");
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"version\":\"99.0.0\"}; 99.0.0; true",
                "{\"tag_name\":\"v99.1\",\"html_url\":\"https://example.com/r\"}; 99.1; true",
                "{\"version\":\"0.0.1\"}; 0.0.1; false"
            })
    void theNewestIsToldWhenItIsAskedFor(String body, String latest, boolean newer)
            throws Exception {
        answers(200, body);

        var answer = api.get("/api/updates?check=true").body();

        assertThat(answer.path("checked").asBoolean()).isTrue();
        assertThat(answer.path("latest").asText()).isEqualTo(latest);
        assertThat(answer.path("newer").asBoolean()).isEqualTo(newer);
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "500; {}; answered 500",
                "200; <html>; names no version",
                "200; {\"version\":\"rm -rf\"}; names no version",
                "200; {\"version\":7}; 7"
            })
    void whatTellsNoVersionIsSaidAndNothingIsMadeOfIt(int status, String body, String note)
            throws Exception {
        answers(status, body);

        var answer = api.get("/api/updates?check=true");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains(note);
    }

    @Test
    void whereNothingIsConfiguredThatIsSaid() throws Exception {
        ApiFixture.write(folder, "config.toml", "");
        api.send("POST", "/api/reload", "");

        assertThat(api.get("/api/updates?check=true").body().path("note").asText())
                .contains("[updates] url");
        assertThat(server.getRequestCount()).isZero();
    }
}
