package hal0.cli.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.home.Home;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// The whole program in this process, over a real home, asked over HTTP.
final class ApiFixture implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final Hal0 hal0;
    private final RunningRelay relay;

    /// An answer of `/api`.
    record Answer(int status, JsonNode body, String text) {
        String code() {
            return body.path("error").path("code").asText();
        }

        String message() {
            return body.path("error").path("message").asText();
        }

        /// The places that a 422 names.
        String locs() {
            StringBuilder locs = new StringBuilder();
            body.path("error")
                    .path("details")
                    .path("fields")
                    .forEach(field -> locs.append(field.path("loc").asText()).append(' '));
            return locs.toString().strip();
        }
    }

    ApiFixture(Path folder, Map<String, String> environment) {
        this.folder = folder;
        Home home = new Home(folder, folder.resolve("data"), folder.resolve("state"));
        this.hal0 = Hal0.open(Configuration.read(home, environment));
        this.relay =
                RunningRelay.start(
                                hal0,
                                hal0.configuration().relay().withAddress("127.0.0.1", 0),
                                new QuickCheckup())
                        .orElseThrow();
    }

    static void write(Path folder, String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    URI url(String path) {
        return URI.create(relay.address() + path);
    }

    Set<String> routes() {
        return relay.routes().names();
    }

    Hal0 hal0() {
        return hal0;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    Answer send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url(path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        String text = response.body();
        boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Answer(
                response.statusCode(), json ? JSON.readTree(text) : JSON.missingNode(), text);
    }

    @Override
    public void close() {
        relay.close();
        hal0.close();
    }
}
