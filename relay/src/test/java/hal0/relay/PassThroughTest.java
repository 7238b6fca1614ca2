package hal0.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The client gets what a direct call would have given it, byte for byte.
class PassThroughTest {
    private static final String ASK = "{\"model\":\"up/m\",\"stream\":true,\"messages\":[]}";
    private static final String EVENTS = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
    private static final String FINISH =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}";

    @TempDir private Path folder;
    private RawUpstream upstream;
    private RelayFixture relay;

    @BeforeEach
    void start() {
        upstream = new RawUpstream();
        relay = new RelayFixture(folder, Setup.of(RelayFixture.openAi(upstream).build()));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    static Stream<Arguments> bodies() {
        String long16M = "data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(16 << 20);
        return Stream.of(
                Arguments.of("LF", "data: {}\n\n" + FINISH + "\n\ndata: [DONE]\n\n"),
                Arguments.of("CRLF", "data: {}\r\n\r\n" + FINISH + "\r\n\r\ndata: [DONE]\r\n\r\n"),
                Arguments.of("CR", "data: {}\r\r" + FINISH + "\r\rdata: [DONE]\r\r"),
                Arguments.of("mixed ends", "data: {}\n\r\n" + FINISH + "\r\n\rdata: [DONE]\n\n"),
                Arguments.of(
                        "comments", ": hi\n\n:\n\n" + FINISH + "\n\n: bye\n\ndata: [DONE]\n\n"),
                Arguments.of(
                        "unknown events and fields",
                        "event: ping\ndata: {\"a\":1}\n\nfoo: bar\nbaz\n\n" + FINISH + "\n\n"),
                Arguments.of("id and retry", "id: 7\nretry: 10\n" + FINISH + "\n\n"),
                Arguments.of("a byte order mark", "\uFEFF" + FINISH + "\n\ndata: [DONE]\n\n"),
                Arguments.of("several data lines", "data: {\ndata: }\n\n" + FINISH + "\n\n"),
                Arguments.of("no DONE", FINISH + "\n\n"),
                Arguments.of("a last event without its blank line", FINISH + "\n\ndata: [DONE]"),
                Arguments.of(
                        "usage that nobody asked for",
                        FINISH
                                + "\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":1}}\n\ndata: [DONE]\n\n"),
                Arguments.of(
                        "usage: null",
                        "data: {\"choices\":[],\"usage\":null}\n\n" + FINISH + "\n\n"),
                Arguments.of(
                        "one event of 16 MiB",
                        long16M + "\"}}]}\n\n" + FINISH + "\n\ndata: [DONE]\n\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void aStreamIsTheVeryBytesOfADirectCall(String name, String body) {
        upstream.always(turn -> turn.send(EVENTS + "Connection: close\r\n\r\n" + body).close());

        Answer direct = direct(ASK);
        Answer relayed = relay.chat(ASK);

        assertThat(relayed.status()).isEqualTo(200);
        assertThat(relayed.whole()).isTrue();
        assertThat(relayed.header("Content-Type")).contains("text/event-stream");
        assertSame(relayed.body(), direct.body());
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("ANSWERED");
    }

    @Test
    void chunksAndLengthsCarryTheSameBytes() {
        String body = FINISH + "\n\ndata: [DONE]\n\n";
        upstream.then(turn ->
                        turn.send(EVENTS + "Transfer-Encoding: chunked\r\n\r\n")
                                .chunk(body.substring(0, 9))
                                .chunk(body.substring(9))
                                .send("0\r\n\r\n"))
                .sends(EVENTS + "Content-Length: " + body.length() + "\r\n\r\n" + body);

        Answer chunked = relay.chat(ASK);
        Answer counted = relay.chat(ASK);

        assertThat(chunked.text()).isEqualTo(body);
        assertThat(counted.text()).isEqualTo(body);
        assertThat(counted.header("Content-Length")).contains(Integer.toString(body.length()));
        assertThat(counted.header("Transfer-Encoding")).isEmpty();
    }

    @Test
    void aWholeAnswerKeepsItsBytesAndItsLength() {
        String body = "{ \"choices\" : [ ] ,\r\n \"ünknown\":1e400 }";
        upstream.sends(json("200 OK", body));

        Answer relayed = relay.chat("{\"model\":\"up/m\"}");

        assertThat(relayed.text()).isEqualTo(body);
        assertThat(relayed.header("Content-Length"))
                .contains(Integer.toString(body.getBytes(UTF_8).length));
        assertThat(relayed.header("x-hal0-provider")).contains("up");
        assertThat(relayed.header("x-hal0-model")).contains("m");
        assertThat(relayed.header("x-hal0-route")).contains("prefix:up");
        assertThat(relayed.header("x-hal0-origin")).contains("upstream");
        assertThat(relayed.header("x-hal0-attempts")).contains("1");
        assertThat(relayed.header("x-hal0-overhead-us")).get().asString().containsOnlyDigits();
    }

    @Test
    void aLargeWholeAnswerIsStreamedWithItsLength() {
        String body = "{\"choices\":[],\"text\":\"" + "y".repeat(3 << 20) + "\"}";
        upstream.sends(json("200 OK", body));

        Answer relayed = relay.chat("{\"model\":\"up/m\"}");

        assertThat(relayed.header("Content-Length")).contains(Integer.toString(body.length()));
        assertSame(relayed.body(), body.getBytes(UTF_8));
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of("400 Bad Request", "{\"error\":{\"message\":\"no\",\"code\":null}}"),
                Arguments.of("401 Unauthorized", "{\"error\":{\"message\":\"who\"}}"),
                Arguments.of("404 Not Found", "{\"error\":{\"message\":\"none\"}}\n"),
                Arguments.of("422 Unprocessable", ""),
                Arguments.of("429 Too Many", "{\"error\" : {\"message\":\"slow\"}}"),
                Arguments.of("500 Broken", "{\"error\":{\"message\":\"oops\"}}"),
                Arguments.of("529 Overloaded", "not json at all"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void anErrorIsTheProvidersOwn(String status, String body) {
        String answer =
                "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nRetry-After: 77\r\nx-ratelimit-left: 0\r\n\r\n%s"
                        .formatted(status, body.length(), body);
        upstream.always(turn -> turn.send(answer));

        Answer relayed = relay.chat("{\"model\":\"up/m\"}");

        assertThat(relayed.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
        assertThat(relayed.text()).isEqualTo(body);
        assertThat(relayed.header("Content-Length")).contains(Integer.toString(body.length()));
        assertThat(relayed.header("Retry-After")).contains("77");
        assertThat(relayed.header("x-ratelimit-left")).contains("0");
        assertThat(relayed.header("x-hal0-origin")).contains("upstream");
        var row = relay.rows(1).getFirst();
        assertThat(row.outcome()).isEqualTo("FAILED");
        assertThat(row.status()).isEqualTo(relayed.status());
    }

    @Test
    void anErrorInChunksComesWhole() {
        upstream.always(turn ->
                turn.send(
                                "HTTP/1.1 400 Bad\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .chunk("{\"error\":")
                        .chunk("{}}")
                        .send("0\r\n\r\n"));

        assertThat(relay.chat(ASK).text()).isEqualTo("{\"error\":{}}");
    }

    @Test
    void anAnswerWithoutABodyHasNone() {
        upstream.sends("HTTP/1.1 204 No Content\r\n\r\n");
        upstream.sends(json("200 OK", "{\"choices\":[]}"));

        try (RawClient client = new RawClient(relay.port())) {
            Answer empty =
                    client.send(RawClient.post("/v1/chat/completions", "{\"model\":\"up/m\"}"))
                            .receive();
            assertThat(empty.status()).isEqualTo(204);
            assertThat(empty.body()).isEmpty();

            Answer next =
                    client.send(RawClient.post("/v1/chat/completions", "{\"model\":\"up/m\"}"))
                            .receive();
            assertThat(next.text()).isEqualTo("{\"choices\":[]}");
        }
    }

    @Test
    void gzipGoesThroughAsItIsAndIsCountedAllTheSame() throws IOException {
        byte[] packed =
                gzip(
                        FINISH
                                + "\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\ndata: [DONE]\n\n");
        upstream.sends(
                joined(
                        EVENTS
                                + "Content-Encoding: gzip\r\nContent-Length: "
                                + packed.length
                                + "\r\n\r\n",
                        packed));

        Answer relayed = relay.chat(ASK, "Accept-Encoding: br, gzip;q=0.9");

        assertThat(upstream.takeAsked().headers()).contains("Accept-Encoding: gzip");
        assertThat(relayed.header("Content-Encoding")).contains("gzip");
        assertSame(relayed.body(), packed);
        var row = relay.rows(1).getFirst();
        assertThat(row.input()).isEqualTo(3);
        assertThat(row.output()).isEqualTo(4);
    }

    @Test
    void gzipThatNobodyAskedForStillComesAsItIs() throws IOException {
        byte[] packed = gzip("{\"choices\":[]}");
        upstream.sends(
                joined(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
                                + packed.length
                                + "\r\n\r\n",
                        packed));

        Answer relayed = relay.chat("{\"model\":\"up/m\"}");

        assertThat(upstream.takeAsked().headers()).contains("Accept-Encoding: identity");
        assertSame(relayed.body(), packed);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(relayed.body())))
                .hasBinaryContent("{\"choices\":[]}".getBytes(UTF_8));
    }

    @Test
    void gzipInTwoMembersIsCountedToItsEnd() throws IOException {
        byte[] first = gzip(FINISH + "\n\n");
        byte[] second =
                gzip(
                        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\ndata: [DONE]\n\n");
        byte[] padded = new byte[first.length + second.length + 3];
        System.arraycopy(first, 0, padded, 0, first.length);
        System.arraycopy(second, 0, padded, first.length, second.length);
        upstream.then(turn -> {
            turn.send(
                    EVENTS
                            + "Content-Encoding: gzip\r\nContent-Length: "
                            + padded.length
                            + "\r\n\r\n");
            for (byte b : padded) {
                turn.send(new byte[] {b});
            }
        });

        Answer relayed = relay.chat(ASK, "Accept-Encoding: gzip");

        assertThat(relayed.whole()).isTrue();
        assertSame(relayed.body(), padded);
        var row = relay.rows(1).getFirst();
        assertThat(row.outcome()).isEqualTo("ANSWERED");
        assertThat(row.input()).isEqualTo(3);
        assertThat(row.output()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsCalledGzipAndIsNotComesAsItIs(boolean streamed) {
        String body = FINISH + "\n\ndata: [DONE]\n\n";
        String type = streamed ? "text/event-stream" : "application/json";
        upstream.sends(
                "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(type, body.length(), body));

        Answer relayed = relay.chat(ASK, "Accept-Encoding: gzip");

        assertThat(relayed.whole()).isTrue();
        assertThat(relayed.text()).isEqualTo(body);
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("ANSWERED");
    }

    @Test
    void headersOfOneConnectionOfWebPagesAndOfTheServerStayBehind() {
        upstream.sends(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                        + "Connection: keep-alive, x-once\r\nKeep-Alive: timeout=5\r\nx-once: 1\r\n"
                        + "Access-Control-Allow-Origin: *\r\nSet-Cookie: a=b\r\nServer: far\r\n"
                        + "Strict-Transport-Security: max-age=1\r\nx-request-id: req_theirs\r\n"
                        + "x-hal0-provider: liar\r\nopenai-version: 1\r\nx-two: a\r\nx-two: b\r\n\r\n{}");

        Answer relayed = relay.chat("{\"model\":\"up/m\"}", "X-Request-ID: mine-1");

        assertThat(relayed.headers())
                .noneMatch(line -> {
                    String name = line.toLowerCase(Locale.ROOT);
                    return name.startsWith("access-control")
                            || name.startsWith("set-cookie")
                            || name.startsWith("server")
                            || name.startsWith("strict-transport")
                            || name.startsWith("keep-alive")
                            || name.startsWith("x-once");
                });
        assertThat(relayed.header("openai-version")).contains("1");
        assertThat(relayed.headers("x-two")).containsExactly("a", "b");
        assertThat(relayed.header("x-hal0-provider")).contains("up");
        assertThat(relayed.header("X-Request-ID")).contains("mine-1");
        assertThat(relayed.header("x-hal0-upstream-request-id")).contains("req_theirs");
        assertThat(relayed.headers("Date")).hasSize(1);
    }

    @Test
    void aModelOfOtherLettersIsNamedInPercentEncoding() {
        upstream.sends(json("200 OK", "{\"choices\":[]}"));

        Answer relayed = relay.chat("{\"model\":\"up/模 型%é\"}");

        assertThat(relayed.header("x-hal0-model")).contains("%E6%A8%A1%20%E5%9E%8B%25%C3%A9");
    }

    @Test
    void headersThatCannotBeWrittenStayBehind() {
        upstream.sends(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 14\r\n"
                        + "x bad: 1\r\nx(bad): 1\r\nx-bell: a\u0007b\r\nx-umlaut: ü\r\n"
                        + "x-request-id: a\u0007b\r\nx-good: 1\r\n\r\n{\"choices\":[]}");

        Answer relayed = relay.chat("{\"model\":\"up/m\"}");

        assertThat(relayed.status()).isEqualTo(200);
        assertThat(relayed.text()).isEqualTo("{\"choices\":[]}");
        assertThat(relayed.header("x-good")).contains("1");
        assertThat(relayed.headers()).noneMatch(line -> line.contains("bad"));
        assertThat(relayed.header("x-bell")).isEmpty();
        assertThat(relayed.header("x-umlaut")).isEmpty();
    }

    private Answer direct(String body) {
        try (RawClient client = new RawClient(upstream.port())) {
            return client.send(RawClient.post("/v1/chat/completions", body)).receive();
        }
    }

    /// Without printing megabytes when they differ.
    private static void assertSame(byte[] actual, byte[] expected) {
        assertThat(java.util.Arrays.mismatch(actual, expected))
                .as("the first byte that differs, of %d and %d", actual.length, expected.length)
                .isEqualTo(-1);
    }

    private static String json(String status, String body) {
        return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, body.getBytes(UTF_8).length, body);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(String head, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
