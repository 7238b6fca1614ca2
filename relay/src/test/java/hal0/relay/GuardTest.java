package hal0.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused before anybody upstream hears of it, and how the refusal looks.
class GuardTest {
    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"choices\":[]}";
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = "{\"model\":\"up/m\"}";

    @TempDir private Path folder;
    private RawUpstream upstream;
    private RelayFixture relay;

    @BeforeEach
    void start() {
        upstream = new RawUpstream().always(turn -> turn.send(OK));
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(RelayFixture.openAi(upstream).build())
                                .settings(
                                        new RelaySettings(
                                                "127.0.0.1",
                                                0,
                                                1,
                                                List.of("https://chat.example.com"),
                                                List.of("relay.example.com"),
                                                List.of())));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    @Nested
    class WhoMayCall {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Host: evil.example.com\r\n",
                    "Host: 127.0.0.1.evil.example.com\r\n",
                    "Host: localhost\r\nHost: evil.example.com\r\n",
                    "Host: \r\n",
                    "Host: localhost@evil\r\n",
                    ""
                })
        void aHostThatIsNotOursIs421(String host) {
            Answer answer = relay.ask(get("/v1/models", host));

            assertThat(answer.status()).isEqualTo(421);
            assertError(answer, "guard.host");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "localhost",
                    "LOCALHOST:99",
                    "127.0.0.1:8080",
                    "[::1]:1",
                    "relay.example.com",
                    "app.localhost"
                })
        void ourNamesPass(String host) {
            assertThat(relay.ask(get("/api/health", "Host: " + host + "\r\n")).status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://evil.example.com",
                    "null",
                    "http://localhost:1",
                    "http://localhost"
                })
        void aPageFromElsewhereIs403AlsoForAGet(String origin) {
            Answer answer =
                    relay.ask(
                            get("/api/status", "Host: localhost:2\r\nOrigin: " + origin + "\r\n"));

            assertThat(answer.status()).isEqualTo(403);
            assertError(answer, "guard.origin");
            assertThat(answer.headers("Access-Control-Allow-Origin")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://chat.example.com", "http://localhost:2"})
        void anAllowedPageAndOurOwnPass(String origin) {
            Answer answer =
                    relay.ask(
                            get("/api/status", "Host: localhost:2\r\nOrigin: " + origin + "\r\n"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Access-Control-Allow-Origin")).contains(origin);
            assertThat(answer.header("Vary")).contains("Origin");
        }

        @Test
        void anAllowedPageReadsErrorsAndAnswersOfTheUpstreamToo() {
            String[] page = {"Origin: https://chat.example.com"};

            Answer error = relay.chat("{\"model\":\"nobody-has-it\"}", page);
            upstream.sends(
                    "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 14\r\n\r\n{\"choices\":[]}");
            Answer answer = relay.chat(BODY, page);

            assertThat(error.status()).isEqualTo(404);
            assertThat(error.header("Access-Control-Allow-Origin"))
                    .contains("https://chat.example.com");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Access-Control-Allow-Origin"))
                    .contains("https://chat.example.com");
        }

        @Test
        void aBrowserThatAsksForAnAllowedPageIsToldWhatThePageMaySend() {
            String ask =
                    "OPTIONS %s HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n\r\n";

            Answer allowed =
                    relay.ask(ask.formatted(CHAT, "https://chat.example.com").getBytes(ISO_8859_1));
            Answer refused =
                    relay.ask(ask.formatted(CHAT, "https://evil.example.com").getBytes(ISO_8859_1));
            Answer nowhere =
                    relay.ask(
                            ask.formatted("/v1/no", "https://chat.example.com")
                                    .getBytes(ISO_8859_1));

            assertThat(allowed.status()).isEqualTo(204);
            assertThat(allowed.header("Access-Control-Allow-Origin"))
                    .contains("https://chat.example.com");
            assertThat(allowed.header("Access-Control-Allow-Methods")).contains("POST");
            assertThat(allowed.header("Access-Control-Allow-Headers")).contains("content-type");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.headers("Access-Control-Allow-Methods")).isEmpty();
            assertThat(nowhere.status()).isEqualTo(404);
        }

        @Test
        void aClientThatWantsNoMoreIsLetGoHoweverLongItsAnswerTook() {
            // Long enough to be read ahead.
            upstream.then(turn -> {
                assertThat(new CountDownLatch(1).await(60, TimeUnit.MILLISECONDS)).isFalse();
                turn.send(OK);
            });
            try (RawClient client = new RawClient(relay.port())) {
                assertThat(
                                client.send(RawClient.post(CHAT, BODY, "Connection: close"))
                                        .receive()
                                        .header("Connection"))
                        .contains("close");
                assertThat(client.isAtEnd()).isTrue();
            }
        }

        @Test
        void nothingIsReadOfWhatTheGuardRefuses() {
            Answer answer = relay.chat(BODY, "Origin: https://evil.example.com");

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).startsWith("{\"error\":{\"message\":");
            assertThat(upstream.asked()).isEmpty();
        }
    }

    @Nested
    class Routes {
        @ParameterizedTest
        @CsvSource({
            "GET,    /v1/chat/completions, POST",
            "DELETE, /v1/messages,         POST",
            "POST,   /v1/models,           GET",
            "POST,   /api/status,          GET",
            "GET,    /api/reload,          POST",
            "OPTIONS,/v1/models,           GET",
        })
        void aWrongMethodIs405WithTheRightOnes(String method, String path, String allowed) {
            Answer answer =
                    relay.ask(
                            (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                    .getBytes(ISO_8859_1));

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).contains(allowed);
            assertError(answer, "route.method_not_allowed");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/v1/%63hat/completions",
                    "/v1/chat%2Fcompletions",
                    "/v1/../v1/models",
                    "/v1/./models",
                    "//v1/models",
                    "/v1//models",
                    "/v1/models/",
                    "/V1/MODELS",
                    "/%2e%2e/api/status",
                    "/v1/models;x=1",
                    "/v1/chat/completions/"
                })
        void onlyTheVeryPathIsARoute(String path) {
            Answer answer = relay.ask(get(path, "Host: localhost\r\n"));

            assertThat(answer.status()).isBetween(400, 405);
            assertThat(answer.text()).startsWith("{");
        }

        @Test
        void whatIsNotThereIs404InTheShapeOfItsDialect() {
            assertThat(relay.ask(get("/v1/nothing", "Host: localhost\r\n")).text())
                    .isEqualTo(
                            "{\"error\":{\"message\":\"there is nothing at /v1/nothing\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"route.not_found\"}}");
            assertThat(relay.ask(get("/v1/messages/nothing", "Host: localhost\r\n")).text())
                    .isEqualTo(
                            "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"there is nothing at /v1/messages/nothing\",\"code\":\"route.not_found\"}}");
            assertThat(relay.ask(get("/api/nothing", "Host: localhost\r\n")).text())
                    .isEqualTo(
                            "{\"error\":{\"code\":\"route.not_found\",\"message\":\"there is nothing at /api/nothing\",\"details\":{}}}");
        }

        @Test
        void aQueryDoesNotMatter() {
            assertThat(relay.ask(RawClient.post(CHAT + "?beta=true", BODY)).status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class Bodies {
        static Stream<Arguments> broken() {
            return Stream.of(
                    Arguments.of("half", bytes("{\"model\":\"up/m\",\"messages\":[{\"ro")),
                    Arguments.of("empty", new byte[0]),
                    Arguments.of("spaces", bytes("  \n ")),
                    Arguments.of("an array", bytes("[1]")),
                    Arguments.of("a word", bytes("hello")),
                    Arguments.of("more behind it", bytes(BODY + "{}")),
                    Arguments.of("model twice", bytes("{\"model\":\"up/m\",\"model\":\"x\"}")),
                    Arguments.of("model a number", bytes("{\"model\":1}")),
                    Arguments.of("model null", bytes("{\"model\":null}")),
                    Arguments.of("UTF-16", BODY.getBytes(UTF_16)),
                    Arguments.of(
                            "UTF-16 without a mark",
                            BODY.getBytes(java.nio.charset.StandardCharsets.UTF_16LE)),
                    Arguments.of(
                            "invalid UTF-8",
                            "{\"model\":\"up/m\",\"a\":\"\u00ff\"}".getBytes(ISO_8859_1)),
                    Arguments.of(
                            "invalid UTF-8 in the name",
                            "{\"model\":\"up/\u00e9\"}".getBytes(ISO_8859_1)),
                    Arguments.of(
                            "an overlong slash",
                            "{\"model\":\"up\u00c0\u00afm\"}".getBytes(ISO_8859_1)),
                    Arguments.of("deep", bytes("{\"a\":" + "[".repeat(100_000))),
                    Arguments.of(
                            "deep and closed",
                            bytes("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("broken")
        void aBodyThatCannotBeReadIs400AndTheConnectionGoesOn(String name, byte[] body) {
            try (RawClient client = new RawClient(relay.port())) {
                Answer answer = client.send(RawClient.post(CHAT, body)).receive();

                assertThat(answer.status()).isEqualTo(400);
                assertError(answer, "request.invalid");
                assertThat(client.send(RawClient.post(CHAT, BODY)).receive().status())
                        .isEqualTo(200);
            }
            assertThat(upstream.asked()).hasSize(1);
            relay.rows(1);
        }

        @Test
        void theFaultHasAPlace() {
            assertThat(relay.chat("{\n\"model\" \"up/m\"}").text()).contains("line 2, column");
        }

        @Test
        void aByteOrderMarkIsTakenForWhatItIs() {
            Answer answer = relay.chat("\uFEFF{\"a\":1}".replace("{\"a\":1}", BODY));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(upstream.takeAsked().text()).isEqualTo("\uFEFF{\"model\":\"m\"}");
        }

        @Test
        void gzipIsDecodedOnItsWay() throws IOException {
            Answer answer =
                    relay.ask(RawClient.post(CHAT, gzip(bytes(BODY)), "Content-Encoding: gzip"));

            assertThat(answer.status()).isEqualTo(200);
            var asked = upstream.takeAsked();
            assertThat(asked.text()).isEqualTo("{\"model\":\"m\"}");
            assertThat(asked.headers()).noneMatch(line -> line.startsWith("Content-Encoding"));
        }

        @Test
        void brokenGzipIs400AndAnUnknownEncoding415() throws IOException {
            byte[] packed = gzip(bytes(BODY));
            byte[] cut = java.util.Arrays.copyOf(packed, packed.length - 6);

            Answer half = relay.ask(RawClient.post(CHAT, cut, "Content-Encoding: gzip"));
            Answer none = relay.ask(RawClient.post(CHAT, BODY, "Content-Encoding: gzip"));
            Answer other = relay.ask(RawClient.post(CHAT, BODY, "Content-Encoding: br"));

            assertThat(half.status()).isEqualTo(400);
            assertThat(none.status()).isEqualTo(400);
            assertThat(other.status()).isEqualTo(415);
            assertError(other, "request.encoding");
            assertThat(upstream.asked()).isEmpty();
        }

        @Test
        void aGzipBombIs413() throws IOException {
            byte[] bomb = gzip(new byte[64 << 20]);
            assertThat(bomb.length).isLessThan(1 << 20);

            Answer answer = relay.ask(RawClient.post(CHAT, bomb, "Content-Encoding: gzip"));

            assertThat(answer.status()).isEqualTo(413);
            assertError(answer, "request.too_large");
        }

        @Test
        void fortyMegabytesThatWereAnnouncedAre413AndTheAnswerArrives() {
            Answer answer = relay.ask(RawClient.post(CHAT, new byte[40 << 20]));

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("Connection")).contains("close");
            assertError(answer, "request.too_large");
        }

        @Test
        void fortyMegabytesInChunksAre413AndTheAnswerArrives() {
            try (RawClient client = new RawClient(relay.port())) {
                client.send(
                        "POST "
                                + CHAT
                                + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
                byte[] chunk = bytes("10000\r\n" + "x".repeat(65536) + "\r\n");
                for (int i = 0; i < 640; i++) {
                    client.send(chunk);
                }
                Answer answer = client.send("0\r\n\r\n").receive();

                assertThat(answer.status()).isEqualTo(413);
                assertError(answer, "request.too_large");
                assertThat(client.isAtEnd()).isTrue();
            }
        }

        @Test
        void oneChunkOfTwoGigabytesIsNotWaitedFor() {
            try (RawClient client = new RawClient(relay.port())) {
                Answer answer =
                        client.send(
                                        "POST "
                                                + CHAT
                                                + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\nxx")
                                .receive();

                assertThat(answer.status()).isEqualTo(413);
            }
        }

        @Test
        void aClientThatAsksFirstIsToldToGoOn() {
            try (RawClient client = new RawClient(relay.port())) {
                client.send(
                        "POST "
                                + CHAT
                                + " HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
                                + BODY.length()
                                + "\r\n\r\n");
                assertThat(client.receiveHead().status()).isEqualTo(100);
                assertThat(client.send(BODY).receive().status()).isEqualTo(200);
            }
            assertThat(upstream.takeAsked().headers()).noneMatch(line -> line.startsWith("Expect"));
        }

        @Test
        void aClientThatAsksFirstIsToldWhatIsWrongInstead() {
            try (RawClient client = new RawClient(relay.port())) {
                client.send(
                        "POST /v1/nothing HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 900\r\n\r\n");
                assertThat(client.receive().status()).isEqualTo(404);
                assertThat(client.send(RawClient.post(CHAT, BODY)).receive().status())
                        .isEqualTo(200);
            }
        }
    }

    /// What the server library refuses itself.
    @Nested
    class NotHttp {
        static Stream<Arguments> malformed() {
            return Stream.of(
                    Arguments.of("no version", "GET /\r\n\r\n"),
                    Arguments.of("a broken first line", "GET\r\n\r\n"),
                    Arguments.of("HTTP/1.0", "GET /v1/models HTTP/1.0\r\n\r\n"),
                    Arguments.of("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                    Arguments.of("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n"),
                    Arguments.of(
                            "a broken path", "GET /a\u0001b HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                    Arguments.of(
                            "an endless path", "GET /" + "a".repeat(70_000) + " HTTP/1.1\r\n\r\n"),
                    Arguments.of(
                            "a header without a colon",
                            "GET /v1/models HTTP/1.1\r\nHost localhost\r\n\r\n"),
                    Arguments.of(
                            "a header of 70 KB",
                            "GET /v1/models HTTP/1.1\r\nHost: localhost\r\na: "
                                    + "b".repeat(70_000)
                                    + "\r\n\r\n"),
                    Arguments.of(
                            "headers without end",
                            "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n"
                                    + "a: b\r\n".repeat(20_000)
                                    + "\r\n"),
                    Arguments.of("two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n")),
                    Arguments.of("two lengths in one", post("Content-Length: 2, 3\r\n")),
                    Arguments.of("a negative length", post("Content-Length: -1\r\n")),
                    Arguments.of("a length with a sign", post("Content-Length: +2\r\n")),
                    Arguments.of("a length in words", post("Content-Length: two\r\n")),
                    Arguments.of(
                            "length and chunks",
                            post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n")),
                    Arguments.of(
                            "chunks twice",
                            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")),
                    Arguments.of("another encoding", post("Transfer-Encoding: gzip, chunked\r\n")),
                    Arguments.of(
                            "chunks not last", post("Transfer-Encoding: chunked, identity\r\n")),
                    Arguments.of(
                            "a broken chunk size",
                            post("Transfer-Encoding: chunked\r\n") + "zz\r\n"),
                    Arguments.of(
                            "a negative chunk size",
                            post("Transfer-Encoding: chunked\r\n") + "-1\r\n"));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("malformed")
        void isAnErrorOfOursAndTheEndOfTheConnection(String name, String request) {
            try (RawClient client = new RawClient(relay.port())) {
                Answer answer = client.send(request).receive();

                assertThat(answer.status()).isIn(400, 414, 501, 505);
                assertThat(answer.header("Content-Type")).contains("application/json");
                assertThat(answer.header("X-Request-ID")).isPresent();
                assertThat(answer.header("x-hal0-origin")).contains("relay");
                assertThat(answer.text())
                        .contains("request.malformed")
                        .doesNotContainIgnoringCase("helidon")
                        .doesNotContain("Exception", "server log", "at io.");
                assertThat(client.isAtEnd()).isTrue();
            }
            assertThat(upstream.asked()).isEmpty();
        }

        @Test
        void theClientsNameForItsRequestComesBackWhenItIsHarmless() {
            String request = "X-Request-ID: %s\r\nContent-Length: two\r\n";

            assertThat(relay.ask(bytes(post(request.formatted("mine-1")))).header("X-Request-ID"))
                    .contains("mine-1");
            assertThat(relay.ask(bytes(post(request.formatted("a b")))).header("X-Request-ID"))
                    .get()
                    .asString()
                    .startsWith("req_");
        }

        private static String post(String lengths) {
            return "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\n" + lengths + "\r\n";
        }
    }

    private static void assertError(Answer answer, String code) {
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.header("x-hal0-origin")).contains("relay");
        assertThat(answer.header("X-Request-ID")).isPresent();
        assertThat(answer.text()).contains(code);
    }

    private static byte[] get(String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\n" + headers + "\r\n").getBytes(ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
