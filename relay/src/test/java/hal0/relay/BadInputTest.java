package hal0.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every route that a model answers, with bodies, heads and paths that are wrong: each is refused
/// in the client's own dialect, nobody upstream hears of it, and the connection goes on with the
/// next request or is closed in order.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String GOOD =
            "{\"model\":\"up/m\",\"messages\":[],\"input\":\"x\",\"contents\":[],\"max_tokens\":1}";
    private static final byte[] NEXT =
            "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1);

    private static final Map<String, String> SHAPES = shapes();

    private RawUpstream upstream;
    private RelayFixture relay;
    private byte[] packedZeros;
    private byte[] deflatedZeros;

    /// Every route that takes a body for a model, and how an error begins there.
    private static Map<String, String> shapes() {
        String openAi = "{\"error\":{\"message\":";
        Map<String, String> shapes = new LinkedHashMap<>();
        for (String path :
                List.of(
                        "/v1/chat/completions",
                        "/v1/responses",
                        "/v1/completions",
                        "/v1/embeddings",
                        "/v1/rerank",
                        "/v1/rerankings",
                        "/v1/moderations",
                        "/v1/images/generations",
                        "/v1/images/edits",
                        "/v1/images/variations",
                        "/v1/audio/speech",
                        "/v1/audio/transcriptions",
                        "/v1/audio/translations")) {
            shapes.put(path, openAi);
        }
        shapes.put("/v1/messages", "{\"type\":\"error\",\"error\":{");
        shapes.put("/v1beta/models/up/m:generateContent", "{\"error\":{\"code\":4");
        shapes.put("/v1beta/models/up/m:streamGenerateContent", "{\"error\":{\"code\":4");
        return shapes;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        packedZeros = gzip(new byte[48 << 20]);
        deflatedZeros = deflate(new byte[48 << 20]);
        upstream = new RawUpstream();
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(RelayFixture.openAi(upstream).build())
                                .settings(
                                        new RelaySettings(
                                                        "127.0.0.1",
                                                        0,
                                                        1,
                                                        List.of(),
                                                        List.of(),
                                                        List.of())
                                                .withUploads(2, 10, 10)));
    }

    @AfterAll
    void stop() {
        assertThat(upstream.asked())
                .as("what was refused and reached the upstream")
                .allMatch(asked -> asked.requestLine().startsWith("GET /v1/models "));
        relay.close();
        upstream.close();
    }

    private static Map<String, byte[]> bodies() throws IOException {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        for (String text :
                List.of(
                        "",
                        " \r\n\t",
                        "null",
                        "true",
                        "[]",
                        "\"model\"",
                        "{",
                        "{\"model\"",
                        "{\"model\":",
                        "{\"model\":\"up/m",
                        "{\"model\":\"up/m\"",
                        "{\"model\":\"up/m\",}",
                        "{\"model\":\"up/m\"}}",
                        "{\"model\":\"up/m\"} x",
                        "{'model':'up/m'}",
                        "{model:\"up/m\"}",
                        "{\"model\":\"up/m\",\"a\":NaN}",
                        "{\"model\":\"up/m\",\"a\":Infinity}",
                        "{\"model\":\"up/m\",\"a\":01}",
                        "{\"model\":\"up/m\",\"a\":+1}",
                        "{\"model\":\"up/m\",\"a\":.5}",
                        "{\"model\":\"up/m\",\"a\":1.}",
                        "{\"model\":\"up/m\",\"a\":0x10}",
                        "{\"model\":\"up/m\",\"a\":\"\u0001\"}",
                        "{\"model\":\"up/m\",\"a\":\"\\x\"}",
                        "{\"model\":\"up/m\",\"a\":\"\\u12\"}",
                        "{\"model\":\"up/m\",\"a\":undefined}",
                        "{\"model\":\"up/m\"/* */}",
                        "{\"model\":\"up/m\",\"model\":\"up/m\"}",
                        "{\"model\":\"up/m\",\"mod\\u0065l\":\"up/n\"}",
                        "{\"model\":7}",
                        "{\"model\":null}",
                        "{\"model\":[\"up/m\"]}",
                        "{\"model\":{\"id\":\"up/m\"}}",
                        "{\"model\":true}",
                        "{\"model\":\"up/\\u0000\"}",
                        "{\"model\":\"" + "m".repeat(300) + "\"}",
                        "model=up%2Fm",
                        "<xml/>",
                        "{\"model\":\"up/m\",\"a\":" + "7".repeat(2_000) + "}",
                        "{\"model\":\"up/m\",\"a\":"
                                + "[".repeat(50_000)
                                + "]".repeat(50_000)
                                + "}",
                        "{\"model\":\"up/m\",\"a\":" + "{\"a\":".repeat(50_000) + "1}")) {
            bodies.put(text.length() > 40 ? text.substring(0, 40) + "…" : text, bytes(text));
        }
        for (Charset other : List.of(UTF_16, UTF_16LE, Charset.forName("UTF-32"))) {
            bodies.put(other.name(), GOOD.getBytes(other));
        }
        bodies.put("Latin-1", "{\"model\":\"up/m\",\"a\":\"\u00e9\"}".getBytes(ISO_8859_1));
        bodies.put("zeros", new byte[100]);
        bodies.put("gzip that nobody announced", gzip(bytes(GOOD)));
        return bodies;
    }

    static Stream<Arguments> wrongBodies() throws IOException {
        Map<String, byte[]> bodies = bodies();
        return SHAPES.keySet().stream()
                .flatMap(path ->
                        bodies.entrySet().stream()
                                .map(body -> Arguments.of(path, body.getKey(), body.getValue())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("wrongBodies")
    void isRefusedWithItsPlaceAndTheConnectionGoesOn(String path, String name, byte[] body) {
        try (RawClient client = new RawClient(relay.port())) {
            Answer answer = client.send(RawClient.post(path, body)).receive();

            assertThat(answer.status()).isEqualTo(400);
            assertOurs(path, answer, "request.invalid");
            assertThat(client.send(NEXT).receive().status()).isEqualTo(200);
        }
    }

    static Stream<Arguments> routes() {
        return SHAPES.keySet().stream().map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void encodingsAreUndoneWithinBoundsOrRefused(String path) throws IOException {
        assertThat(answer(path, packedZeros, "Content-Encoding: gzip", 413))
                .contains("request.too_large");
        assertThat(answer(path, deflatedZeros, "Content-Encoding: deflate", 413))
                .contains("request.too_large");
        assertThat(answer(path, bytes(GOOD), "Content-Encoding: gzip", 400))
                .contains("request.encoding");
        assertThat(answer(path, bytes(GOOD), "Content-Encoding: deflate", 400))
                .contains("request.encoding");
        for (String unknown : List.of("br", "zstd", "compress", "gzip, gzip", "x")) {
            assertThat(answer(path, bytes(GOOD), "Content-Encoding: " + unknown, 415))
                    .contains("request.encoding");
        }
        assertThat(answer(path, gzip(gzip(bytes(GOOD))), "Content-Encoding: gzip", 400))
                .contains("request.invalid");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void whatIsTooLargeIs413AndTheConnectionEnds(String path) {
        byte[] large = bytes("{\"model\":\"up/m\",\"a\":\"" + "x".repeat(1 << 20) + "\"}");
        try (RawClient client = new RawClient(relay.port())) {
            Answer answer = client.send(RawClient.post(path, large)).receive();

            assertThat(answer.status()).isEqualTo(413);
            assertOurs(path, answer, "request.too_large");
            assertThat(answer.header("Connection")).contains("close");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void anotherMethodIs405WithTheRightOneInTheDialect(String path) {
        for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND")) {
            Answer answer =
                    relay.ask(
                            bytes(
                                    method
                                            + " "
                                            + path
                                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"));

            assertThat(answer.status()).as(method).isEqualTo(405);
            assertThat(answer.header("Allow")).get().asString().contains("POST");
            assertOurs(path, answer, "route.method_not_allowed");
        }
        Answer head = relay.askHead(path);
        assertThat(head.status()).isEqualTo(405);
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1",
                "/v1/",
                "/v1/chat",
                "/v1/chat/completions/",
                "/v1/chat/completions/x",
                "/v1/chat/completions;a",
                "/v1/%63hat/completions",
                "/v1/chat%2Fcompletions",
                "/v1/chat/../chat/completions",
                "/v1/chat/%2e%2e/chat/completions",
                "/v1/./chat/completions",
                "/v1//chat/completions",
                "/v1/embeddings%00",
                "/v1/fine_tuning/jobs",
                "/v1/files",
                "/v1beta",
                "/v1beta/",
                "/v1beta/models/up/m:explode",
                "/v1beta/models/up/m",
                "/v1beta/models/:",
                "/v1beta/tunedModels/x:generateContent",
                "/v1/messages/batches",
                "/v1/messages/x/y"
            })
    void whatIsNotThereIs404InTheDialect(String path) {
        Answer answer = relay.ask(RawClient.post(path, GOOD));

        assertThat(answer.status()).isIn(404, 405);
        assertThat(answer.text()).contains("route.");
        assertThat(answer.text())
                .startsWith(
                        path.startsWith("/v1beta")
                                ? "{\"error\":{\"code\":40"
                                : path.startsWith("/v1/messages")
                                        ? "{\"type\":\"error\""
                                        : "{\"error\":{\"message\":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1beta/models/%:generateContent",
                "/v1beta/models/%2:generateContent",
                "/v1beta/models/%zz:generateContent",
                "/v1beta/models/a%ff:generateContent",
                "/v1beta/models/a%00b:generateContent",
                "/v1beta/models/a%0d%0ab:generateContent"
            })
    void aNameInThePathThatCannotBeDecodedIs400(String path) {
        Answer answer = relay.ask(RawClient.post(path, GOOD));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .startsWith("{\"error\":{\"code\":400,")
                .doesNotContain("\r", "\\u0000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models/%", "/v1/models/%zz", "/v1/models/a%ff", "/v1/models/%00"})
    void aNameInThePathOfAGetThatCannotBeDecodedIsRefusedToo(String path) {
        Answer answer = relay.ask(bytes("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.text()).startsWith("{\"error\":{\"message\":");
    }

    @Test
    void aNameWithEncodedSlashesIsTheSameName() {
        Answer answer =
                relay.ask(RawClient.post("/v1beta/models/up%2Fnobody%2Fhas:generateContent", "{"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("request.invalid");
    }

    static Stream<Arguments> frames() {
        String post = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n";
        String chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                Arguments.of(
                        "length and chunks",
                        post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "chunks and length",
                        post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "two lengths", post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
                Arguments.of(
                        "two equal lengths",
                        post + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
                Arguments.of(
                        "a huge length", post + "Content-Length: 99999999999999999999\r\n\r\n{}"),
                Arguments.of("a length with blanks", post + "Content-Length: 1 2\r\n\r\n{}"),
                Arguments.of("a length in hex", post + "Content-Length: 0x2\r\n\r\n{}"),
                Arguments.of(
                        "identity then chunked",
                        post + "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "chunked with a tab",
                        post + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("a blank before the colon", post + "Content-Length : 2\r\n\r\n{}"),
                Arguments.of(
                        "a blank before the colon of chunks",
                        post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "a folded header",
                        post + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("a size with a sign", chunked + "+2\r\n{}\r\n0\r\n\r\n"),
                Arguments.of("a size with 0x", chunked + "0x2\r\n{}\r\n0\r\n\r\n"),
                Arguments.of(
                        "a size of 20 digits",
                        chunked + "fffffffffffffffffffff\r\n{}\r\n0\r\n\r\n"),
                Arguments.of("an overflowing size", chunked + "100000002\r\n{}\r\n0\r\n\r\n"),
                Arguments.of("an empty size", chunked + "\r\n{}\r\n0\r\n\r\n"),
                Arguments.of("a size with a blank", chunked + "2 \r\n{}\r\n0\r\n\r\n"),
                Arguments.of("a chunk longer than its size", chunked + "1\r\n{}\r\n0\r\n\r\n"),
                Arguments.of("a chunk that ends in LF", chunked + "2\r\n{}\n0\r\n\r\n"),
                Arguments.of("a name with a blank", post + "a b: c\r\n\r\n"),
                Arguments.of("a name with a zero", post + "a\u0000: c\r\n\r\n"),
                Arguments.of("a value with a zero", post + "a: \u0000\r\n\r\n"),
                Arguments.of(
                        "a header of a megabyte", post + "a: " + "b".repeat(1 << 20) + "\r\n\r\n"),
                Arguments.of("ten thousand headers", post + "a: b\r\n".repeat(15_000) + "\r\n"),
                Arguments.of("a first line without end", "GET /" + "a".repeat(1 << 20)),
                Arguments.of("LF lines", "GET /api/health HTTP/1.1\nHost: localhost\n\n"),
                Arguments.of("CR lines", "GET /api/health HTTP/1.1\rHost: localhost\r\r"),
                Arguments.of("HTTP/1.0", "GET /api/health HTTP/1.0\r\nHost: localhost\r\n\r\n"),
                Arguments.of("HTTP/3", "GET /api/health HTTP/3.0\r\nHost: localhost\r\n\r\n"),
                Arguments.of("no path", "GET HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                Arguments.of("two blanks", "GET  /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                Arguments.of("noise", "\u0000\u0001\u0002\u00ff\r\n\r\n"),
                Arguments.of("blank lines first", "\r\n\r\n\r\n\r\nnoise\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void whatTwoReadersWouldCutDifferentlyIsRefusedAndTheConnectionEnds(String name, String bytes) {
        String smuggled = "GET /v1/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawClient client = new RawClient(relay.port())) {
            client.sendAnyway(bytes + smuggled);
            Answer answer = client.receive();

            assertThat(answer.status()).isBetween(400, 505).isNotEqualTo(500);
            assertThat(answer.header("Content-Type")).contains("application/json");
            assertThat(answer.header("x-hal0-origin")).contains("relay");
            assertThat(answer.text())
                    .startsWith("{")
                    .doesNotContain("Exception", "helidon", "smuggled", "server log");
            assertThat(client.whatComes()).doesNotContain("smuggled").doesNotContain(" 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET http://evil/api/health HTTP/1.1\r\nHost: evil\r\n\r\n",
                "GET http://evil/api/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "CONNECT evil:443 HTTP/1.1\r\nHost: evil\r\n\r\n",
                "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void itIsNobodysProxy(String request) {
        Answer answer = relay.ask(request.getBytes(ISO_8859_1));

        assertThat(answer.status()).isBetween(400, 421);
        assertThat(answer.text()).startsWith("{\"error\":{\"code\":");
    }

    @Test
    void requestsInARowAreAnsweredInTheirOrder() {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            String body = i % 2 == 0 ? "{" : "{\"model\":1}";
            row.append(
                    new String(
                            RawClient.post("/v1/embeddings", body, "X-Request-ID: r" + i),
                            ISO_8859_1));
        }
        try (RawClient client = new RawClient(relay.port())) {
            client.send(row.toString());
            for (int i = 0; i < 50; i++) {
                Answer answer = client.receive();
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.header("X-Request-ID")).contains("r" + i);
            }
        }
    }

    @Test
    void aThousandRequestsKeepOneConnection() {
        try (RawClient client = new RawClient(relay.port())) {
            for (int i = 0; i < 1000; i++) {
                assertThat(client.send(NEXT).receive().status()).isEqualTo(200);
            }
        }
    }

    private String answer(String path, byte[] body, String header, int status) {
        Answer answer = relay.ask(RawClient.post(path, body, header));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertOurs(path, answer, "request.");
        return answer.text();
    }

    private static void assertOurs(String path, Answer answer, String code) {
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.header("x-hal0-origin")).contains("relay");
        assertThat(answer.header("X-Request-ID")).isPresent();
        assertThat(answer.whole()).isTrue();
        assertThat(answer.text())
                .startsWith(SHAPES.get(path))
                .contains(code)
                .doesNotContain(
                        "Exception", "com.fasterxml", "hal0.relay", "StreamReadConstraints");
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

    private static byte[] deflate(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
