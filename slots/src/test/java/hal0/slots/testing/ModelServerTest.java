package hal0.slots.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What other tests rely on in the server that they start.
class ModelServerTest {
    private final List<Process> started = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
        client.close();
    }

    @Test
    void saysThatItLoadsUntilItHasLoaded() throws Exception {
        Server server = start("--load-delay", "600", "-m", "qwen", "-c", "512");
        server.await("server is listening");
        HttpResponse<String> early = get(server, "/health");
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.body()).contains("\"status\":\"loading\"");
        server.await("model qwen loaded");
        assertThat(get(server, "/health").body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(get(server, "/v1/models").body()).contains("\"id\":\"qwen\"");
        assertThat(get(server, "/props").body()).contains("\"n_ctx\":512");
    }

    @Test
    void answersWithItsNameAndThePrompt() throws Exception {
        Server server = start("--alias", "chat", "--tokens", "4");
        server.await("loaded");
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"say \\\"hü\\\"\"}]}";
        assertThat(post(server, "", body).body())
                .contains("\"content\":\"chat heard: say \\\"hü\\\" 3\"")
                .contains("\"completion_tokens\":4")
                .contains("\"finish_reason\":\"stop\"");
    }

    @Test
    void streamsWithUsageWhereThatIsAskedFor() throws Exception {
        Server server = start("--alias", "chat", "--tokens", "9");
        server.await("loaded");
        String body =
                """
                {"stream":true,"stream_options":{"include_usage":true},"max_tokens":3,
                 "messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}]}\
                """;
        List<String> events =
                post(server, "", body).body().lines().filter(l -> !l.isEmpty()).toList();
        assertThat(events).hasSize(6).allMatch(line -> line.startsWith("data: "));
        assertThat(events.get(2)).contains("\"content\":\" hi\"");
        assertThat(events.get(3)).contains("\"finish_reason\":\"length\"");
        assertThat(events.get(4)).contains("\"choices\":[]").contains("\"completion_tokens\":3");
        assertThat(events.get(5)).isEqualTo("data: [DONE]");
    }

    @Test
    void asksForItsKeyWhereLlamaServerDoes() throws Exception {
        Server server = start("--api-key", "sesame");
        server.await("loaded");
        assertThat(get(server, "/health").statusCode()).isEqualTo(200);
        assertThat(post(server, "", "{}").statusCode()).isEqualTo(401);
        assertThat(post(server, "sesame", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void failsAsToldOnLoadingAndLater() throws Exception {
        Server bad = start("--crash-on-load");
        bad.await("error: failed to load model");
        assertThat(bad.exitCode()).isEqualTo(1);
        assertThat(start("--crash-after", "50").exitCode()).isEqualTo(3);
        Server unknown = start("--no-such-flag");
        unknown.await("invalid argument: --no-such-flag");
        assertThat(unknown.exitCode()).isEqualTo(1);
        Server missing = start("-m", "/no/such.gguf");
        missing.await("failed to open the model '/no/such.gguf'");
        assertThat(missing.exitCode()).isEqualTo(1);
    }

    @Test
    void endsOnTermUnlessToldOtherwise() throws Exception {
        Server polite = start();
        polite.await("loaded");
        polite.process.destroy();
        assertThat(polite.exitCode()).isZero();
        Server deaf = start("--ignore-sigterm");
        deaf.await("loaded");
        deaf.process.destroy();
        assertThat(deaf.process.waitFor(300, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(get(deaf, "/health").statusCode()).isEqualTo(200);
    }

    private record Server(Process process, int port, BufferedReader output) {
        void await(String text) throws IOException {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.contains(text)) {
                    return;
                }
            }
            throw new AssertionError("ended without saying " + text);
        }

        int exitCode() throws InterruptedException {
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }

    private Server start(String... flags) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> base = List.of(ModelServer.binary().toString(), "--port", "" + port);
        List<String> command = Stream.concat(base.stream(), Stream.of(flags)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return new Server(process, port, process.inputReader());
    }

    private HttpResponse<String> get(Server server, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(server, path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(Server server, String key, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri(server, "/v1/chat/completions"))
                        .header("Authorization", "Bearer " + key)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static URI uri(Server server, String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
