package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 serve --capture`: what a debugging session finds in the folder.
class CaptureTest {
    private static final String PROVIDER_KEY = "sk-of-the-provider-123456";
    private static final String CLIENT_KEY = "of-the-client-7654321";

    @TempDir Path folder;
    @TempDir Path elsewhere;
    private final ScriptedProvider upstream = ScriptedProvider.openAi();

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void everySideOfARequestIsWrittenAndNoKey() throws Exception {
        TestHome home =
                new TestHome(folder)
                        .config(
                                """
                                [providers.oa]
                                base_url = "%s"
                                api_key_env = "OA_KEY"
                                """
                                        .formatted(upstream.baseUrl()));
        Path captured = elsewhere.resolve("session");
        upstream.says("fi", "ne")
                .fails(400, "{\"error\":{\"message\":\"Incorrect key " + PROVIDER_KEY + "\"}}");
        try (Hal0Process relay =
                        home.hal0()
                                .set("OA_KEY", PROVIDER_KEY)
                                .start("serve", "--port", "0", "--capture", captured.toString());
                HttpClient client = HttpClient.newHttpClient()) {
            String address = relay.relayAddress();
            ask(client, address, "true");
            ask(client, address, "false");
            assertThat(relay.err().text())
                    .contains("capturing requests and answers in " + captured);
        }

        List<Path> files = files(captured);
        assertThat(files.stream().map(file -> captured.relativize(file).toString()))
                .containsExactly(
                        "0001-one/client-answer.http",
                        "0001-one/client-request.http",
                        "0001-one/upstream-1-answer.http",
                        "0001-one/upstream-1-request.http",
                        "0002-one/client-answer.http",
                        "0002-one/client-request.http",
                        "0002-one/upstream-1-answer.http",
                        "0002-one/upstream-1-request.http");
        for (Path file : files) {
            assertThat(Files.readString(file)).doesNotContain(PROVIDER_KEY, CLIENT_KEY);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(files.get(0)).content().startsWith("HTTP 200\n").contains("fi", "[DONE]");
        assertThat(files.get(1))
                .content()
                .startsWith("POST /v1/chat/completions\n")
                .endsWith("{\"model\":\"oa/m\",\"stream\":true}");
        assertThat(files.get(2)).content().startsWith("HTTP 200\n").contains("fi", "[DONE]");
        assertThat(files.get(3)).content().contains("\"model\":\"m\"", "***REDACTED***");
        assertThat(files.get(4)).content().startsWith("HTTP 400\n").contains("Incorrect key ***");
    }

    @Test
    void aFolderThatCannotBeUsedIsSaidAtTheStart() throws Exception {
        Path file = Files.writeString(elsewhere.resolve("file"), "in the way");

        Hal0Process.Ended ended =
                Hal0Process.in(folder).run("serve", "--port", "0", "--capture", file.toString());

        assertThat(ended.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err()).contains("--capture", file.toString());
    }

    private static void ask(HttpClient client, String address, String streamed) throws Exception {
        client.send(
                HttpRequest.newBuilder(URI.create(address + "/v1/chat/completions"))
                        .header("Authorization", "Bearer " + CLIENT_KEY)
                        .header("X-Request-ID", "one")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"model\":\"oa/m\",\"stream\":%s}".formatted(streamed)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static List<Path> files(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
