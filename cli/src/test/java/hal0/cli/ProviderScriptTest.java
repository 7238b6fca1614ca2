package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Providers that a Lua script describes, as their users meet them.
class ProviderScriptTest {
    private static final String QUESTION =
            "{ \"model\": \"%s\",  \"stream\": false, \"messages\": [{\"role\":\"user\",\"content\":\"hi\"}] }";

    @TempDir Path folder;
    private final ScriptedProvider upstream = ScriptedProvider.openAi();
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(folder);
        script(
                "mine",
                "function provider.on_request(req) req.headers['X-Mine'] = req.model return req end");
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private Path script(String name, String lines) throws Exception {
        Path file = home.folder().resolve("providers").resolve(name + ".lua");
        Files.createDirectories(file.getParent());
        return Files.writeString(
                file,
                """
                local provider = {
                  protocol = "openai_compat",
                  base_url = "%s",
                  completions_endpoint = "/talk",
                  models_endpoint = "/models",
                }
                %s
                return provider
                """
                        .formatted(upstream.baseUrl(), lines));
    }

    private static HttpResponse<String> post(HttpClient client, String address, String model)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(address + "/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(QUESTION.formatted(model)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void fileWithoutDeclarationAnswers() throws Exception {
        upstream.says("hello from the script");
        Ended ended = home.hal0().run("ask", "-m", "mine/m1", "hi");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("hello from the script");
        assertThat(upstream.takeAsked())
                .satisfies(asked -> {
                    assertThat(asked.target()).isEqualTo("/v1/talk");
                    assertThat(asked.headers().get("X-Mine")).isEqualTo("m1");
                });
    }

    @Test
    void relayRunsHooksAndPassesTheRestByteForByte() throws Exception {
        script("plain", "");
        script("broken", "this is not Lua");
        try (HttpClient client = HttpClient.newHttpClient();
                Hal0Process serve = home.hal0().start("serve", "--port", "0")) {
            String address = serve.relayAddress();
            upstream.says("one").says("two");
            assertThat(post(client, address, "mine/m1").body()).contains("one");
            assertThat(upstream.takeAsked())
                    .satisfies(asked -> {
                        assertThat(asked.headers().get("X-Mine")).isEqualTo("m1");
                        assertThat(asked.body()).startsWith("{\"model\":\"m1\",\"stream\":false,");
                    });
            assertThat(post(client, address, "plain/m1").body()).contains("two");
            assertThat(upstream.takeAsked())
                    .satisfies(asked -> {
                        assertThat(asked.target()).isEqualTo("/v1/talk");
                        assertThat(asked.body()).isEqualTo(QUESTION.formatted("m1"));
                    });
            HttpResponse<String> broken = post(client, address, "broken/m1");
            assertThat(broken.statusCode()).isEqualTo(500);
            assertThat(broken.body()).contains("providers/broken.lua:7");

            // An edit counts from the next request on.
            script("mine", "function provider.on_request(req) return nil, 'closed for today' end");
            HttpResponse<String> refused = post(client, address, "mine/m1");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("closed for today");
        }
    }

    @Test
    void nothingIsStartedForProvidersThatAreNotUsed() throws Exception {
        try (Hal0Process serve = home.hal0().start("serve", "--port", "0")) {
            serve.relayAddress();
            assertThat(ProcessHandle.of(serve.pid()).orElseThrow().descendants())
                    .noneMatch(child ->
                            child.info().commandLine().orElse("").contains("ScriptProcess"));
        }
    }

    @Test
    void whatAScriptSaysIsOneLineOnStandardError() throws Exception {
        Ended ended =
                home.hal0()
                        .run(
                                "providers",
                                "script",
                                "check",
                                script("mine", "log.info('it runs')").toString());
        assertThat(ended.exit()).isEqualTo(ExitCode.DONE);
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .matches("\\S+Z INFO providers.script .*: it runs");
    }

    @Test
    void checkTellsWhatAScriptDeclares() throws Exception {
        Ended ended =
                home.hal0()
                        .run(
                                "providers",
                                "script",
                                "check",
                                script("mine", "function provider.parse_models(r) return r end")
                                        .toString(),
                                "--json");
        assertThat(ended.exit()).isEqualTo(ExitCode.DONE);
        assertThat(ended.err()).isEmpty();
        assertThat(TestHome.json(ended.out()))
                .anySatisfy(row -> {
                    assertThat(row.path("field").asText()).isEqualTo("hooks");
                    assertThat(row.path("value").asText()).isEqualTo("parse_models");
                });
    }

    @Test
    void checkTellsFileAndLineOfAMistake() throws Exception {
        Ended ended =
                home.hal0()
                        .run(
                                "providers",
                                "script",
                                "check",
                                script("mine", "nonsense here").toString());
        assertThat(ended.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ended.err())
                .startsWith("hal0: providers/mine.lua:7: ")
                .doesNotContain("Exception");
    }
}
