package hal0.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.StreamSupport;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The commands that users know from the guide "Connect external providers", as it prints them.
///
/// **Shape** they are run by a shell, against the port that they name where it is free.
@Timeout(120)
class ConnectProvidersTest {
    private static final String CATALOG = "curl http://localhost:8080/api/providers/catalog";
    private static final String CREDENTIAL =
            """
            curl -X POST http://localhost:8080/api/providers/openrouter/credentials \\
              -H 'content-type: application/json' \\
              -d '{"key":"OPENROUTER_API_KEY","value":"sk-or-..."}'\
            """;
    private static final String PROVIDERS = "curl http://localhost:8080/api/providers";
    private static final String UPSTREAMS = "curl http://localhost:8080/api/upstreams";
    private static final String UPSTREAM = "curl http://localhost:8080/api/upstreams/openrouter";
    private static final String TEST =
            "curl -X POST http://localhost:8080/api/upstreams/openrouter/test";
    private static final String BLOCK =
            """
            [[upstream]]
            name = "openrouter"
            kind = "remote"
            url = "https://openrouter.ai/api/v1"
            auth_style = "bearer"
            auth_value_env = "OPENROUTER_API_KEY"
            timeout_seconds = 300.0
            advertise_models = true
            """;

    @TempDir private Path home;
    private final ObjectMapper json = new ObjectMapper();

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException _) {
            return false;
        }
    }

    private JsonNode run(String command, URI relay) throws Exception {
        String here = command.replace("localhost:8080", "localhost:" + relay.getPort());
        Process process = new ProcessBuilder("sh", "-c", here).start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(command).isZero();
        return json.readTree(out);
    }

    private static List<String> names(JsonNode rows, String field) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.path(field).asText())
                .toList();
    }

    @Test
    void eachPrintedCommandDoesWhatTheGuideSays() throws Exception {
        assumeThat(Path.of("/usr/bin/curl")).as("curl is installed").exists();
        try (MockWebServer openRouter = new MockWebServer()) {
            openRouter.start();
            String url = openRouter.url("/api/v1").toString();
            Files.writeString(
                    home.resolve("upstreams.toml"),
                    BLOCK.replace("https://openrouter.ai/api/v1", url));
            String[] serve =
                    isFree(8080) ? new String[] {"serve"} : new String[] {"serve", "--port", "0"};
            try (Hal0Process process = Hal0Process.in(home).start(serve)) {
                URI relay = URI.create(process.relayAddress());

                assertThat(names(run(CATALOG, relay), "id"))
                        .contains(
                                "openai", "anthropic", "openrouter", "google", "ollama", "custom");
                assertThat(run(UPSTREAM, relay).path("auth_configured").asBoolean(true)).isFalse();

                JsonNode written = run(CREDENTIAL, relay);
                assertThat(written.path("key").asText()).isEqualTo("OPENROUTER_API_KEY");
                assertThat(written.path("value").asText()).isEqualTo("***REDACTED***");
                assertThat(written.path("hint").asText()).isNotEmpty();
                Path secrets = home.resolve("api.env");
                assertThat(Files.readString(secrets)).contains("OPENROUTER_API_KEY=", "sk-or-...");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                        .isEqualTo("rw-------");

                assertThat(names(run(PROVIDERS, relay), "name")).contains("openrouter");
                assertThat(names(run(UPSTREAMS, relay), "name")).contains("openrouter");
                JsonNode one = run(UPSTREAM, relay);
                assertThat(one.path("auth_configured").asBoolean()).isTrue();
                assertThat(one.toString()).doesNotContain("sk-or-...");

                openRouter.enqueue(
                        new MockResponse.Builder()
                                .body("{\"data\":[{\"id\":\"a/b\"},{\"id\":\"c/d\"}]}")
                                .build());
                JsonNode tested = run(TEST, relay);
                assertThat(tested.path("ok").asBoolean()).isTrue();
                assertThat(tested.path("status").asInt()).isEqualTo(200);
                assertThat(tested.path("latency_ms").isNumber()).isTrue();
                assertThat(tested.path("models_count").asInt()).isEqualTo(2);
                var asked = openRouter.takeRequest();
                assertThat(asked.getTarget()).isEqualTo("/api/v1/models");
                assertThat(asked.getHeaders().get("Authorization")).isEqualTo("Bearer sk-or-...");
            }
        }
    }
}
