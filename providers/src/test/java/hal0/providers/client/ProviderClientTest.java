package hal0.providers.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hal0.providers.Auth;
import hal0.providers.ChatStream;
import hal0.providers.Provider;
import hal0.providers.Secret;
import hal0.providers.Timeouts;
import hal0.providers.error.Clock;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Retry;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.OkHttpTransport;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.testing.EventRecorder;
import hal0.providers.testing.RawServer;
import hal0.providers.testing.ScriptedProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderClientTest {
    private static final ChatRequest HELLO = ChatRequest.of("m", List.of(Message.user("Hello")));
    private static final String KEY = "abcdef0123456789";

    private final Map<String, String> variables = new HashMap<>();
    private final OkHttpTransport transport =
            new OkHttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
    private final RequestBuilder requests =
            new RequestBuilder(name -> Optional.ofNullable(variables.get(name)));
    private final ProviderClient client =
            new ProviderClient(
                    transport,
                    requests,
                    InstantSource.fixed(Instant.parse("2026-11-21T08:00:00Z")),
                    Duration.ZERO);
    private final CancelToken cancel = new CancelToken();

    @AfterEach
    void everyAnswerWasClosed() {
        assertThat(transport.openResponses()).isZero();
        transport.close();
    }

    private static ChatRequest whole(ChatRequest request) {
        return new ChatRequest(
                request.model(), request.messages(), request.tools(), request.options(), false);
    }

    private EventRecorder drain(Provider provider, ChatRequest request) {
        return EventRecorder.drain(client.open(provider, "m", request, cancel));
    }

    private static ScriptedProvider scripted(String protocol) {
        return switch (protocol) {
            case "openai" -> ScriptedProvider.openAi();
            case "anthropic" -> ScriptedProvider.anthropic();
            default -> ScriptedProvider.gemini();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "openai,true",
        "openai,false",
        "anthropic,true",
        "anthropic,false",
        "gemini,true",
        "gemini,false"
    })
    void anAnswerIsTheSameStreamedAndWhole(String protocol, boolean streamed) {
        try (ScriptedProvider server = scripted(protocol).says("Hi", " there")) {
            EventRecorder seen = drain(server.provider("acme"), streamed ? HELLO : whole(HELLO));
            assertThat(seen.failure()).isNull();
            assertThat(seen.message()).isEqualTo(Message.assistant("Hi there"));
            assertThat(seen.turn().usage()).isEqualTo(Usage.of(10, 5));
            assertThat(seen.turn().reason()).isEqualTo(StopReason.END);
            assertThat(seen.take()).isInstanceOf(StreamEvent.Started.class);
            assertThat(seen.events().getLast()).isInstanceOf(StreamEvent.Done.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "openai,true",
        "openai,false",
        "anthropic,true",
        "anthropic,false",
        "gemini,true",
        "gemini,false"
    })
    void aToolCallIsTheSameStreamedAndWhole(String protocol, boolean streamed) {
        try (ScriptedProvider server = scripted(protocol).callsTool("c1", "ls", "{\"a\":1}")) {
            EventRecorder seen = drain(server.provider("acme"), streamed ? HELLO : whole(HELLO));
            assertThat(seen.message().parts())
                    .containsExactly(new Part.ToolCall("c1", "ls", "{\"a\":1}"));
            assertThat(seen.turn().reason()).isEqualTo(StopReason.TOOL_CALLS);
        }
    }

    @Test
    void aServerThatStreamsUnaskedIsUnderstoodAndOneThatDoesNotToo() {
        try (ScriptedProvider server = ScriptedProvider.openAi()) {
            server.streams(
                    "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n");
            server.fails(
                    200,
                    "{\"choices\":[{\"message\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}");
            assertThat(drain(server.provider("acme"), whole(HELLO)).text()).isEqualTo("a");
            assertThat(drain(server.provider("acme"), HELLO).text()).isEqualTo("b");
        }
    }

    @Nested
    class Addresses {
        @ParameterizedTest
        @CsvSource({
            "OPENAI,http://h/v1,http://h/v1/chat/completions",
            "OPENAI,http://h/v1/,http://h/v1/chat/completions",
            "OPENAI,http://h/a/b?x=1,http://h/a/b/chat/completions?x=1",
            "ANTHROPIC,https://h,https://h/v1/messages",
            "ANTHROPIC,https://h/,https://h/v1/messages",
            "ANTHROPIC,https://h/api/v1,https://h/api/v1/messages",
            "ANTHROPIC,https://h/anthropic,https://h/anthropic/v1/messages",
            "GEMINI,https://h/v1beta,https://h/v1beta/models/m:streamGenerateContent?alt=sse",
            "GEMINI,https://h/,https://h/v1beta/models/m:streamGenerateContent?alt=sse",
            "GEMINI,https://h/x/v1?a=b,https://h/x/v1/models/m:streamGenerateContent?alt=sse&a=b"
        })
        void areTheBaseUrlAndWhatTheProtocolAppends(Protocol protocol, String base, String full) {
            URI url = URI.create(base);
            String path = Dialects.of(protocol).chatPath(url, "m", true);
            assertThat(UpstreamAddress.of(url, path, Map.of())).hasToString(full);
        }

        @Test
        void carryTheQueryOfTheProvider() {
            assertThat(
                            UpstreamAddress.of(
                                    URI.create("http://h/v1"),
                                    "/models?limit=1",
                                    Map.of("api-version", "2024 x", "a", "b")))
                    .hasToString("http://h/v1/models?limit=1&a=b&api-version=2024%20x");
        }
    }

    @Nested
    class Keys {
        private String header(Auth auth, String name) {
            variables.put("ACME_KEY", " " + KEY + "\n");
            try (ScriptedProvider server = ScriptedProvider.openAi().says("x")) {
                drain(
                        server.provider("acme").toBuilder()
                                .auth(auth)
                                .keyNames(List.of("UNSET", "ACME_KEY"))
                                .build(),
                        HELLO);
                return String.valueOf(server.takeAsked().headers().get(name));
            }
        }

        @Test
        void goWhereTheStyleSays() {
            assertThat(header(new Auth.Bearer(), "Authorization")).isEqualTo("Bearer " + KEY);
            assertThat(header(new Auth.BearerIfSet(), "Authorization")).isEqualTo("Bearer " + KEY);
            assertThat(header(new Auth.XApiKey(), "x-api-key")).isEqualTo(KEY);
            assertThat(header(new Auth.Anthropic(), "x-api-key")).isEqualTo(KEY);
            assertThat(header(new Auth.Header("X-Mine"), "X-Mine")).isEqualTo(KEY);
            assertThat(header(new Auth.None(), "Authorization")).isEqualTo("null");
        }

        @Test
        void goIntoTheQueryForGoogle() {
            variables.put("ACME_KEY", KEY);
            Provider provider =
                    Provider.builder("acme", Protocol.GEMINI, URI.create("http://h/v1beta"))
                            .auth(new Auth.GoogleQuery())
                            .keyNames(List.of("ACME_KEY"))
                            .build();
            assertThat(requests.get(provider, "/models").uri())
                    .hasToString("http://h/v1beta/models?key=" + KEY);
            assertThat(requests.get(provider, "/models").toString()).doesNotContain(KEY);
        }

        @Test
        void theAnthropicProtocolNamesItsVersion() {
            try (ScriptedProvider server = ScriptedProvider.anthropic().says("x")) {
                drain(server.provider("acme"), HELLO);
                assertThat(server.takeAsked().headers().get("anthropic-version"))
                        .isEqualTo("2023-06-01");
            }
        }

        @Test
        void aMissingOneIsSaidBeforeAnyNetwork() {
            try (ScriptedProvider server = ScriptedProvider.openAi()) {
                Provider provider =
                        server.provider("acme").toBuilder()
                                .auth(new Auth.Bearer())
                                .keyNames(List.of("ACME_KEY"))
                                .build();
                assertThat(requests.hasWhatItNeeds(provider)).isFalse();
                assertThatThrownBy(() -> client.open(provider, "m", HELLO, cancel))
                        .isInstanceOf(ProviderException.Unauthenticated.class)
                        .hasMessageContaining("ACME_KEY is not set")
                        .hasMessageContaining("hal0 providers credentials set acme");
                assertThat(server.asked()).isEmpty();
            }
        }

        @Test
        void anOptionalOneMayBeMissing() {
            try (ScriptedProvider server = ScriptedProvider.openAi().says("x")) {
                Provider provider =
                        server.provider("acme").toBuilder()
                                .auth(new Auth.BearerIfSet())
                                .keyNames(List.of("ACME_KEY"))
                                .build();
                assertThat(drain(provider, HELLO).text()).isEqualTo("x");
            }
        }

        @Test
        void theOneInTheFileIsTheLastResort() {
            Provider provider =
                    Provider.builder("acme", Protocol.OPENAI, URI.create("http://h"))
                            .auth(new Auth.Bearer())
                            .keyNames(List.of("ACME_KEY"))
                            .inlineKey(new Secret("inline"))
                            .build();
            assertThat(requests.findKey(provider)).contains("inline");
            variables.put("ACME_KEY", KEY);
            assertThat(requests.findKey(provider)).contains(KEY);
            assertThat(provider.toString()).doesNotContain("inline]");
        }

        @Test
        void variablesGoIntoHeadersAndAnUnsetOneLeavesItsHeaderOut() {
            variables.put("WHO", "me");
            try (ScriptedProvider server = ScriptedProvider.openAi().says("x")) {
                Provider provider =
                        server.provider("acme").toBuilder()
                                .headers(
                                        Map.of(
                                                "X-A", "a $WHO b",
                                                "X-B", "${WHO}!",
                                                "X-C", "$NOBODY",
                                                "X-D", "5 $ and ${oops"))
                                .build();
                drain(provider, HELLO);
                okhttp3.Headers headers = server.takeAsked().headers();
                assertThat(headers.get("X-A")).isEqualTo("a me b");
                assertThat(headers.get("X-B")).isEqualTo("me!");
                assertThat(headers.get("X-C")).isNull();
                assertThat(headers.get("X-D")).isEqualTo("5 $ and ${oops");
            }
        }
    }

    @Nested
    class Errors {
        private ProviderException failure(int status, String body, String... headers) {
            variables.put("ACME_KEY", KEY);
            try (ScriptedProvider server = ScriptedProvider.openAi().fails(status, body, headers)) {
                Provider provider =
                        server.provider("acme").toBuilder()
                                .auth(new Auth.Bearer())
                                .keyNames(List.of("ACME_KEY"))
                                .build();
                return catchThrowableOfType(
                        ProviderException.class, () -> client.open(provider, "m", HELLO, cancel));
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "400|{'error':{'message':'bad','type':'invalid_request_error','code':'unsupported_value'}}|Rejected",
                    "401|{'error':{'message':'no','code':'invalid_api_key'}}|Unauthenticated",
                    "400|{'error':{'message':'no','code':'invalid_api_key'}}|Unauthenticated",
                    "402|{'error':{'message':'pay'}}|Forbidden",
                    "403|{'error':{'message':'no'}}|Forbidden",
                    "404|{'type':'error','error':{'type':'not_found_error','message':'model: x'}}|UnknownModel",
                    "400|{'error':{'message':'x','code':'model_not_found'}}|UnknownModel",
                    "404|{}|Rejected",
                    "408|{}|Overloaded",
                    "422|{'detail':[{'msg':'field required','loc':['body']}]}|Rejected",
                    "429|{'error':{'message':'slow','type':'requests'}}|RateLimited",
                    "429|{'error':{'message':'broke','code':'insufficient_quota'}}|Forbidden",
                    "429|{'error':{'message':'broke','type':'insufficient_quota','code':null}}|Forbidden",
                    "402|{'type':'error','error':{'type':'billing_error','message':'pay'}}|Forbidden",
                    "413|{'type':'error','error':{'type':'request_too_large','message':'big'}}|Rejected",
                    "500|{'message':'oops','object':'error','code':500}|Overloaded",
                    "529|{'type':'error','error':{'type':'overloaded_error','message':'busy'}}|Overloaded"
                })
        void areToldApart(int status, String body, String type) {
            ProviderException e = failure(status, body.replace('\'', '"'));
            assertThat(e.getClass().getSimpleName()).isEqualTo(type);
            assertThat(e.failure().status()).isEqualTo(status);
            assertThat(e.failure().requestId()).isEqualTo("req_scripted");
            assertThat(e).hasMessageContaining("acme").hasMessageContaining("(" + status + ")");
        }

        @Test
        void anUnknownModelNamesTheAddressUnlessTheProviderSpokeOfTheModel() {
            assertThat(failure(404, "{\"error\":{\"message\":\"Not Found\"}}"))
                    .hasMessageContaining("Check its name, and base_url http://127.0.0.1:");
            assertThat(failure(404, "{\"error\":{\"message\":\"no such model\"}}"))
                    .hasMessage("acme does not know the model m (404): no such model");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}",
                    "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 9 > 8\"}}",
                    "{\"error\":{\"code\":400,\"message\":\"x\",\"type\":\"exceed_context_size_error\"}}",
                    "{\"error\":{\"code\":400,\"message\":\"x\",\"metadata\":{\"error_type\":\"context_length_exceeded\"}}}"
                })
        void aPromptThatIsTooLongHasOneCode(String body) {
            ProviderException e = failure(400, body);
            assertThat(e).isInstanceOf(ProviderException.Rejected.class);
            assertThat(((ProviderException.Rejected) e).code())
                    .isEqualTo("context_length_exceeded");
        }

        @ParameterizedTest
        @CsvSource({
            "retry-after,7,7000",
            "retry-after,1.5,1500",
            "retry-after-ms,250,250",
            "retry-after,'Sat, 21 Nov 2026 08:00:30 GMT',30000",
            "retry-after,'Sat, 21 Nov 2026 07:00:00 GMT',0"
        })
        void theDelayOfARateLimitIsRead(String header, String value, long millis) {
            assertThat(failure(429, "{}", header, value).retry())
                    .isEqualTo(new Retry.After(Duration.ofMillis(millis)));
        }

        @Test
        void aRateLimitWithoutADelayIsLeftToTheCaller() {
            assertThat(failure(429, "{}").retry()).isEqualTo(new Retry.Backoff());
            assertThat(failure(429, "{}", "retry-after", "soon").retry())
                    .isEqualTo(new Retry.Backoff());
        }

        @Test
        void noSecretAndNoControlCharacterIsRepeated() {
            ProviderException e =
                    failure(
                            401,
                            "{\"error\":{\"message\":\"Incorrect API key: "
                                    + KEY
                                    + " or sk-proj-ABC***xyz789 \\u001b]52;c;eA==\\u0007\"}}"
                                    + "\u001b[31m"
                                    + "x".repeat(9000));
            String shown = e.getMessage() + e.failure();
            assertThat(shown)
                    .doesNotContain(KEY)
                    .doesNotContain("sk-proj")
                    .doesNotContain("\u001b")
                    .contains("***REDACTED***")
                    .contains("ACME_KEY");
            assertThat(
                            e.failure()
                                    .excerpt()
                                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)
                                    .length)
                    .isLessThanOrEqualTo(2048);
        }

        @Test
        void aWebPageSaysToCheckTheBaseUrl() {
            try (ScriptedProvider server = ScriptedProvider.openAi()) {
                for (int status : new int[] {200, 404, 502}) {
                    server.answers(
                            new MockResponse.Builder()
                                    .code(status)
                                    .setHeader("Content-Type", "text/html")
                                    .body("<!doctype html><h1>Hi</h1>")
                                    .build());
                    assertThatThrownBy(
                                    () -> client.open(server.provider("acme"), "m", HELLO, cancel))
                            .isInstanceOf(ProviderException.class)
                            .hasMessageContaining("web page")
                            .hasMessageContaining("base_url")
                            .hasMessageContaining(server.baseUrl().toString());
                }
            }
        }

        @Test
        void aRedirectIsNamedAndNotFollowed() {
            try (ScriptedProvider server =
                    ScriptedProvider.openAi()
                            .answers(
                                    new MockResponse.Builder()
                                            .code(301)
                                            .setHeader("Location", "https://other/v1?secret=1")
                                            .build())) {
                assertThatThrownBy(() -> client.open(server.provider("acme"), "m", HELLO, cancel))
                        .isInstanceOf(ProviderException.Rejected.class)
                        .hasMessageContaining("https://other/v1")
                        .hasMessageNotContaining("secret");
            }
        }

        @Test
        void anErrorInA200StreamKeepsItsKind() {
            try (ScriptedProvider server =
                    ScriptedProvider.anthropic()
                            .streams(
                                    "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\"}}\n\n")) {
                EventRecorder seen = drain(server.provider("acme"), HELLO);
                assertThat(seen.failure())
                        .isInstanceOf(ProviderException.RateLimited.class)
                        .hasMessageContaining("slow down");
            }
        }

        @Test
        void aWholeAnswerThatIsNoAnswerIsABadStream() {
            for (String body : List.of("", "null", "{}", "[1]", "{\"choices\":", "hello")) {
                try (ScriptedProvider server = ScriptedProvider.openAi().fails(200, body)) {
                    EventRecorder seen = drain(server.provider("acme"), whole(HELLO));
                    assertThat(seen.failure())
                            .as(body)
                            .isInstanceOf(ProviderException.BadStream.class);
                }
            }
        }
    }

    @Nested
    class Ends {
        private static final String HEAD =
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

        private RawServer holding(String sse) {
            RawServer[] self = new RawServer[1];
            self[0] =
                    new RawServer((_, socket) -> {
                        RawServer.write(
                                socket,
                                HEAD + Integer.toHexString(sse.length()) + "\r\n" + sse + "\r\n");
                        self[0].silence();
                        return false;
                    });
            return self[0];
        }

        @Test
        void aWholeAnswerIsNotHeldByAConnectionThatStaysOpen() {
            String sse =
                    "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\n";
            try (RawServer server = holding(sse)) {
                // No clock of the call would end it.
                Timeouts none =
                        new Timeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
                Provider provider =
                        Provider.builder("acme", Protocol.OPENAI, server.uri("/v1"))
                                .timeouts(none)
                                .build();
                EventRecorder seen = drain(provider, HELLO);
                assertThat(seen.failure()).isNull();
                assertThat(seen.turn().reason()).isEqualTo(StopReason.END);
            }
        }

        @Test
        void numbersThatNeverFollowAreNotWaitedForLong() {
            String sse =
                    "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n";
            try (RawServer server = holding(sse)) {
                EventRecorder seen =
                        drain(
                                Provider.builder("acme", Protocol.OPENAI, server.uri("/v1"))
                                        .build(),
                                HELLO);
                assertThat(seen.failure()).isNull();
                assertThat(seen.turn().reason()).isEqualTo(StopReason.END);
            }
        }

        @Test
        void numbersBehindAFinishThatHadSomeAreTheLastWord() {
            String sse =
                    """
                    data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}

                    data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":7}}

                    """;
            try (RawServer server = holding(sse)) {
                EventRecorder seen =
                        drain(
                                Provider.builder("acme", Protocol.OPENAI, server.uri("/v1"))
                                        .build(),
                                HELLO);
                assertThat(seen.failure()).isNull();
                assertThat(seen.turn().usage()).isEqualTo(Usage.of(1, 7));
            }
        }

        /// Sends `sign` again and again, for seconds.
        private RawServer ticking(String opening, String sign) {
            return new RawServer((_, socket) -> {
                RawServer.write(socket, HEAD + chunk(opening));
                for (int i = 0; i < 1000; i++) {
                    RawServer.write(socket, chunk(sign));
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                return false;
            });
        }

        private static String chunk(String text) {
            return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    ": OPENROUTER PROCESSING\n\n",
                    "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n"
                })
        void signsOfLifeDoNotStopTheFirstTokenClock(String sign) {
            try (RawServer server = ticking(": hello\n\n", sign)) {
                Timeouts timeouts =
                        new Timeouts(
                                Duration.ZERO,
                                Duration.ofMillis(200),
                                Duration.ZERO,
                                Duration.ZERO);
                Provider provider =
                        Provider.builder("acme", Protocol.OPENAI, server.uri("/v1"))
                                .timeouts(timeouts)
                                .build();
                assertThat(drain(provider, HELLO).failure())
                        .isInstanceOfSatisfying(
                                ProviderException.TimedOut.class,
                                e -> assertThat(e.clock()).isEqualTo(Clock.FIRST_TOKEN));
            }
        }

        @Test
        void contentStopsTheFirstTokenClockAndTheIdleClockFollows() {
            String content = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
            try (RawServer server = holding(content)) {
                Timeouts timeouts =
                        new Timeouts(
                                Duration.ZERO,
                                Duration.ofMinutes(1),
                                Duration.ofMillis(200),
                                Duration.ZERO);
                Provider provider =
                        Provider.builder("acme", Protocol.OPENAI, server.uri("/v1"))
                                .timeouts(timeouts)
                                .build();
                EventRecorder seen = drain(provider, HELLO);
                assertThat(seen.text()).isEqualTo("a");
                assertThat(seen.failure())
                        .isInstanceOfSatisfying(
                                ProviderException.TimedOut.class,
                                e -> assertThat(e.clock()).isEqualTo(Clock.IDLE));
            }
        }

        @Test
        void signsOfLifeBehindAWholeAnswerDoNotHoldIt() {
            String whole =
                    "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\n";
            try (RawServer server = ticking(whole, ": still here\n\n")) {
                EventRecorder seen =
                        drain(
                                Provider.builder("acme", Protocol.OPENAI, server.uri("/v1"))
                                        .build(),
                                HELLO);
                assertThat(seen.failure()).isNull();
                assertThat(seen.turn().reason()).isEqualTo(StopReason.END);
            }
        }

        @Test
        void closingFromAnotherThreadEndsABlockedNext() throws Exception {
            try (RawServer server =
                    holding("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n")) {
                Provider provider =
                        Provider.builder("acme", Protocol.OPENAI, server.uri("/v1")).build();
                try (ChatStream stream = client.open(provider, "m", HELLO, cancel)) {
                    assertThat(stream.next()).isInstanceOf(StreamEvent.Started.class);
                    assertThat(stream.next()).isInstanceOf(StreamEvent.TextDelta.class);
                    Thread closer = Thread.ofVirtual().start(stream::close);
                    assertThatThrownBy(stream::next)
                            .isInstanceOf(ProviderException.Cancelled.class);
                    closer.join();
                    assertThat(stream.next()).isNull();
                }
            }
        }
    }

    @Nested
    class Demo {
        private final Provider demo =
                Provider.builder("demo", Protocol.OPENAI, URI.create("demo:text")).build();

        @Test
        void saysThatItIsCannedAndHowLongThePromptWas() {
            EventRecorder seen = drain(demo, HELLO);
            assertThat(seen.text())
                    .contains("canned")
                    .contains("5 characters")
                    .contains("# ")
                    .contains("\n- ")
                    .contains("```");
            assertThat(seen.turn().reason()).isEqualTo(StopReason.END);
            assertThat(seen.events().size()).isGreaterThan(50);
        }

        @Test
        void canBeCancelled() {
            ChatStream stream = client.open(demo, "m", HELLO, cancel);
            assertThat(stream.next()).isInstanceOf(StreamEvent.Started.class);
            cancel.cancel("enough");
            assertThatThrownBy(stream::next)
                    .isInstanceOf(ProviderException.Cancelled.class)
                    .hasMessageContaining("enough");
            assertThat(stream.next()).isNull();
            stream.close();
        }
    }
}
