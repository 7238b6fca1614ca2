package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.testing.ScriptedProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Edits of the user's files while `serve` runs.
class LiveEditTest {
    @TempDir Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ScriptedProvider provider = ScriptedProvider.openAi();
    private Hal0Process serve;
    private String address;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(folder.resolve("config.toml"), named("one", provider.baseUrl()));
        serve =
                Hal0Process.in(folder)
                        .set("ENV_KEY", "from-the-environment")
                        .start("serve", "--port", "0");
        address = serve.relayAddress();
    }

    @AfterEach
    void stop() throws Exception {
        serve.close();
        provider.close();
        client.close();
    }

    private static String named(String id, URI url) {
        return "[providers.%s]\nbase_url = \"%s\"\napi_key_env = \"ENV_KEY\"\nretries = 0\n"
                .formatted(id, url);
    }

    private HttpResponse<InputStream> ask(String model) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(address + "/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                                                .formatted(model)))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private int status(String model) throws Exception {
        HttpResponse<InputStream> answer = ask(model);
        try (InputStream body = answer.body()) {
            body.readAllBytes();
        }
        return answer.statusCode();
    }

    private static void replace(Path file, String text) throws IOException {
        Path beside =
                Files.writeString(file.resolveSibling("." + file.getFileName() + ".swp"), text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aValidEditIsInForceAndASecondFileMayComeLater() throws Exception {
        provider.says("one").says("two");
        replace(folder.resolve("config.toml"), named("renamed", provider.baseUrl()));
        serve.err().awaitText("config.toml was changed and is in force");
        assertThat(status("renamed/m")).isEqualTo(200);
        Files.writeString(
                folder.resolve("upstreams.toml"),
                "[[upstream]]\nname = \"listed\"\nurl = \"%s\"\n".formatted(provider.baseUrl()));
        serve.err().awaitText("upstreams.toml was changed and is in force");
        assertThat(status("listed/m")).isEqualTo(200);
    }

    @Test
    void anInvalidEditIsToldAndWhatWasStays() throws Exception {
        provider.says("still here");
        Files.writeString(folder.resolve("config.toml"), "[providers.one\n");
        String said = serve.err().awaitText("config.toml was changed and cannot be used");
        assertThat(said).contains("config.toml:1");
        assertThat(status("one/m")).isEqualTo(200);
    }

    @Test
    void slotsAndProfilesAreTakenOverAndABadEditOfOneLeavesItAsItWas() throws Exception {
        Path slots = Files.createDirectory(folder.resolve("slots"));
        replace(
                slots.resolve("chat.toml"),
                "[slot]\nruntime = \"docker\"\nenabled = false\nport = 8085\n[model]\ndefault = \"tiny\"\n");
        serve.err().awaitText("slots/chat.toml was changed and is in force");
        assertThat(Hal0Process.in(folder).run("slots", "resolved", "chat").out())
                .contains("tiny", "slots/chat.toml:6");
        replace(slots.resolve("chat.toml"), "[slot]\nport = \"8085\"\n");
        assertThat(serve.err().awaitText("slots/chat.toml was changed and cannot be used"))
                .contains("slots/chat.toml:2: slot.port");
        replace(
                folder.resolve("profiles.toml"),
                "[profile.llama-server]\ncommand = [\"--jinja\"]\n");
        serve.err().awaitText("profiles.toml was changed and is in force");
        assertThat(Hal0Process.in(folder).run("slots", "resolved", "chat").out())
                .contains("tiny", "--jinja", "profiles.toml:1");
    }

    @Test
    void aKeyThatChangesInItsFileIsTheNextOneSent() throws Exception {
        provider.says("a").says("b");
        status("one/m");
        assertThat(provider.takeAsked().headers().get("Authorization"))
                .isEqualTo("Bearer from-the-environment");
        Path keys = folder.resolve("api.env");
        Files.writeString(keys, "ENV_KEY=newer\n");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-------"));
        serve.err().awaitText("api.env was changed");
        status("one/m");
        assertThat(provider.takeAsked().headers().get("Authorization")).isEqualTo("Bearer newer");
        assertThat(serve.err().text()).doesNotContain("newer");
    }

    @Test
    void aStreamOutlivesTheRemovalOfItsProvider() throws Exception {
        try (SlowProvider slow = SlowProvider.saying("It begins")) {
            replace(folder.resolve("config.toml"), named("slow", slow.baseUrl()));
            serve.err().awaitText("is in force");
            Output stream = Output.reading(ask("slow/m").body(), "the answer");
            stream.awaitText("It begins");
            replace(folder.resolve("config.toml"), "[active]\nprovider = \"demo\"\n# no others\n");
            serve.err().awaitTimes(2, "is in force");
            slow.release();
            assertThat(stream.whole()).contains("and the rest", "data: [DONE]");
            assertThat(status("slow/m")).isEqualTo(404);
        }
    }
}
