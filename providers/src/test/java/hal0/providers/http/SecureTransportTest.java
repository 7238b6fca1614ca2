package hal0.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.error.Clock;
import hal0.providers.error.ProviderException;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Calls over TLS: certificates that somebody signed, and many calls on one HTTP/2 connection.
class SecureTransportTest {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration SHORT = Duration.ofMillis(200);

    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();

    private final MockWebServer server = new MockWebServer();
    private final CancelToken cancel = new CancelToken();
    private final CountDownLatch silence = new CountDownLatch(1);
    private OkHttpTransport transport = transport(SecureTransportTest::trust);

    private static OkHttpTransport transport(Consumer<OkHttpClient.Builder> more) {
        return new OkHttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty(), more);
    }

    private static void trust(OkHttpClient.Builder builder) {
        HandshakeCertificates trusted =
                new HandshakeCertificates.Builder()
                        .addTrustedCertificate(AUTHORITY.certificate())
                        .build();
        builder.sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager());
    }

    private void serve(String certifiedName) throws IOException {
        HeldCertificate certificate =
                new HeldCertificate.Builder()
                        .signedBy(AUTHORITY)
                        .addSubjectAlternativeName(certifiedName)
                        .build();
        HandshakeCertificates held =
                new HandshakeCertificates.Builder()
                        .heldCertificate(certificate, AUTHORITY.certificate())
                        .build();
        server.useHttps(held.sslSocketFactory());
        server.start();
    }

    @BeforeEach
    void answers() throws IOException {
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request)
                            throws InterruptedException {
                        return switch (request.getTarget()) {
                            case "/silent" -> {
                                silence.await();
                                yield new MockResponse.Builder().build();
                            }
                            case "/half" -> new MockResponse.Builder().body(new HalfBody()).build();
                            default ->
                                    new MockResponse.Builder()
                                            .addHeader("X-Two", "a")
                                            .body("hi")
                                            .build();
                        };
                    }
                });
    }

    @AfterEach
    void everyAnswerWasClosed() {
        silence.countDown();
        assertThat(transport.openResponses()).isZero();
        transport.close();
        server.close();
    }

    private UpstreamRequest request(String path, Timeouts timeouts, boolean streamed) {
        return request(
                URI.create("https://localhost:" + server.getPort() + path), timeouts, streamed);
    }

    private static UpstreamRequest request(URI uri, Timeouts timeouts, boolean streamed) {
        Provider provider =
                Provider.builder("acme", Protocol.OPENAI, uri).timeouts(timeouts).build();
        Body body = Body.of("application/json", "{}".getBytes(StandardCharsets.UTF_8));
        return new UpstreamRequest(provider, "m", "POST", uri, Headers.NONE, body, streamed);
    }

    private UpstreamResponse send(String path) {
        return transport.send(request(path, Timeouts.DEFAULT, true), cancel);
    }

    private static String text(UpstreamResponse response) {
        return new String(response.readAll(1 << 20), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(
            value = okhttp3.Protocol.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void aCertificateThatSomebodyTrustedSignedIsAccepted(okhttp3.Protocol protocol)
            throws Exception {
        server.setProtocols(
                protocol == okhttp3.Protocol.HTTP_2
                        ? List.of(okhttp3.Protocol.HTTP_2, okhttp3.Protocol.HTTP_1_1)
                        : List.of(protocol));
        serve("localhost");
        try (UpstreamResponse response = send("/")) {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers().find("x-two")).contains("a");
            assertThat(text(response)).isEqualTo("hi");
        }
        RecordedRequest seen = server.takeRequest();
        assertThat(seen.getVersion())
                .isEqualTo(protocol == okhttp3.Protocol.HTTP_2 ? "HTTP/2" : "HTTP/1.1");
        assertThat(seen.getBody()).isNotNull();
        assertThat(seen.getBody().utf8()).isEqualTo("{}");
    }

    @Test
    void aCertificateForAnotherNameIsRefusedAndNothingIsSent() throws Exception {
        serve("elsewhere.example");
        assertThatThrownBy(() -> send("/"))
                .isInstanceOf(ProviderException.Unreachable.class)
                .hasMessageContaining("TLS with localhost:")
                .hasMessageContaining("acme");
        assertThat(server.getRequestCount()).isZero();
    }

    /// Says `x`, and `y` when the silence is over.
    private final class HalfBody implements MockResponseBody {
        @Override
        public long getContentLength() {
            return 2;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.writeUtf8("x").flush();
            try {
                silence.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            sink.writeUtf8("y").flush();
        }
    }

    @Nested
    class OnOneConnection {
        @BeforeEach
        void serves() throws IOException {
            serve("localhost");
        }

        /// An answer of which one byte was read.
        private UpstreamResponse half() {
            UpstreamResponse response = send("/half");
            assertThat(response.read(new byte[9], 0, 9)).isEqualTo(1);
            return response;
        }

        private Set<Integer> connections() throws InterruptedException {
            Set<Integer> connections = new HashSet<>();
            int requests = server.getRequestCount();
            for (int i = 0; i < requests; i++) {
                RecordedRequest request = server.takeRequest();
                assertThat(request.getVersion()).isEqualTo("HTTP/2");
                connections.add(request.getConnectionIndex());
            }
            return connections;
        }

        @Test
        void manyCallsAreUnderWayAtOnce() throws Exception {
            List<UpstreamResponse> open = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                open.add(half());
            }
            try (UpstreamResponse another = send("/")) {
                assertThat(text(another)).isEqualTo("hi");
            }
            silence.countDown();
            for (UpstreamResponse response : open) {
                assertThat(text(response)).isEqualTo("y");
                response.close();
            }
            assertThat(connections()).hasSize(1);
        }

        @Test
        void cancellingOneLeavesTheOthers() throws Exception {
            CancelToken one = new CancelToken();
            try (UpstreamResponse other = half();
                    UpstreamResponse cancelled =
                            transport.send(request("/half", Timeouts.DEFAULT, true), one)) {
                assertThat(cancelled.read(new byte[9], 0, 9)).isEqualTo(1);
                FutureTask<ProviderException> reader =
                        new FutureTask<>(() ->
                                catchThrowableOfType(
                                        ProviderException.class,
                                        () -> cancelled.read(new byte[9], 0, 9)));
                Thread thread = Thread.ofPlatform().start(reader);
                // HTTP/2 waits on a condition, HTTP/1.1 in the system.
                while (thread.getState() != Thread.State.WAITING
                        && thread.getState() != Thread.State.TIMED_WAITING
                        && !reader.isDone()) {
                    LockSupport.parkNanos(1_000_000);
                }
                one.cancel("enough");
                assertThat(reader.get(5, TimeUnit.SECONDS))
                        .isInstanceOf(ProviderException.Cancelled.class)
                        .hasMessageContaining("enough");
                silence.countDown();
                assertThat(text(other)).isEqualTo("y");
            }
            try (UpstreamResponse later = send("/")) {
                assertThat(text(later)).isEqualTo("hi");
            }
            assertThat(connections()).hasSize(1);
        }

        @Test
        void aSilentCallCanBeCancelledBeforeItsHead() throws Exception {
            FutureTask<ProviderException> caller =
                    new FutureTask<>(() ->
                            catchThrowableOfType(
                                    ProviderException.class, () -> send("/silent").close()));
            Thread.ofPlatform().start(caller);
            assertThat(server.takeRequest(5, TimeUnit.SECONDS)).isNotNull();
            cancel.cancel("the client left");
            assertThat(caller.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ProviderException.Cancelled.class)
                    .hasMessageContaining("the client left");
        }

        private void timesOut(String path, Timeouts timeouts, boolean streamed, Clock clock) {
            ProviderException.TimedOut e =
                    catchThrowableOfType(
                            ProviderException.TimedOut.class,
                            () -> {
                                try (UpstreamResponse response =
                                        transport.send(request(path, timeouts, streamed), cancel)) {
                                    text(response);
                                }
                            });
            assertThat(e).isNotNull();
            assertThat(e.clock()).isEqualTo(clock);
        }

        @Test
        void theClocksRunForEachCallAlone() throws Exception {
            try (UpstreamResponse other = half()) {
                timesOut("/silent", new Timeouts(NONE, SHORT, NONE, NONE), true, Clock.FIRST_TOKEN);
                timesOut("/half", new Timeouts(NONE, NONE, SHORT, NONE), true, Clock.IDLE);
                timesOut("/half", new Timeouts(NONE, NONE, NONE, SHORT), false, Clock.TOTAL);
                silence.countDown();
                assertThat(text(other)).isEqualTo("y");
            }
        }
    }

    @Test
    void aDeadConnectionIsNoticedAndNotUsedAgain() throws Exception {
        serve("localhost");
        transport.close();
        transport =
                transport(builder -> {
                    trust(builder);
                    builder.pingInterval(SHORT);
                });
        try (Wire wire = new Wire(server.getPort())) {
            Timeouts none = new Timeouts(NONE, NONE, NONE, NONE);
            URI uri = URI.create("https://localhost:" + wire.port() + "/");
            try (UpstreamResponse response = transport.send(request(uri, none, true), cancel)) {
                assertThat(text(response)).isEqualTo("hi");
            }
            wire.freeze();
            // No clock of the call would end it.
            assertThatThrownBy(() -> transport.send(request(uri, none, true), cancel).close())
                    .isInstanceOf(ProviderException.Unreachable.class)
                    .hasMessageContaining("broke before it answered");
            try (UpstreamResponse response = transport.send(request(uri, none, true), cancel)) {
                assertThat(text(response)).isEqualTo("hi");
            }
        }
    }
}
