package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Auth;
import hal0.providers.ModelInfo;
import hal0.providers.Secret;
import hal0.relay.forward.PassThrough;
import hal0.relay.testing.LogLines;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RawUpstream.Asked;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What reaches the upstream differs from what the client sent in the model's name, in the wish for
/// usage and in the headers listed here, and in nothing else.
class RequestChangesTest {
    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{\"choices\":[]}";
    private static final String STREAM =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    private static final String CONTENT =
            "data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String COUNT =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @TempDir private Path folder;
    private RawUpstream upstream;
    private RawUpstream claude;
    private RelayFixture relay;

    @BeforeEach
    void start() {
        upstream = new RawUpstream().always(turn -> turn.send(OK));
        claude = new RawUpstream().always(turn -> turn.send(OK));
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(
                                        RelayFixture.openAi(upstream)
                                                .injectUsage(true)
                                                .auth(new Auth.Bearer())
                                                .inlineKey(new Secret("sk-theirs"))
                                                .models(List.of(ModelInfo.of("declared")))
                                                .build(),
                                        RelayFixture.anthropic(claude)
                                                .auth(new Auth.Anthropic())
                                                .inlineKey(new Secret("sk-ant"))
                                                .build())
                                .active("up", "the-active-one"));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
        claude.close();
    }

    @Test
    void headersAreTheClientsExceptForThese() {
        relay.ask(
                RawClient.post(
                        "/v1/chat/completions",
                        "{\"model\":\"up/m\"}",
                        "Connection: keep-alive, x-once",
                        "x-once: 1",
                        "Keep-Alive: 5",
                        "TE: trailers",
                        "Upgrade: h2c",
                        "Authorization: Bearer mine",
                        "x-api-key: mine",
                        "x-goog-api-key: mine",
                        "Cookie: a=b",
                        "X-Forwarded-For: 1.2.3.4",
                        "Forwarded: for=1",
                        "Via: 1.1 x",
                        "Sec-Fetch-Mode: cors",
                        "x-hal0-client: test",
                        "X-Request-ID: mine-1",
                        "Accept-Encoding: br",
                        "Accept: application/json",
                        "User-Agent: OpenAI/JS 5",
                        "OpenAI-Beta: a",
                        "X-Stainless-Lang: js",
                        "x-twice: 1",
                        "x-twice: 2"));

        Asked asked = upstream.takeAsked();

        assertThat(asked.requestLine()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
        // By which the relay would know a request of its own that came back to it.
        List<String> headers = new ArrayList<>(asked.headers());
        assertThat(headers.removeIf(header -> header.matches("x-hal0-instance: [0-9a-f.,; ]+")))
                .isTrue();
        assertThat(headers)
                .containsExactlyInAnyOrder(
                        // the client's own
                        "Accept: application/json",
                        "User-Agent: OpenAI/JS 5",
                        "OpenAI-Beta: a",
                        "X-Stainless-Lang: js",
                        "x-twice: 1",
                        "x-twice: 2",
                        "Content-Type: application/json",
                        // the relay's
                        "Authorization: Bearer sk-theirs",
                        "Accept-Encoding: identity",
                        "Host: 127.0.0.1:" + upstream.port(),
                        "Connection: Keep-Alive",
                        "Content-Length: 13");
    }

    @Test
    void anthropicsOwnHeadersPassAndTheKeyIsTheProviders() {
        relay.ask(
                RawClient.post(
                        "/v1/messages",
                        "{\"model\":\"claude/c\",\"max_tokens\":1}",
                        "x-api-key: mine",
                        "anthropic-version: 2024-01-01",
                        "anthropic-beta: tools"));

        Asked asked = claude.takeAsked();

        assertThat(asked.requestLine()).isEqualTo("POST /v1/messages HTTP/1.1");
        assertThat(asked.text()).isEqualTo("{\"model\":\"c\",\"max_tokens\":1}");
        assertThat(asked.headers())
                .contains("anthropic-version: 2024-01-01", "anthropic-beta: tools")
                .contains("x-api-key: sk-ant")
                .noneMatch(line -> line.contains("mine"));
    }

    @Test
    void aContentTypeOfTheClientsStaysAsItIs() {
        relay.ask(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: 16\r\n\r\n{\"model\":\"up/m\"}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(upstream.takeAsked().headers())
                .contains("Content-Type: application/json; charset=UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"up/m\",\"a\":1}                | {\"model\":\"m\",\"a\":1}",
                "{ \"a\":1 , \"model\" : \"up/x/y\" }        | { \"a\":1 , \"model\" : \"x/y\" }",
                "{\"model\":\"declared\"}                    | {\"model\":\"declared\"}",
                "{\"a\":[{\"model\":\"q\"}]}                 | {\"model\":\"the-active-one\",\"a\":[{\"model\":\"q\"}]}",
                "{}                                          | {\"model\":\"the-active-one\"}",
                "{\"model\":\"\\u0075p/m\",\"t\":\"\\u00e9\"} | {\"model\":\"m\",\"t\":\"\\u00e9\"}",
                "{\"stream\":false,\"model\":\"up/m\",\"stream_options\":{}} | {\"stream\":false,\"model\":\"m\",\"stream_options\":{}}",
            })
    void onlyTheModelsNameIsChanged(String sent, String expected) {
        relay.chat(sent);

        assertThat(upstream.takeAsked().text()).isEqualTo(expected);
    }

    @Test
    void aBareNameFromTheProvidersListLeadsThere() {
        upstream.then(turn ->
                turn.send(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 45\r\n\r\n{\"object\":\"list\",\"data\":[{\"id\":\"from/list\"}]}"));

        Answer answer = relay.chat("{\"model\":\"from/list\"}");

        assertThat(answer.header("x-hal0-route")).contains("passthrough-prefetched:up");
        assertThat(upstream.takeAsked().requestLine()).isEqualTo("GET /v1/models HTTP/1.1");
        assertThat(upstream.takeAsked().text()).isEqualTo("{\"model\":\"from/list\"}");
        assertThat(relay.chat("{\"model\":\"from/list\"}").header("x-hal0-route"))
                .contains("passthrough:up");
    }

    @Test
    void anUnknownNameIs404WithTheNearest() {
        Answer openAi = relay.chat("{\"model\":\"declarde\"}");
        Answer anthropic = relay.ask(RawClient.post("/v1/messages", "{\"model\":\"no \\\"such\"}"));

        assertThat(openAi.status()).isEqualTo(404);
        assertThat(openAi.text())
                .startsWith("{\"error\":{\"message\":\"")
                .contains("declarde", "the nearest are up/declared")
                .contains("\"type\":\"invalid_request_error\",\"param\":\"model\"")
                .contains("\"code\":\"dispatch.no_route\"");
        assertThat(openAi.header("x-hal0-origin")).contains("relay");
        assertThat(anthropic.status()).isEqualTo(404);
        assertThat(anthropic.text())
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"")
                .contains("no \\\"such");
        relay.rows(0);
    }

    @Test
    void aModelOfAnotherDialectIsAskedInItsOwn() {
        claude.then(turn ->
                turn.send(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
                        .send(
                                "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"c\","
                                        + "\"content\":[{\"type\":\"text\",\"text\":\"Hello\"}],"
                                        + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}")
                        .close());

        Answer answer =
                relay.chat(
                        "{\"model\":\"claude/c\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("\"object\":\"chat.completion\"", "\"Hello\"");
        assertThat(answer.header("x-hal0-provider")).contains("claude");
        assertThat(relay.rows(1).getFirst().input()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"up/m\",\"stream\":true} | {\"stream_options\":{\"include_usage\":true},\"model\":\"m\",\"stream\":true}",
                "{\"stream\":true,\"stream_options\":{\"x\":1},\"model\":\"m2\"} | {\"stream\":true,\"stream_options\":{\"include_usage\":true,\"x\":1},\"model\":\"m2\"}",
                "{\"stream\":true,\"stream_options\":{ },\"model\":\"m2\"} | {\"stream\":true,\"stream_options\":{\"include_usage\":true },\"model\":\"m2\"}",
                "{\"stream\":true,\"stream_options\":null,\"model\":\"m2\"} | {\"stream\":true,\"stream_options\":{\"include_usage\":true},\"model\":\"m2\"}",
                "{\"stream\":true,\"stream_options\":{\"include_usage\":false},\"model\":\"m2\"} | {\"stream\":true,\"stream_options\":{\"include_usage\":true},\"model\":\"m2\"}",
            })
    void usageIsAskedForWhereTheClientDidNotAndTakenOutAgain(String sent, String expected) {
        upstream.then(turn ->
                turn.send(STREAM)
                        .send("data: {\"choices\":[{\"delta\":{}}],\"usage\":null}\n\n")
                        .send(CONTENT + COUNT + DONE)
                        .close());

        Answer answer = relay.chat(sent.replace("\"m2\"", "\"up/m2\""));

        assertThat(upstream.takeAsked().text()).isEqualTo(expected);
        assertThat(answer.text())
                .isEqualTo("data: {\"choices\":[{\"delta\":{}}]}\n\n" + CONTENT + DONE);
        var row = relay.rows(1).getFirst();
        assertThat(row.input()).isEqualTo(3);
        assertThat(row.output()).isEqualTo(4);
    }

    @Test
    void aClientThatAsksForUsageGetsIt() {
        String body =
                "{\"stream\":true,\"stream_options\":{\"include_usage\":true},\"model\":\"up/m\"}";
        upstream.then(turn -> turn.send(STREAM + CONTENT + COUNT + DONE).close());

        Answer answer = relay.chat(body, "Accept-Encoding: gzip");

        Asked asked = upstream.takeAsked();
        assertThat(asked.text()).isEqualTo(body.replace("up/m", "m"));
        assertThat(asked.headers()).contains("Accept-Encoding: gzip");
        assertThat(answer.text()).isEqualTo(CONTENT + COUNT + DONE);
        assertThat(relay.rows(1).getFirst().input()).isEqualTo(3);
    }

    @Test
    void anUnencodedAnswerIsAskedForWhereUsageMustBeTakenOut() {
        upstream.then(turn -> turn.send(STREAM + CONTENT + COUNT + DONE).close());

        relay.chat("{\"model\":\"up/m\",\"stream\":true}", "Accept-Encoding: gzip");

        assertThat(upstream.takeAsked().headers()).contains("Accept-Encoding: identity");
    }

    @Test
    void aProviderThatAnswers400ToTheWishIsAskedWithoutItFromThenOn() {
        String refusal = "HTTP/1.1 400 Bad\r\nContent-Length: 2\r\n\r\n{}";
        upstream.sends(refusal)
                .then(turn -> turn.send(STREAM + CONTENT + DONE).close())
                .then(turn -> turn.send(STREAM + CONTENT + DONE).close());

        Answer first = relay.chat("{\"model\":\"up/m\",\"stream\":true}");
        Answer second = relay.chat("{\"model\":\"up/m\",\"stream\":true}");

        assertThat(first.text()).isEqualTo(CONTENT + DONE);
        assertThat(second.text()).isEqualTo(CONTENT + DONE);
        assertThat(upstream.asked())
                .extracting(Asked::text)
                .containsExactly(
                        "{\"stream_options\":{\"include_usage\":true},\"model\":\"m\",\"stream\":true}",
                        "{\"model\":\"m\",\"stream\":true}",
                        "{\"model\":\"m\",\"stream\":true}");
        relay.rows(2);
    }

    @Test
    void a400ThatIsNotAboutTheWishIsPassedOnAndTeachesNothing() {
        String refusal = "HTTP/1.1 400 Bad\r\nContent-Length: 4\r\n\r\n{  }";
        upstream.sends(refusal)
                .sends(refusal)
                .then(turn -> turn.send(STREAM + CONTENT + DONE).close());

        Answer refused = relay.chat("{\"model\":\"up/m\",\"stream\":true}");
        relay.chat("{\"model\":\"up/m\",\"stream\":true}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).isEqualTo("{  }");
        assertThat(upstream.asked().getLast().text()).contains("include_usage");
    }

    @Test
    void gzipInSpiteOfTheWishIsDecodedSoThatTheCountCanBeTakenOut() throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var out = new java.util.zip.GZIPOutputStream(bytes)) {
            out.write((CONTENT + COUNT + DONE).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        upstream.then(turn ->
                turn.send(
                                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\nContent-Length: "
                                        + bytes.size()
                                        + "\r\n\r\n")
                        .send(bytes.toByteArray()));

        Answer answer = relay.chat("{\"model\":\"up/m\",\"stream\":true}");

        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.whole()).isTrue();
        assertThat(answer.text()).isEqualTo(CONTENT + DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\"b", "<script>", "é", ""})
    void aHostileRequestIdIsReplaced(String hostile) {
        Answer answer = relay.chat("{\"model\":\"up/m\"}", "X-Request-ID: " + hostile);

        assertThat(answer.header("X-Request-ID")).get().asString().startsWith("req_");
    }

    @Test
    void aProviderThatRefusesTheWishIsNamedOnceAndAskedAgainWhenItIsDeclaredAnew() {
        upstream.always(turn ->
                turn.send(
                        turn.request().text().contains("include_usage")
                                ? "HTTP/1.1 400 No\r\nContent-Length: 2\r\n\r\n{}"
                                : OK));
        String body = "{\"model\":\"up/m\",\"stream\":true}";
        try (LogLines log = new LogLines(PassThrough.class)) {
            relay.chat(body);
            relay.chat(body);
            assertThat(upstream.asked()).hasSize(3);
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().getFirst()).startsWith("INFO up refuses");

            relay.declare(
                    RelayFixture.openAi(upstream)
                            .injectUsage(true)
                            .models(List.of(ModelInfo.of("another")))
                            .build());
            relay.chat(body);
            assertThat(upstream.asked()).hasSize(5);
        }
    }

    @Test
    void aSlowUploadIsNotTheRelaysTime() throws InterruptedException {
        var request = RawClient.post("/v1/chat/completions", "{\"model\":\"up/m\"}");
        try (RawClient client = new RawClient(relay.port())) {
            client.send(Arrays.copyOf(request, request.length - 1));
            // Longer than what the relay itself may need.
            assertThat(new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS)).isFalse();
            client.send(new byte[] {request[request.length - 1]});

            assertThat(client.receive().header("x-hal0-overhead-us"))
                    .get()
                    .satisfies(us -> assertThat(Long.parseLong(us)).isLessThan(250_000));
        }
    }

    @Test
    void aRequestIdIsMintedAndStandsInTheLedger() {
        Answer answer = relay.chat("{\"model\":\"up/m\"}");

        String id = answer.header("X-Request-ID").orElseThrow();
        assertThat(id.toLowerCase(Locale.ROOT)).matches("req_[0-9a-f]{24}");
        assertThat(relay.rows(1).getFirst().requestId()).isEqualTo(id);
    }
}
