package hal0.providers.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Retry;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.CancelToken;
import hal0.providers.http.OkHttpTransport;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Role;
import hal0.providers.testing.EventRecorder;
import hal0.providers.testing.ScriptedProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls over a real connection, with the key in the address.
class GeminiCallsTest {
    private static final String KEY = "AQ.Ab8RN6abcdef0123456789";
    private static final String MODEL = "gemini-3.7-flash";
    private static final ChatRequest HELLO = ChatRequest.of(MODEL, List.of(Message.user("Hello")));

    private final OkHttpTransport transport =
            new OkHttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
    private final ProviderClient client =
            new ProviderClient(
                    transport,
                    new RequestBuilder(
                            name -> Optional.ofNullable(Map.of("GEMINI_API_KEY", KEY).get(name))),
                    InstantSource.system(),
                    Duration.ZERO);

    @AfterEach
    void everyAnswerWasClosed() {
        assertThat(transport.openResponses()).isZero();
        transport.close();
    }

    private static Provider google(ScriptedProvider server) {
        return server.provider("google").toBuilder()
                .auth(new Auth.GoogleQuery())
                .keyNames(List.of("GEMINI_API_KEY"))
                .build();
    }

    private EventRecorder ask(ScriptedProvider server, ChatRequest request) {
        return EventRecorder.drain(client.open(google(server), MODEL, request, new CancelToken()));
    }

    private ProviderException failure(int status, String body) {
        try (ScriptedProvider server = ScriptedProvider.gemini().fails(status, body)) {
            return catchThrowableOfType(ProviderException.class, () -> ask(server, HELLO));
        }
    }

    @Test
    void theAddressHoldsModelMethodAndKey() {
        try (ScriptedProvider server = ScriptedProvider.gemini().says("a").says("b")) {
            ask(server, HELLO);
            ask(server, new ChatRequest("", HELLO.messages(), List.of(), HELLO.options(), false));
            String path = "/v1beta/models/" + MODEL;
            assertThat(server.takeAsked().target())
                    .isEqualTo(path + ":streamGenerateContent?alt=sse&key=" + KEY);
            assertThat(server.takeAsked().target()).isEqualTo(path + ":generateContent?key=" + KEY);
        }
    }

    @Test
    void whatTheModelSignedComesBackToItByteForByte() {
        String first =
                """
                data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"ls","args":{"n":1.50}},"thoughtSignature":"Ep/E+g=="},{"functionCall":{"name":"ls","args":{}}}],"role":"model"}}],"responseId":"r7"}

                data: {"candidates":[{"content":{"parts":[{"text":""}]},"finishReason":"STOP"}],"responseId":"r7"}

                """;
        try (ScriptedProvider server = ScriptedProvider.gemini().streams(first).says("done")) {
            EventRecorder seen = ask(server, HELLO);
            assertThat(seen.turn().reason()).isEqualTo(StopReason.TOOL_CALLS);
            Part.ToolCall one = (Part.ToolCall) seen.message().parts().getFirst();
            Part.ToolCall two = (Part.ToolCall) seen.message().parts().getLast();
            assertThat(one.id()).isNotEqualTo(two.id());
            Message results =
                    new Message(
                            Role.USER,
                            List.of(
                                    new Part.ToolResult(
                                            two.id(), List.of(new Part.Text("2")), false),
                                    new Part.ToolResult(
                                            one.id(), List.of(new Part.Text("1")), false)));
            ask(
                    server,
                    ChatRequest.of("", List.of(Message.user("Hello"), seen.message(), results)));
            server.takeAsked();
            assertThat(server.takeAsked().body())
                    .contains(
                            "{\"functionCall\":{\"name\":\"ls\",\"args\":{\"n\":1.50}},\"thoughtSignature\":\"Ep/E+g==\"},{\"functionCall\":{\"name\":\"ls\",\"args\":{}}}")
                    .contains(
                            "{\"functionResponse\":{\"name\":\"ls\",\"response\":{\"output\":\"1\"}}},{\"functionResponse\":{\"name\":\"ls\",\"response\":{\"output\":\"2\"}}}");
        }
    }

    @Test
    void aStreamThatComesAsAnArrayIsReadToo() {
        String piece =
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"%s\"}]}%s}],\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":%d,\"totalTokenCount\":%d}}";
        String a = piece.formatted("a", "", 1, 4);
        String b = piece.formatted("b", ",\"finishReason\":\"MAX_TOKENS\"", 2, 5);
        try (ScriptedProvider server =
                ScriptedProvider.gemini()
                        .fails(200, "[" + a + "\n,\n" + b + "]")
                        .fails(200, "[" + a + "]")
                        .fails(
                                200,
                                "[" + a + ",{\"error\":{\"code\":503,\"message\":\"busy\"}}]")) {
            EventRecorder whole = ask(server, HELLO);
            assertThat(whole.text()).isEqualTo("ab");
            assertThat(whole.turn().usage()).isEqualTo(Usage.of(3, 2));
            assertThat(whole.turn().reason()).isEqualTo(StopReason.LENGTH);
            assertThat(ask(server, HELLO).failure())
                    .isInstanceOf(ProviderException.BadStream.class)
                    .hasMessageContaining("cut off");
            assertThat(ask(server, HELLO).failure())
                    .isInstanceOf(ProviderException.Overloaded.class);
        }
    }

    @Test
    void aRefusedPromptIsARefusal() {
        try (ScriptedProvider server =
                ScriptedProvider.gemini()
                        .fails(200, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}")) {
            assertThat(ask(server, HELLO).turn().reason()).isEqualTo(StopReason.REFUSAL);
        }
    }

    @Test
    void aWholeAnswerThatIsNoAnswerIsABadStream() {
        for (String body : List.of("", "null", "{}", "[]", "[1]", "{\"candidates\":", "hello")) {
            try (ScriptedProvider server = ScriptedProvider.gemini().fails(200, body)) {
                assertThat(ask(server, HELLO).failure())
                        .as(body)
                        .isInstanceOf(ProviderException.BadStream.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|{'code':400,'message':'API key not valid.','status':'INVALID_ARGUMENT','details':[{'@type':'type.googleapis.com/google.rpc.ErrorInfo','reason':'API_KEY_INVALID','domain':'googleapis.com'}]}|Unauthenticated",
                "400|{'code':400,'message':'Invalid value','status':'INVALID_ARGUMENT'}|Rejected",
                "400|{'code':400,'message':'User location is not supported','status':'FAILED_PRECONDITION'}|Rejected",
                "401|{'code':401,'message':'no','status':'UNAUTHENTICATED'}|Unauthenticated",
                "403|{'code':403,'message':'no','status':'PERMISSION_DENIED'}|Forbidden",
                "404|{'code':404,'message':'models/x is not found for API version v1beta','status':'NOT_FOUND'}|UnknownModel",
                "429|{'code':429,'message':'quota','status':'RESOURCE_EXHAUSTED'}|RateLimited",
                "500|{'code':500,'message':'oops','status':'INTERNAL'}|Overloaded",
                "503|{'code':503,'message':'The model is overloaded.','status':'UNAVAILABLE'}|Overloaded",
                "504|{'code':504,'message':'late','status':'DEADLINE_EXCEEDED'}|Overloaded"
            })
    void errorsAreToldApart(int status, String error, String type) {
        String body = "{\"error\":" + error.replace('\'', '"') + "}";
        for (String form : List.of(body, "[" + body + "\n]")) {
            ProviderException e = failure(status, form);
            assertThat(e.getClass().getSimpleName()).isEqualTo(type);
            assertThat(e)
                    .hasMessageContaining("google")
                    .hasMessageContaining("(" + status + ")")
                    .hasMessageNotContaining("..");
        }
    }

    @Test
    void theWordOfARejectionIsItsCode() {
        ProviderException e =
                failure(
                        400,
                        "{\"error\":{\"code\":400,\"message\":\"x\",\"status\":\"INVALID_ARGUMENT\"}}");
        assertThat(((ProviderException.Rejected) e).code()).isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void aPromptThatIsTooLongHasTheCodeOfAll() {
        ProviderException e =
                failure(
                        400,
                        "{\"error\":{\"code\":400,\"message\":\"The input token count (3475108) exceeds the maximum number of tokens allowed (1048576).\",\"status\":\"INVALID_ARGUMENT\"}}");
        assertThat(((ProviderException.Rejected) e).code()).isEqualTo("context_length_exceeded");
    }

    @ParameterizedTest
    @CsvSource({"34.4s,34400", "26s,26000", "45.837906927s,45838", "soon,-1", "5,-1"})
    void theDelayInTheDetailsIsHonoured(String delay, long millis) {
        ProviderException e =
                failure(
                        429,
                        """
                        {"error":{"code":429,"message":"quota","status":"RESOURCE_EXHAUSTED","details":[
                        {"@type":"type.googleapis.com/google.rpc.Help","links":[{"description":"x","url":"y"}]},
                        {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"z"}]},
                        {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"%s"}]}}\
                        """
                                .formatted(delay));
        assertThat(e.retry())
                .isEqualTo(
                        millis < 0
                                ? new Retry.Backoff()
                                : new Retry.After(Duration.ofMillis(millis)));
    }

    @Test
    void theKeyIsNeverRepeated() {
        String echo =
                "{\"error\":{\"code\":400,\"message\":\"bad call of /v1beta/models?key="
                        + KEY
                        + "\"}}";
        ProviderException answered = failure(400, echo);
        assertThat(answered.getMessage() + answered.failure()).doesNotContain(KEY);
        Provider dead;
        try (ScriptedProvider server = ScriptedProvider.gemini()) {
            dead = google(server);
        }
        ProviderException unreachable =
                catchThrowableOfType(
                        ProviderException.class,
                        () -> client.open(dead, MODEL, HELLO, new CancelToken()));
        assertThat(unreachable).isInstanceOf(ProviderException.Unreachable.class);
        for (Throwable e = unreachable; e != null; e = e.getCause()) {
            assertThat(String.valueOf(e)).doesNotContain(KEY);
        }
    }
}
