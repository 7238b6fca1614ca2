package hal0.providers.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.Auth;
import hal0.providers.ModelInfo;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.error.ProviderException;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.OkHttpTransport;
import hal0.providers.message.Protocol;
import hal0.providers.testing.RawServer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionProbeTest {
    private static final String KEY = "sk-the-right-one";
    private static final String MODELS = "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\"}]}";

    private final Map<String, String> variables = new HashMap<>(Map.of("K", KEY));
    private final RequestBuilder requests =
            new RequestBuilder(name -> Optional.ofNullable(variables.get(name)));
    private final OkHttpTransport transport =
            new OkHttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
    private final ConnectionProbe probe =
            new ConnectionProbe(
                    transport,
                    requests,
                    new ProviderClient(transport, requests, InstantSource.system()),
                    Duration.ofMillis(700));

    @AfterEach
    void nothingStaysOpen() {
        assertThat(transport.openResponses()).isZero();
        transport.close();
    }

    private Connection of(Provider provider) {
        return probe.of(provider, true, new CancelToken());
    }

    private static Provider keyed(URI address) {
        return Provider.builder("p", Protocol.OPENAI, address)
                .auth(new Auth.Bearer())
                .keyNames(List.of("K"))
                .build();
    }

    /// A server that answers by the status for the right key and that for any other.
    private static RawServer server(int right, int wrong) {
        return new RawServer((head, socket) -> {
            int status = head.contains("Bearer " + KEY) ? right : wrong;
            String body = status == 200 ? MODELS : "{\"error\":{\"message\":\"no\"}}";
            RawServer.write(
                    socket,
                    "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(status, body.length(), body));
            return true;
        });
    }

    @ParameterizedTest
    @CsvSource({
        // right key, another key, status, key
        "200, 401, PASS, ACCEPTED",
        "200, 403, PASS, ACCEPTED",
        "200, 400, PASS, ACCEPTED",
        "200, 200, WARN, NOT_VERIFIED",
        "200, 500, WARN, NOT_VERIFIED",
        "200, 429, WARN, NOT_VERIFIED",
        "401, 401, FAIL, REFUSED",
        "403, 401, FAIL, REFUSED",
        "404, 401, WARN, ACCEPTED",
        "404, 404, WARN, NOT_VERIFIED",
        "500, 500, FAIL, NOT_VERIFIED",
        "429, 429, FAIL, NOT_VERIFIED"
    })
    void aKeyIsAcceptedOnlyWhereAnotherIsNot(int right, int wrong, Verdict verdict, KeyState key) {
        try (RawServer server = server(right, wrong)) {
            Connection found = of(keyed(server.uri("/v1")));
            assertThat(found.verdict()).isEqualTo(verdict);
            assertThat(found.key()).isEqualTo(key);
            assertThat(found.reach()).isEqualTo(Reach.ANSWERED);
            assertThat(found.latency()).isPositive();
            assertThat(found.models()).isEqualTo(right == 200 ? 2 : null);
            assertThat(found.message().isEmpty()).isEqualTo(verdict == Verdict.PASS);
            assertThat(found.message()).doesNotContain(KEY);
        }
    }

    @Test
    void whoHasNoListIsToldToDeclareModelsUnlessTheyAre() {
        try (RawServer server = server(404, 404)) {
            Provider bare = keyed(server.uri("/v1"));
            assertThat(of(bare).message()).contains("declare [[providers.p.models]]");
            Provider declared =
                    Provider.builder("p", Protocol.OPENAI, server.uri("/v1"))
                            .models(List.of(ModelInfo.of("a")))
                            .build();
            assertThat(of(declared).message())
                    .contains("The declared models count")
                    .doesNotContain("declare [[");
        }
    }

    @Test
    void whatIsRejectedWithoutAModelIsSaidWithoutOne() {
        try (RawServer server = server(400, 400)) {
            assertThat(of(keyed(server.uri("/v1"))).message())
                    .isEqualTo("p rejected the request (400): no");
        }
    }

    @Test
    void withoutItsKeyAProviderIsNotCalledAndTheVariableIsNamed() {
        variables.clear();
        try (RawServer server = server(200, 200)) {
            Connection found = of(keyed(server.uri("/v1")));
            assertThat(found.verdict()).isEqualTo(Verdict.SKIP);
            assertThat(found.key()).isEqualTo(KeyState.UNSET);
            assertThat(found.message()).startsWith("K is not set");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aServerThatAsksForNoKeyIsAskedOnce() {
        try (RawServer server = server(200, 200)) {
            Connection found =
                    of(Provider.builder("p", Protocol.OPENAI, server.uri("/v1")).build());
            assertThat(found.verdict()).isEqualTo(Verdict.PASS);
            assertThat(found.key()).isEqualTo(KeyState.NOT_NEEDED);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aServerThatAsksForAnUnexpectedKeySaysWhichVariable() {
        variables.clear();
        try (RawServer server = server(200, 401)) {
            Connection found =
                    of(keyed(server.uri("/v1")).toBuilder().auth(new Auth.BearerIfSet()).build());
            assertThat(found.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(found.key()).isEqualTo(KeyState.UNSET);
            assertThat(found.message()).contains("401").endsWith("Set K.");
        }
    }

    @Test
    void eachOfSeveralKeysIsTried() {
        variables.put("SECOND", "sk-a-revoked-one");
        try (RawServer server = server(200, 401)) {
            Provider two =
                    keyed(server.uri("/v1")).toBuilder().keyNames(List.of("K", "SECOND")).build();
            Connection found = of(two);
            assertThat(found.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(found.key()).isEqualTo(KeyState.REFUSED);
            assertThat(found.message()).contains("SECOND").doesNotContain("value of K ");
        }
    }

    @Test
    void aNameThatDoesNotExistIsToldApart() {
        assertReach("https://hal0-test.invalid/v1", Reach.NO_SUCH_HOST, "DNS");
    }

    @Test
    void aClosedPortIsToldApart() {
        URI gone;
        try (RawServer server = server(200, 200)) {
            gone = server.uri("/v1");
        }
        assertReach(gone.toString(), Reach.NO_CONNECTION, "Check that it runs");
    }

    @Test
    void aCertificateThatNobodyTrustsIsToldApart() throws Exception {
        HeldCertificate selfSigned =
                new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(
                    new HandshakeCertificates.Builder()
                            .heldCertificate(selfSigned)
                            .build()
                            .sslSocketFactory());
            server.start();
            assertReach("https://127.0.0.1:" + server.getPort() + "/v1", Reach.TLS_FAILED, "TLS");
        }
    }

    @Test
    void theProxyIsToldApart() {
        URI gone;
        try (RawServer server = server(200, 200)) {
            gone = server.uri("");
        }
        Provider behind =
                keyed(URI.create("https://hal0-test.invalid/v1")).toBuilder().proxy(gone).build();
        Connection found = of(behind);
        assertThat(found.reach()).isEqualTo(Reach.PROXY_FAILED);
        assertThat(found.message()).contains("proxy").doesNotContain("base_url");
    }

    @Test
    void aServerThatHangsUpIsToldApart() {
        try (RawServer server = new RawServer((_, _) -> false)) {
            assertReach(server.uri("/v1").toString(), Reach.HUNG_UP, "closed the connection");
        }
    }

    @Test
    void aSilentServerIsGivenUp() {
        RawServer[] silent = new RawServer[1];
        silent[0] =
                new RawServer((_, _) -> {
                    silent[0].silence();
                    return false;
                });
        try (RawServer server = silent[0]) {
            assertReach(server.uri("/v1").toString(), Reach.TIMED_OUT, "timed out");
        }
    }

    private void assertReach(String address, Reach reach, String words) {
        Connection found = of(keyed(URI.create(address)));
        assertThat(found.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(found.reach()).as(found.message()).isEqualTo(reach);
        assertThat(found.key()).isEqualTo(KeyState.NOT_VERIFIED);
        assertThat(found.latency()).isNull();
        assertThat(found.message()).contains(words);
    }

    @Test
    void aPageInsteadOfAListIsNoSuccess() {
        try (RawServer server =
                RawServer.sending(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>")) {
            Connection found = of(keyed(server.uri("/v1")));
            assertThat(found.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(found.message()).contains("not a list of models", "base_url");
        }
    }

    @Test
    void openRouterHasAPageForTheKey() {
        // Its list is public: only the page of the key can refuse one.
        assertThat(Findings.provenByOwnPage(refusal(401))).isEqualTo(KeyState.REFUSED);
        assertThat(Findings.provenByOwnPage(refusal(500))).isEqualTo(KeyState.NOT_VERIFIED);
        Reply taken = new Reply.Took(Duration.ofMillis(1), null, false);
        assertThat(Findings.provenByOwnPage(taken)).isEqualTo(KeyState.ACCEPTED);
        Connection found =
                Findings.of(
                        Presets.of(_ -> Optional.empty()).find("openrouter").orElseThrow(),
                        new Findings.Answers(
                                true,
                                new Reply.Took(Duration.ofMillis(1), 300, false),
                                KeyState.REFUSED,
                                List.of()));
        assertThat(found.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(found.message()).contains("refuses the key", "OPENROUTER_API_KEY");
    }

    private Reply refusal(int status) {
        ProviderClient client = new ProviderClient(transport, requests, InstantSource.system());
        Provider provider = keyed(URI.create("http://h"));
        return new Reply.Failed(
                Duration.ofMillis(1),
                client.failure(provider, "", status, Headers.NONE, new byte[0]));
    }

    @Test
    void whatNobodyChoseMayBeAbsent() {
        URI gone;
        try (RawServer server = server(200, 200)) {
            gone = server.uri("/v1");
        }
        Provider absent = Provider.builder("p", Protocol.OPENAI, gone).build();
        assertThat(probe.of(absent, false, new CancelToken()).verdict()).isEqualTo(Verdict.SKIP);
        assertThat(probe.of(absent, true, new CancelToken()).verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void aRelayOfOursIsNotTakenForAServerThatNobodyChose() {
        String body = "{\"data\":[{\"id\":\"a\",\"_hal0\":{}}],\"_hal0\":{\"relay\":true}}";
        String answer =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(body.length(), body);
        try (RawServer server = RawServer.sending(answer)) {
            Provider llamacpp =
                    Provider.builder("llamacpp", Protocol.OPENAI, server.uri("/v1")).build();
            Connection found = probe.of(llamacpp, false, new CancelToken());
            assertThat(found.verdict()).isEqualTo(Verdict.SKIP);
            assertThat(found.message()).contains("relay of hal0");
        }
    }

    @Test
    void demoHasNothingToReachAndCustomNeedsAnAddress() {
        Presets presets = Presets.of(_ -> Optional.empty());
        Connection demo = of(presets.find("demo").orElseThrow());
        assertThat(demo.verdict()).isEqualTo(Verdict.SKIP);
        assertThat(demo.reach()).isEqualTo(Reach.IN_PROCESS);
        Connection custom = of(presets.find("custom").orElseThrow());
        assertThat(custom.verdict()).isEqualTo(Verdict.SKIP);
        assertThat(custom.message()).contains("HAL0_CUSTOM_BASE_URL");
    }

    @Test
    void cancellingEndsTheTest() {
        CancelToken cancelled = new CancelToken();
        cancelled.cancel("enough");
        try (RawServer server = server(200, 401)) {
            Provider provider = keyed(server.uri("/v1"));
            assertThatThrownBy(() -> probe.of(provider, true, cancelled))
                    .isInstanceOf(ProviderException.Cancelled.class);
        }
    }
}
