package hal0.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.Provider;
import hal0.providers.error.ProviderException;
import hal0.providers.message.Protocol;
import hal0.providers.testing.RawServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How answers end on a connection of ours, and when it carries the next one.
class PlainTransportTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

    private final AtomicInteger open = new AtomicInteger();
    private final PlainTransport transport =
            new PlainTransport("test", new AddressGuard(Set.of()), open);
    private final CancelToken cancel = new CancelToken();

    @AfterEach
    void everyAnswerWasClosed() {
        assertThat(open.get()).isZero();
        transport.close();
    }

    private static UpstreamRequest request(URI uri, String method, byte[] body) {
        Provider provider = Provider.builder("acme", Protocol.OPENAI, uri).build();
        Body sent = method.equals("POST") ? Body.of("application/json", body) : null;
        return new UpstreamRequest(provider, "m", method, uri, Headers.NONE, sent, true);
    }

    private String ask(RawServer server, String method) {
        UpstreamRequest request = request(server.uri("/"), method, new byte[] {'{', '}'});
        try (UpstreamResponse response = transport.send(request, cancel)) {
            return new String(response.readAll(1 << 20), StandardCharsets.UTF_8);
        }
    }

    private static RawServer always(String answer) {
        return new RawServer((_, socket) -> {
            RawServer.write(socket, answer);
            return true;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "content-length:5\r\n\r\nhello",
                OK + "Content-Length: 5, 5\r\n\r\nhello",
                CHUNKED + "5\r\nhello\r\n0\r\n\r\n",
                CHUNKED + "2;a=b\r\nhe\r\n00003 \r\nllo\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                        + OK
                        + "Content-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200\nContent-Length: 5\n\nhello",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello"
            })
    void aWholeAnswerLeavesItsConnectionToTheNext(String answer) {
        try (RawServer server = always(answer)) {
            assertThat(ask(server, "POST")).isEqualTo("hello");
            assertThat(ask(server, "POST")).isEqualTo("hello");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OK + "Connection: close\r\nContent-Length: 5\r\n\r\nhello",
                OK + "Connection: x, Close\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                OK + "Content-Length: 5\r\n\r\nhello and more",
                OK
                        + "Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
            })
    void aConnectionThatCannotGoOnIsNotUsedAgain(String answer) {
        try (RawServer server = always(answer)) {
            assertThat(ask(server, "POST")).isEqualTo("hello");
            assertThat(ask(server, "POST")).isEqualTo("hello");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {OK + "Content-Length: 5\r\n\r\nhello", CHUNKED + "5\r\nhello\r\n0\r\n\r\n"})
    void whoHasTheLastOfAnAnswerIsToldSoWithoutAnotherRead(String answer) {
        try (RawServer server = always(answer);
                UpstreamResponse response = transport.send(get(server), cancel)) {
            assertThat(response.isOver()).isFalse();
            assertThat(response.read(new byte[64], 0, 64)).isEqualTo(5);
            assertThat(response.isOver()).isTrue();
            assertThat(response.read(new byte[64], 0, 64)).isEqualTo(-1);
        }
    }

    @Test
    void anAnswerWhoseEndHasNotComeIsNotOver() {
        try (RawServer server = RawServer.sending(OK + "\r\nhello");
                UpstreamResponse response = transport.send(get(server), cancel)) {
            assertThat(response.read(new byte[64], 0, 64)).isEqualTo(5);
            assertThat(response.isOver()).isFalse();
            assertThat(response.read(new byte[64], 0, 64)).isEqualTo(-1);
        }
    }

    private static UpstreamRequest get(RawServer server) {
        return request(server.uri("/"), "GET", new byte[0]);
    }

    @Test
    void withoutALengthTheBodyLastsUntilTheConnectionEnds() {
        try (RawServer server = RawServer.sending(OK + "\r\nall of it")) {
            assertThat(ask(server, "GET")).isEqualTo("all of it");
            assertThat(transport.idle()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 70\r\n\r\n",
                OK + "Content-Length: 0\r\n\r\n"
            })
    void whatHasNoBodyIsNotWaitedFor(String answer) {
        try (RawServer server = always(answer)) {
            assertThat(ask(server, "GET")).isEmpty();
            assertThat(ask(server, "GET")).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void theAnswerToHeadHasNoBodyWhateverItSays() {
        try (RawServer server = always(OK + "Content-Length: 70\r\n\r\n")) {
            assertThat(ask(server, "HEAD")).isEmpty();
            assertThat(ask(server, "HEAD")).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CHUNKED + "5\r\nhel",
                CHUNKED + "5\r\nhello\r\n",
                CHUNKED + "5\r\nhello\r\n0\r\n",
                CHUNKED + "x\r\nhello\r\n0\r\n\r\n",
                CHUNKED + "\r\nhello\r\n0\r\n\r\n",
                CHUNKED + "3\r\nhello\r\n0\r\n\r\n",
                CHUNKED + "ffffffffffffffffff\r\nhello",
                OK + "Content-Length: 50\r\n\r\nhello"
            })
    void anAnswerThatIsNotWholeIsCut(String answer) {
        try (RawServer server = RawServer.sending(answer)) {
            assertThatThrownBy(() -> ask(server, "POST"))
                    .isInstanceOf(ProviderException.BadStream.class)
                    .hasMessageContaining("cut off");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                OK + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                OK + "Content-Length: -1\r\n\r\n"
            })
    void whatIsNotHttpIsNamedSo(String answer) {
        try (RawServer server = RawServer.sending(answer)) {
            assertThatThrownBy(() -> ask(server, "POST"))
                    .isInstanceOf(ProviderException.BadStream.class)
                    .hasMessageContaining("not HTTP");
        }
    }

    @Test
    void aHeadWithoutEndIsRefused() {
        try (RawServer server = RawServer.sending(OK + "X-Long: " + "x".repeat(300_000))) {
            assertThatThrownBy(() -> ask(server, "POST"))
                    .isInstanceOf(ProviderException.BadStream.class);
        }
    }

    @Test
    void longAndFoldedFieldsAreReadWhole() {
        String big = "v".repeat(50_000);
        try (RawServer server =
                RawServer.sending(
                        OK + "X-Big: " + big + "\r\nX-Two: a\r\n  b\r\nX-Name: Grüße\r\n\r\n")) {
            UpstreamRequest request = request(server.uri("/?q=1"), "GET", new byte[0]);
            try (UpstreamResponse response = transport.send(request, cancel)) {
                assertThat(response.headers().find("x-big")).contains(big);
                assertThat(response.headers().find("x-two")).contains("a b");
                assertThat(response.headers().find("x-name")).contains("Grüße");
            }
            assertThat(server.requests().getFirst())
                    .startsWith("GET /?q=1 HTTP/1.1\r\n")
                    .contains("Host: 127.0.0.1:" + server.port() + "\r\n");
        }
    }

    /// What has come of several chunks is one piece, so that it is passed on in one.
    @Test
    void chunksThatHaveComeAreReadTogether() {
        try (RawServer server = always(CHUNKED + "2\r\nab\r\n2\r\ncd\r\n2\r\nef\r\n0\r\n\r\n")) {
            UpstreamRequest request = request(server.uri("/"), "GET", new byte[0]);
            try (UpstreamResponse response = transport.send(request, cancel)) {
                byte[] buffer = new byte[100];
                int n = response.read(buffer, 0, buffer.length);
                assertThat(new String(buffer, 0, n, StandardCharsets.UTF_8)).isEqualTo("abcdef");
                assertThat(response.read(buffer, 0, buffer.length)).isEqualTo(-1);
            }
        }
    }

    @Test
    void whoStopsAtTheLastEventKeepsTheConnection() {
        try (RawServer server = always(CHUNKED + "6\r\n[DONE]\r\n0\r\n\r\n")) {
            for (int i = 0; i < 2; i++) {
                UpstreamRequest request = request(server.uri("/"), "GET", new byte[0]);
                try (UpstreamResponse response = transport.send(request, cancel)) {
                    assertThat(response.read(new byte[6], 0, 6)).isEqualTo(6);
                }
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatTheServerEndedMeanwhileIsNotTried() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawServer server =
                new RawServer((_, socket) -> {
                    RawServer.write(socket, OK + "Content-Length: 2\r\n\r\nhi");
                    if (ended.getCount() == 1) {
                        socket.shutdownOutput();
                        ended.countDown();
                    }
                    return true;
                })) {
            assertThat(ask(server, "POST")).isEqualTo("hi");
            ended.await();
            assertThat(ask(server, "POST")).isEqualTo("hi");
            assertThat(server.requests()).hasSize(2);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    /// The server takes as many bytes as were announced; one too few or too many and it would not
    /// find the second request.
    @Test
    void aLargeBodyArrivesAsItWasAnnounced() {
        try (RawServer server = always(OK + "Content-Length: 2\r\n\r\nhi")) {
            byte[] large = new byte[1 << 20];
            Body body =
                    new Body(
                            "application/json",
                            List.of(
                                    new Body.Slice(large, 0, large.length),
                                    new Body.Slice(large, 5, 1000)));
            UpstreamRequest base = request(server.uri("/"), "POST", new byte[0]);
            UpstreamRequest request =
                    new UpstreamRequest(
                            base.provider(), "m", "POST", base.uri(), Headers.NONE, body, false);
            for (int i = 0; i < 2; i++) {
                try (UpstreamResponse response = transport.send(request, cancel)) {
                    assertThat(response.readAll(10)).hasSize(2);
                }
            }
            assertThat(server.requests().getLast()).contains("Content-Length: 1049576");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aCancelThatComesLateDoesNotReachTheNextCall() {
        try (RawServer server = always(OK + "Content-Length: 2\r\n\r\nhi")) {
            assertThat(ask(server, "POST")).isEqualTo("hi");
            UpstreamRequest request = request(server.uri("/"), "GET", new byte[0]);
            CancelToken other = new CancelToken();
            try (UpstreamResponse response = transport.send(request, other)) {
                cancel.cancel("the first client left");
                assertThat(response.readAll(10)).hasSize(2);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
