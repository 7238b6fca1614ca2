package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `hal0 serve`: how it starts, whom it lets be, how it ends, and who goes through it.
class ServeTest {
    @TempDir Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
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
        client.close();
    }

    private Hal0Process serve() throws IOException {
        return home.hal0().start("serve", "--port", "0");
    }

    private static HttpRequest chat(String address, String model) {
        return HttpRequest.newBuilder(URI.create(address + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(
                        HttpRequest.BodyPublishers.ofString(
                                "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                                        .formatted(model)))
                .build();
    }

    @Test
    void tellsWhereItListensToItsOwnerOnly() throws Exception {
        try (Hal0Process serve = serve()) {
            String address = serve.relayAddress();
            assertThat(serve.out().text()).isEmpty();
            JsonNode file = TestHome.json(Files.readString(home.relayFile()));
            assertThat("http://127.0.0.1:" + file.path("port").asInt()).isEqualTo(address);
            assertThat(file.path("pid").asLong()).isEqualTo(serve.pid());
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(home.relayFile())))
                    .isEqualTo("rw-------");
            HttpResponse<String> health =
                    client.send(
                            HttpRequest.newBuilder(URI.create(address + "/api/health")).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(health.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void secondOneSaysWhoOwnsTheHome() throws Exception {
        try (Hal0Process serve = serve()) {
            String address = serve.relayAddress();
            Ended second = home.hal0().run("serve", "--port", "0");
            assertThat(second.exit()).isEqualTo(ExitCode.FAILED);
            assertThat(second.err()).contains("process " + serve.pid(), address, "stop it");
            assertThat(Files.exists(home.relayFile())).isTrue();
        }
    }

    @Test
    void takenPortIsSaidWithoutStackTrace() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(other.getLocalPort());
            Ended ended = home.hal0().run("serve", "--port", port);
            assertThat(ended.exit()).isEqualTo(ExitCode.FAILED);
            assertThat(ended.err())
                    .contains("127.0.0.1:" + port, "in use", "--port")
                    .doesNotContain("Exception", "\tat ");
            assertThat(Files.exists(home.relayFile())).isFalse();
        }
    }

    @Test
    void listeningForOthersNeedsInsecure() throws Exception {
        Ended ended = home.hal0().run("serve", "--host", "0.0.0.0", "--port", "0");
        assertThat(ended.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ended.err()).contains("0.0.0.0", "--insecure");
        try (Hal0Process serve =
                home.hal0().start("serve", "--host", "0.0.0.0", "--port", "0", "--insecure")) {
            assertThat(serve.relayAddress()).startsWith("http://");
        }
    }

    @Test
    void brokenConfigurationIsRefused() throws Exception {
        home.config("[relay]\nport = \"x\"\n");
        Ended ended = home.hal0().run("serve");
        assertThat(ended.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ended.err()).contains("config.toml:2: relay.port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void openStreamMayEndAfterTheSignal(String signal) throws Exception {
        try (SlowProvider provider = SlowProvider.saying("It begins")) {
            home.providers(provider.baseUrl(), provider.baseUrl());
            try (Hal0Process serve = serve()) {
                HttpResponse<InputStream> answer =
                        client.send(
                                chat(serve.relayAddress(), "oa/m1"),
                                HttpResponse.BodyHandlers.ofInputStream());
                Output stream = Output.reading(answer.body(), "the answer");
                stream.awaitText("It begins");
                serve.signal(signal);
                serve.err().awaitText("stopping");
                assertThat(provider.isClientThere()).isTrue();
                provider.release();
                assertThat(stream.whole()).contains("and the rest", "data: [DONE]");
                assertThat(serve.ended().exit()).isEqualTo(signal.equals("TERM") ? 143 : 130);
            }
        }
        assertThat(Files.exists(home.relayFile())).isFalse();
        assertThat(home.ledger())
                .extracting(TestHome.Row::client, TestHome.Row::outcome)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("relay", "ANSWERED"));
        try (Hal0Process next = serve()) {
            assertThat(next.relayAddress()).startsWith("http://127.0.0.1:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oa", "an"})
    void askGoesThroughTheOwner(String provider) throws Exception {
        ScriptedProvider upstream = provider.equals("oa") ? openAi : anthropic;
        upstream.says("through", " the relay");
        try (Hal0Process serve = serve()) {
            serve.relayAddress();
            Ended ended = home.hal0().run("ask", "-o", "json", "-m", provider + "/m1", "hi");
            assertThat(ended.exit()).as(ended.err()).isZero();
            assertThat(TestHome.json(ended.out()).path("content").asText())
                    .isEqualTo("through the relay");
            serve.err().awaitText("\"target\":\"" + provider + "/m1\"");
            serve.signal("TERM");
            serve.ended();
        }
        assertThat(upstream.asked()).hasSize(1);
        Long cost = provider.equals("oa") ? 75_000_000L : null;
        assertThat(home.ledger())
                .containsExactly(new TestHome.Row("ask", provider, "m1", "ANSWERED", 10, 5, cost));
    }

    @Test
    void demoAnswersOtherProgramsToo() throws Exception {
        try (Hal0Process serve = serve()) {
            HttpResponse<String> answer =
                    client.send(
                            chat(serve.relayAddress(), "demo/demo"),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("chat.completion", "canned");
        }
    }

    @Test
    void interruptedAskEndsTheOwnersCallToo() throws Exception {
        try (SlowProvider provider = SlowProvider.silent()) {
            home.providers(provider.baseUrl(), provider.baseUrl());
            try (Hal0Process serve = serve()) {
                serve.relayAddress();
                try (Hal0Process ask = home.hal0().start("ask", "hi")) {
                    provider.awaitAsked();
                    ask.signal("INT");
                    provider.awaitClientLeft();
                    assertThat(ask.ended().exit()).isEqualTo(ExitCode.INTERRUPTED);
                }
                serve.signal("TERM");
                serve.ended();
            }
        }
        assertThat(home.ledger()).extracting(TestHome.Row::outcome).containsExactly("CANCELLED");
    }

    @Test
    void killedOwnerIsInNobodysWay() throws Exception {
        try (Hal0Process serve = serve()) {
            serve.relayAddress();
            serve.signal("KILL");
            serve.ended();
        }
        assertThat(Files.exists(home.relayFile())).isTrue();
        openAi.says("without it");
        Ended ended = home.hal0().run("ask", "hi");
        assertThat(ended).isEqualTo(new Ended(0, "without it\n", ""));
        try (Hal0Process next = serve()) {
            String address = next.relayAddress();
            assertThat(Files.readString(home.relayFile()))
                    .contains(String.valueOf(URI.create(address).getPort()));
        }
    }
}
