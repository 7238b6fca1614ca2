package hal0.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.error.Clock;
import hal0.providers.error.ProviderException;
import hal0.providers.message.Protocol;
import hal0.providers.testing.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What both ways of calling promise.
@ParameterizedClass
@EnumSource(TransportTest.By.class)
class TransportTest {
    enum By {
        SOCKETS,
        LIBRARY
    }

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final Duration NONE = Duration.ZERO;
    private static final Duration SHORT = Duration.ofMillis(200);

    private final By by;
    private final Transport transport;
    private final CancelToken cancel = new CancelToken();

    TransportTest(By by) {
        this.by = by;
        this.transport = transport(Map.of());
    }

    private Transport transport(Map<String, String> variables) {
        AddressGuard guard = new AddressGuard(Set.of());
        Function<String, Optional<String>> lookup =
                name -> Optional.ofNullable(variables.get(name));
        return switch (by) {
            case SOCKETS -> new HttpTransport("1.2.3", guard, lookup);
            case LIBRARY -> new OkHttpTransport("1.2.3", guard, lookup);
        };
    }

    @AfterEach
    void everyAnswerWasClosed() {
        int open =
                switch (transport) {
                    case HttpTransport http -> http.openResponses();
                    case OkHttpTransport library -> library.openResponses();
                    default -> throw new IllegalStateException("a transport of another kind");
                };
        assertThat(open).isZero();
        transport.close();
    }

    private static UpstreamRequest request(URI uri, Timeouts timeouts, boolean streamed) {
        Provider provider =
                Provider.builder("acme", Protocol.OPENAI, uri).timeouts(timeouts).build();
        Body body = Body.of("application/json", "{}".getBytes(StandardCharsets.UTF_8));
        return new UpstreamRequest(provider, "m", "POST", uri, Headers.NONE, body, streamed);
    }

    private static UpstreamRequest request(URI uri) {
        return request(uri, Timeouts.DEFAULT, true);
    }

    private static String text(UpstreamResponse response) {
        return new String(response.readAll(1 << 20), StandardCharsets.UTF_8);
    }

    @Test
    void aBodyIsSentSliceBySlice() {
        try (RawServer server =
                RawServer.sending(OK + "Content-Length: 2\r\nX-Two: a\r\nX-Two: b\r\n\r\nhi")) {
            UpstreamRequest base = request(server.uri("/v1"));
            byte[] bytes = "0123456789".getBytes(StandardCharsets.US_ASCII);
            Body body =
                    new Body(
                            "application/json; charset=x",
                            List.of(new Body.Slice(bytes, 2, 3), new Body.Slice(bytes, 0, 1)));
            UpstreamRequest request =
                    new UpstreamRequest(
                            base.provider(), "m", "POST", base.uri(), Headers.NONE, body, true);
            try (UpstreamResponse response = transport.send(request, cancel)) {
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.headers().find("x-two")).contains("a");
                assertThat(text(response)).isEqualTo("hi");
            }
            assertThat(server.requests().getFirst())
                    .contains("POST /v1 HTTP/1.1")
                    .contains("Content-Length: 4")
                    .contains("Content-Type: application/json; charset=x")
                    .contains("Accept-Encoding: identity")
                    .contains("User-Agent: hal0/1.2.3");
        }
    }

    @Test
    void encodingAndAgentOfTheCallerAreSent() {
        try (RawServer server = RawServer.sending(OK + "Content-Length: 0\r\n\r\n")) {
            UpstreamRequest base = request(server.uri("/"));
            Headers headers =
                    Headers.builder()
                            .add("Accept-Encoding", "br, gzip")
                            .add("User-Agent", "me")
                            .add("X-Name", "Grüße")
                            .build();
            transport
                    .send(
                            new UpstreamRequest(
                                    base.provider(), "m", "GET", base.uri(), headers, null, false),
                            cancel)
                    .close();
            assertThat(server.requests().getFirst())
                    .contains("Accept-Encoding: br, gzip")
                    .contains("User-Agent: me")
                    .doesNotContain("hal0");
        }
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() {
        try (RawServer server =
                RawServer.sending(
                        "HTTP/1.1 307 T\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")) {
            try (UpstreamResponse response = transport.send(request(server.uri("/")), cancel)) {
                assertThat(response.status()).isEqualTo(307);
                assertThat(response.headers().find("location")).contains("http://127.0.0.1:1/");
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aConnectionIsUsedAgain() {
        try (RawServer server =
                new RawServer((_, socket) -> {
                    RawServer.write(socket, OK + "Content-Length: 2\r\n\r\nhi");
                    return true;
                })) {
            for (int i = 0; i < 3; i++) {
                try (UpstreamResponse r = transport.send(request(server.uri("/")), cancel)) {
                    assertThat(text(r)).isEqualTo("hi");
                }
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aRequestThatReachedTheServerIsNeverRepeated() {
        int[] count = {0};
        try (RawServer server =
                new RawServer((_, socket) -> {
                    if (count[0]++ == 0) {
                        RawServer.write(socket, OK + "Content-Length: 2\r\n\r\nhi");
                        return true;
                    }
                    return false;
                })) {
            try (UpstreamResponse r = transport.send(request(server.uri("/")), cancel)) {
                assertThat(text(r)).isEqualTo("hi");
            }
            assertThatThrownBy(() -> transport.send(request(server.uri("/")), cancel))
                    .isInstanceOf(ProviderException.Unreachable.class)
                    .hasMessageContaining("closed the connection before it answered");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aHeaderWithALineBreakIsRefusedWithoutItsValue() {
        UpstreamRequest base = request(URI.create("http://127.0.0.1:1/"));
        Headers headers = Headers.builder().add("x-api-key", "sk-secret\nX: y").build();
        assertThatThrownBy(() ->
                        transport.send(
                                new UpstreamRequest(
                                        base.provider(),
                                        "m",
                                        "POST",
                                        base.uri(),
                                        headers,
                                        base.body(),
                                        true),
                                cancel))
                .isInstanceOf(ProviderException.Rejected.class)
                .hasMessageContaining("x-api-key")
                .hasMessageNotContaining("sk-secret");
    }

    @Test
    void aGzippedAnswerCanBeReadDecodedAsItComes() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GZIPOutputStream gzip = new GZIPOutputStream(bytes, true);
        gzip.write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
        gzip.flush();
        byte[] first = bytes.toByteArray();
        gzip.write("data: two\n\n".getBytes(StandardCharsets.UTF_8));
        gzip.close();
        byte[] all = bytes.toByteArray();
        CountDownLatch read = new CountDownLatch(1);
        try (RawServer server =
                new RawServer((_, socket) -> {
                    RawServer.write(
                            socket,
                            OK
                                    + "Content-Encoding: gzip\r\nContent-Length: "
                                    + all.length
                                    + "\r\n\r\n");
                    socket.getOutputStream().write(first);
                    read.await();
                    socket.getOutputStream().write(all, first.length, all.length - first.length);
                    return true;
                })) {
            try (UpstreamResponse raw = transport.send(request(server.uri("/")), cancel)) {
                UpstreamResponse response = raw.decoded();
                byte[] buffer = new byte[100];
                int n = response.read(buffer, 0, buffer.length);
                assertThat(new String(buffer, 0, n, StandardCharsets.UTF_8))
                        .isEqualTo("data: one\n\n");
                read.countDown();
                assertThat(text(response)).isEqualTo("data: two\n\n");
            }
        }
    }

    @Test
    void anEncodingThatNobodyAskedForIsNamed() {
        try (RawServer server =
                        RawServer.sending(
                                OK + "Content-Encoding: br\r\nContent-Length: 1\r\n\r\nx");
                UpstreamResponse response = transport.send(request(server.uri("/")), cancel)) {
            assertThatThrownBy(response::decoded)
                    .isInstanceOf(ProviderException.BadStream.class)
                    .hasMessageContaining("acme")
                    .hasMessageContaining("br");
        }
    }

    @Nested
    class Cancelling {
        @Test
        void anEarlierCancelSendsNothing() {
            try (RawServer server = RawServer.sending("")) {
                cancel.cancel("not wanted");
                assertThatThrownBy(() -> transport.send(request(server.uri("/")), cancel))
                        .isInstanceOf(ProviderException.Cancelled.class)
                        .hasMessageContaining("not wanted");
                assertThat(server.connections()).isZero();
            }
        }

        @Test
        void aSilentProviderIsLeftBeforeItsHead() throws Exception {
            CountDownLatch gone = new CountDownLatch(1);
            try (RawServer server =
                    new RawServer((_, socket) -> {
                        cancel.cancel("the client left");
                        if (socket.getInputStream().read() < 0) {
                            gone.countDown();
                        }
                        return false;
                    })) {
                assertThatThrownBy(() -> transport.send(request(server.uri("/")), cancel))
                        .isInstanceOf(ProviderException.Cancelled.class)
                        .hasMessageContaining("the client left");
                assertThat(gone.await(5, TimeUnit.SECONDS)).as("connection ended").isTrue();
            }
        }

        @Test
        void aBlockedReadEndsWhenTheTokenIsCancelled() throws Exception {
            blockedReadEnds(() -> cancel.cancel("enough"), "enough");
        }

        private void blockedReadEnds(Runnable how, String reason) throws Exception {
            try (RawServer server = silentAfterHead();
                    UpstreamResponse response = transport.send(request(server.uri("/")), cancel)) {
                FutureTask<Throwable> reader = reading(response);
                how.run();
                assertThat(reader.get(5, TimeUnit.SECONDS))
                        .isInstanceOf(ProviderException.Cancelled.class)
                        .hasMessageContaining(reason);
            }
        }

        @Test
        void aBlockedReadEndsWhenTheAnswerIsClosed() throws Exception {
            try (RawServer server = silentAfterHead();
                    UpstreamResponse response = transport.send(request(server.uri("/")), cancel)) {
                FutureTask<Throwable> reader = reading(response);
                response.close();
                assertThat(reader.get(5, TimeUnit.SECONDS))
                        .isInstanceOf(ProviderException.Cancelled.class);
            }
        }

        private FutureTask<Throwable> reading(UpstreamResponse response) {
            FutureTask<Throwable> task =
                    new FutureTask<>(() ->
                            catchThrowableOfType(
                                    ProviderException.class,
                                    () -> response.read(new byte[10], 0, 10)));
            Thread thread = Thread.ofPlatform().start(task);
            while (thread.getState() != Thread.State.RUNNABLE && !task.isDone()) {
                LockSupport.parkNanos(1_000_000);
            }
            return task;
        }
    }

    private RawServer silentAfterHead() {
        RawServer[] self = new RawServer[1];
        self[0] =
                new RawServer((_, socket) -> {
                    RawServer.write(socket, OK + "Transfer-Encoding: chunked\r\n\r\n");
                    self[0].silence();
                    return false;
                });
        return self[0];
    }

    @Nested
    class Clocks {
        private void timesOut(RawServer server, Timeouts timeouts, boolean streamed, Clock clock) {
            ProviderException.TimedOut e =
                    catchThrowableOfType(
                            ProviderException.TimedOut.class,
                            () -> {
                                try (UpstreamResponse r =
                                        transport.send(
                                                request(server.uri("/"), timeouts, streamed),
                                                cancel)) {
                                    text(r);
                                }
                            });
            assertThat(e).isNotNull();
            assertThat(e.clock()).isEqualTo(clock);
            assertThat(e).hasMessageContaining("acme").hasMessageContaining("0.2 s");
        }

        @Test
        void firstTokenCoversTheHead() {
            try (RawServer server = silent()) {
                timesOut(server, new Timeouts(NONE, SHORT, NONE, NONE), true, Clock.FIRST_TOKEN);
            }
        }

        @Test
        void firstTokenCoversTheBodyUntilItsFirstByte() {
            try (RawServer server = silentAfterHead()) {
                timesOut(server, new Timeouts(NONE, SHORT, NONE, NONE), true, Clock.FIRST_TOKEN);
            }
        }

        @Test
        void idleRunsBetweenReads() {
            RawServer[] self = new RawServer[1];
            self[0] =
                    new RawServer((_, socket) -> {
                        RawServer.write(socket, OK + "Content-Length: 9\r\n\r\nhi");
                        self[0].silence();
                        return false;
                    });
            try (RawServer server = self[0]) {
                timesOut(server, new Timeouts(NONE, NONE, SHORT, NONE), true, Clock.IDLE);
            }
        }

        @Test
        void totalEndsATricklingAnswer() {
            try (RawServer server =
                    new RawServer((_, socket) -> {
                        RawServer.write(socket, OK + "Transfer-Encoding: chunked\r\n\r\n");
                        while (true) {
                            RawServer.write(socket, "1\r\nx\r\n");
                            TimeUnit.MILLISECONDS.sleep(20);
                        }
                    })) {
                timesOut(server, new Timeouts(NONE, NONE, NONE, SHORT), false, Clock.TOTAL);
            }
        }

        @Test
        void noClockRunsWhileNobodyReads() throws Exception {
            Timeouts timeouts = new Timeouts(NONE, NONE, Duration.ofMillis(50), NONE);
            CountDownLatch ready = new CountDownLatch(1);
            try (RawServer server =
                            new RawServer((_, socket) -> {
                                RawServer.write(socket, OK + "Content-Length: 4\r\n\r\nab");
                                RawServer.write(socket, "cd");
                                ready.countDown();
                                return true;
                            });
                    UpstreamResponse response =
                            transport.send(request(server.uri("/"), timeouts, true), cancel)) {
                assertThat(response.read(new byte[1], 0, 1)).isEqualTo(1);
                ready.await();
                // A slow client; longer than the idle clock.
                new CountDownLatch(1).await(150, TimeUnit.MILLISECONDS);
                assertThat(text(response)).isEqualTo("bcd");
            }
        }

        @Test
        void aLimitedRestIsShorter() {
            RawServer[] self = new RawServer[1];
            self[0] =
                    new RawServer((_, socket) -> {
                        RawServer.write(socket, OK + "Content-Length: 9\r\n\r\nhi");
                        self[0].silence();
                        return false;
                    });
            try (RawServer server = self[0];
                    UpstreamResponse response = transport.send(request(server.uri("/")), cancel)) {
                assertThat(response.read(new byte[9], 0, 9)).isEqualTo(2);
                response.limitRest(SHORT);
                assertThatThrownBy(() -> response.read(new byte[9], 0, 9))
                        .isInstanceOf(ProviderException.TimedOut.class);
            }
        }

        private RawServer silent() {
            RawServer[] self = new RawServer[1];
            self[0] =
                    new RawServer((_, _) -> {
                        self[0].silence();
                        return false;
                    });
            return self[0];
        }
    }

    @Nested
    class ToldApart {
        @Test
        void nobodyListening() {
            URI uri;
            try (RawServer server = RawServer.sending("")) {
                uri = server.uri("/");
            }
            assertThatThrownBy(() -> transport.send(request(uri), cancel))
                    .isInstanceOf(ProviderException.Unreachable.class)
                    .hasMessageContaining(
                            "nothing accepts connections at 127.0.0.1:" + uri.getPort())
                    .hasMessageContaining("acme");
        }

        @Test
        void noSuchHost() {
            assertThatThrownBy(() ->
                            transport.send(
                                    request(URI.create("http://no-such-host.invalid/")), cancel))
                    .isInstanceOf(ProviderException.Unreachable.class)
                    .hasMessageContaining("no such host no-such-host.invalid (DNS)");
        }

        @Test
        void noTls() throws Exception {
            try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual()
                        .start(() -> {
                            try (Socket socket = server.accept()) {
                                RawServer.write(socket, "HTTP/1.1 400 Bad\r\n\r\n");
                                socket.getInputStream().read();
                            } catch (IOException e) {
                                // The client left, as it should.
                            }
                        });
                int port = server.getLocalPort();
                URI uri = URI.create("https://127.0.0.1:" + port + "/");
                assertThatThrownBy(() -> transport.send(request(uri), cancel))
                        .isInstanceOf(ProviderException.Unreachable.class)
                        .hasMessageContaining("TLS with 127.0.0.1:" + port);
            }
        }

        @Test
        void silenceInTheHandshakeIsTheConnectClock() throws Exception {
            try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                URI uri = URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
                Timeouts timeouts = new Timeouts(SHORT, Duration.ofSeconds(60), NONE, NONE);
                ProviderException.TimedOut e =
                        catchThrowableOfType(
                                ProviderException.TimedOut.class,
                                () -> transport.send(request(uri, timeouts, true), cancel));
                assertThat(e.clock()).isEqualTo(Clock.CONNECT);
            }
        }

        @Test
        void aDeadProxy() {
            URI proxy;
            try (RawServer server = RawServer.sending("")) {
                proxy = server.uri("");
            }
            proxyFails(proxy, "127.0.0.1:" + proxy.getPort());
        }

        @Test
        void aProxyThatHangsUp() {
            try (RawServer proxy = RawServer.sending("")) {
                proxyFails(proxy.uri(""), "proxy");
            }
        }

        @Test
        void aProxyThatIsNoAddress() {
            try (Transport proxied = transport(Map.of("HTTPS_PROXY", "http://u:hidden@:x y"))) {
                assertThatThrownBy(() ->
                                proxied.send(
                                        request(URI.create("https://api.example.com/")), cancel))
                        .isInstanceOf(ProviderException.Unreachable.class)
                        .hasMessageContaining("HTTPS_PROXY")
                        .hasMessageNotContaining("hidden");
            }
        }

        @Test
        void aProxyThatRefuses() {
            try (RawServer proxy =
                    RawServer.sending("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n")) {
                proxyFails(proxy.uri(""), "502");
                assertThat(proxy.requests().getFirst()).startsWith("CONNECT api.example.com:443");
            }
        }

        private void proxyFails(URI proxy, String why) {
            try (Transport proxied =
                    transport(Map.of("HTTPS_PROXY", proxy.toString(), "NO_PROXY", "other.com"))) {
                assertThatThrownBy(() ->
                                proxied.send(
                                        request(URI.create("https://api.example.com/")), cancel))
                        .isInstanceOf(ProviderException.Unreachable.class)
                        .hasMessageContaining("proxy 127.0.0.1:" + proxy.getPort())
                        .hasMessageContaining(why);
            }
        }

        @Test
        void aCutBody() {
            try (RawServer server = RawServer.sending(OK + "Content-Length: 10\r\n\r\nhi");
                    UpstreamResponse response = transport.send(request(server.uri("/")), cancel)) {
                assertThatThrownBy(() -> text(response))
                        .isInstanceOf(ProviderException.BadStream.class)
                        .hasMessageContaining("cut off");
            }
        }

        @Test
        void somethingThatIsNotHttp() {
            try (RawServer server = RawServer.sending("SSH-2.0-OpenSSH_9.2\r\n\r\n")) {
                assertThatThrownBy(() -> transport.send(request(server.uri("/")), cancel))
                        .isInstanceOf(ProviderException.BadStream.class)
                        .hasMessageContaining("not HTTP");
            }
        }

        @Test
        void aMetadataAddressIsRefusedInEveryNotation() {
            for (String host :
                    List.of(
                            "169.254.169.254",
                            "2852039166",
                            "[::ffff:169.254.169.254]",
                            "[fe80::1]",
                            "[fd00:ec2::254]")) {
                assertThatThrownBy(() ->
                                transport.send(request(URI.create("http://" + host + "/")), cancel))
                        .as(host)
                        .isInstanceOf(ProviderException.Rejected.class)
                        .hasMessageContaining("allowed_upstreams");
            }
        }
    }

    @Test
    void theProxyOfTheProviderIsUsed() {
        try (RawServer proxy = RawServer.sending(OK + "Content-Length: 2\r\n\r\nhi")) {
            URI uri = URI.create("http://llm.example/v1");
            Provider provider =
                    Provider.builder("acme", Protocol.OPENAI, uri)
                            .proxy(URI.create("http://me:secret@127.0.0.1:" + proxy.port()))
                            .build();
            UpstreamRequest request =
                    new UpstreamRequest(provider, "m", "GET", uri, Headers.NONE, null, false);
            try (UpstreamResponse response = transport.send(request, cancel)) {
                assertThat(text(response)).isEqualTo("hi");
            }
            assertThat(proxy.requests().getFirst())
                    .startsWith("GET http://llm.example/v1 HTTP/1.1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https,api.example.com,443,true",
        "http,api.example.com,80,false",
        "https,localhost,443,false",
        "https,127.0.0.1,8443,false",
        "https,internal.corp,443,false",
        "https,a.internal.corp,443,false",
        "https,notinternal.corp,443,true",
        "https,ported.org,8443,false",
        "https,ported.org,443,true",
        "https,x.dotted.net,443,false"
    })
    void theEnvironmentSaysWhatGoesThroughTheProxy(
            String scheme, String host, int port, boolean proxied) {
        Map<String, String> variables =
                Map.of(
                        "https_proxy", "proxy.corp:3128",
                        "NO_PROXY", "internal.corp, ported.org:8443,.dotted.net");
        ProxyRules rules = new ProxyRules(name -> Optional.ofNullable(variables.get(name)));
        Provider provider =
                Provider.builder("acme", Protocol.OPENAI, URI.create("http://h")).build();
        assertThat(rules.proxyFor(provider, scheme, host, port) != null).isEqualTo(proxied);
    }

    @Test
    void aListedAddressMayBeCalled() throws Exception {
        AddressGuard guard = new AddressGuard(Set.of("169.254.1.1", "box.local"));
        assertThat(guard.refusalOfLiteral("169.254.1.1")).isEmpty();
        assertThat(guard.refusalOfLiteral("169.254.1.2")).isPresent();
        assertThat(guard.refusal("Box.local", InetAddress.getByName("169.254.9.9"))).isEmpty();
        assertThat(guard.refusal("other", InetAddress.getByName("169.254.9.9"))).isPresent();
        assertThat(guard.refusalOfLiteral("127.0.0.1")).isEmpty();
        assertThat(guard.refusalOfLiteral("10.0.0.1")).isEmpty();
    }

    @Test
    void anAbortedAnswerEndsTheCallAtOnce() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        try (RawServer server =
                new RawServer((_, socket) -> {
                    RawServer.write(socket, OK + "Transfer-Encoding: chunked\r\n\r\n");
                    if (socket.getInputStream().read() < 0) {
                        gone.countDown();
                    }
                    return false;
                })) {
            transport.send(request(server.uri("/")), cancel).abort();
            assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closingAndReadingMayRaceAsTheyLike() throws Exception {
        try (RawServer server =
                new RawServer((_, socket) -> {
                    RawServer.write(socket, OK + "Transfer-Encoding: chunked\r\n\r\n");
                    for (int i = 0; i < 1000; i++) {
                        RawServer.write(socket, "1\r\nx\r\n");
                    }
                    RawServer.write(socket, "0\r\n\r\n");
                    return true;
                })) {
            for (int i = 0; i < 50; i++) {
                UpstreamResponse response = transport.send(request(server.uri("/")), cancel);
                Thread closer = Thread.ofVirtual().start(response::close);
                byte[] buffer = new byte[10];
                assertThatThrownBy(
                                () -> {
                                    while (response.read(buffer, 0, 10) >= 0) {
                                        LockSupport.parkNanos(1_000_000);
                                    }
                                    throw new ProviderException.Cancelled(
                                            "it was whole first",
                                            hal0.providers.error.Failure.unanswered("", ""));
                                })
                        .isInstanceOf(ProviderException.Cancelled.class);
                closer.join();
                response.close();
            }
        }
    }

    @Test
    void nagleIsOff() throws Exception {
        try (Socket socket = new NoDelaySockets().createSocket()) {
            assertThat(socket.getTcpNoDelay()).isTrue();
        }
    }
}
