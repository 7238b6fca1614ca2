package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.RawServer;
import hal0.providers.testing.ScriptedProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What `hal0 ask` says and ends with when it gets no answer.
class AskFailureTest {
    @TempDir Path folder;
    private final ScriptedProvider openAi = ScriptedProvider.openAi();
    private final ScriptedProvider anthropic = ScriptedProvider.anthropic();
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(folder).providers(openAi.baseUrl(), anthropic.baseUrl());
    }

    @AfterEach
    void close() {
        openAi.close();
        anthropic.close();
    }

    private Ended fails(int exit, String... arguments) throws Exception {
        Ended ended = home.hal0().run(arguments);
        assertThat(ended.exit()).as(ended.err()).isEqualTo(exit);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith("hal0: ").doesNotContain("Exception", "\tat ");
        assertThat(ended.err().lines()).hasSize(1);
        return ended;
    }

    @Test
    void deadProviderIsNamedWithWhatToDo() throws Exception {
        int free;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }
        URI dead = URI.create("http://127.0.0.1:" + free + "/v1");
        home.providers(dead, dead);
        assertThat(fails(ExitCode.UPSTREAM, "ask", "hi").err())
                .contains("oa cannot be reached", "127.0.0.1:" + free, "Check that it runs");
    }

    @Test
    void refusedKeyIsToldApart() throws Exception {
        anthropic.fails(
                401,
                "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"invalid x-api-key\"}}");
        assertThat(fails(ExitCode.UPSTREAM, "ask", "-m", "an/m1", "hi").err())
                .contains("an", "401", "invalid x-api-key");
    }

    @Test
    void unknownModelIsToldApart() throws Exception {
        openAi.fails(
                404,
                "{\"error\":{\"message\":\"The model `m7` does not exist\",\"code\":\"model_not_found\"}}");
        assertThat(fails(ExitCode.UPSTREAM, "ask", "-m", "oa/m7", "hi").err())
                .contains("oa", "m7", "404");
    }

    @Test
    void pageInsteadOfAnAnswerIsToldApart() throws Exception {
        openAi.answers(
                new MockResponse.Builder()
                        .code(200)
                        .setHeader("Content-Type", "text/html")
                        .body("<!DOCTYPE html><html><title>Welcome</title></html>")
                        .build());
        assertThat(fails(ExitCode.UPSTREAM, "ask", "hi").err()).contains("oa", "base_url");
    }

    @Test
    void answerThatBreaksOffKeepsWhatWasSaid() throws Exception {
        openAi.streams(
                "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Half an\"},\"finish_reason\":null}]}\n\n");
        Ended ended = home.hal0().run("ask", "hi");
        assertThat(ended.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(ended.out()).isEqualTo("Half an\n");
        assertThat(ended.err()).startsWith("hal0: oa");
        assertThat(home.ledger()).extracting(TestHome.Row::outcome).containsExactly("FAILED");
    }

    @Test
    void whatIsNotHttpIsToldApart() throws Exception {
        try (RawServer server = RawServer.sending("SSH-2.0-OpenSSH_9.2\r\n")) {
            home.providers(server.uri("/v1"), server.uri(""));
            assertThat(fails(ExitCode.UPSTREAM, "ask", "hi").err())
                    .contains("oa", "not HTTP", "base_url");
        }
    }

    @Test
    void missingKeySaysWhichVariableAndWhereItGoes() throws Exception {
        home.config("[active]\nprovider = \"groq\"\nmodel = \"m\"\n");
        assertThat(fails(ExitCode.UPSTREAM, "ask", "hi").err())
                .contains("groq", "GROQ_API_KEY", "hal0 providers credentials set");
    }

    @Test
    void unknownProviderIsAConfigurationError() throws Exception {
        assertThat(fails(ExitCode.CONFIGURATION, "ask", "--provider", "nope", "hi").err())
                .contains("there is no provider \"nope\"");
    }

    @Test
    void withoutAnyModelItSaysHowToNameOne() throws Exception {
        home.config("");
        assertThat(fails(ExitCode.CONFIGURATION, "ask", "hi").err())
                .contains("no model is chosen", "--model provider/model", "demo");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void answerThatCannotBeWrittenIsAFailure() throws Exception {
        openAi.says("hello");
        Ended ended = home.hal0().outputTo(Path.of("/dev/full")).run("ask", "hi");
        assertThat(ended.exit()).isNotZero();
        assertThat(ended.err()).contains("the output could not be written", "no space left");
    }

    @Test
    void jsonFormsEndInAnErrorObject() throws Exception {
        openAi.fails(401, "{\"error\":{\"message\":\"no\"}}");
        Ended json = home.hal0().run("ask", "-o", "json", "hi");
        assertThat(json.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(error(json.out()).path("kind").asText()).isEqualTo("unauthenticated");
        openAi.fails(401, "{\"error\":{\"message\":\"no\"}}");
        Ended stream = home.hal0().run("ask", "-o", "stream-json", "hi");
        assertThat(stream.exit()).isEqualTo(ExitCode.UPSTREAM);
        assertThat(stream.out().lines()).hasSize(1);
        assertThat(TestHome.json(stream.out()).path("type").asText()).isEqualTo("error");
        assertThat(error(stream.out()).path("message").asText()).contains("oa", "401");
    }

    private static JsonNode error(String out) throws IOException {
        return TestHome.json(out).path("error");
    }
}
