package hal0.relay;

import static hal0.relay.testing.OpenAiStream.END;
import static hal0.relay.testing.OpenAiStream.HEAD;
import static hal0.relay.testing.OpenAiStream.ROLE;
import static hal0.relay.testing.OpenAiStream.STOP;
import static hal0.relay.testing.OpenAiStream.saying;
import static hal0.relay.testing.OpenAiStream.status;
import static hal0.relay.testing.OpenAiStream.words;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.dispatch.RescueRules;
import hal0.relay.rescue.Breakers;
import hal0.relay.testing.OpenAiStream;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Row;
import hal0.relay.testing.RelayFixture.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client sees of a route whose targets fail before they say anything.
class RouteFailureTest {
    private static final RescueRules RULES =
            new RescueRules(0, Duration.ofSeconds(5), Duration.ofSeconds(5), false);
    private static final String STREAMED = "{\"model\":\"smart\",\"stream\":true}";
    private static final String WHOLE = "{\"model\":\"smart\"}";

    @TempDir private Path folder;
    private final RawUpstream first = new RawUpstream();
    private final RawUpstream second = new RawUpstream();
    private RelayFixture relay;

    @BeforeEach
    void start() {
        Provider one = provider("one", first);
        relay = new RelayFixture(folder, Setup.of(one));
        relay.route("smart", RULES, one, provider("two", second));
    }

    @AfterEach
    void stop() {
        relay.close();
        first.close();
        second.close();
    }

    private static Provider provider(String id, RawUpstream upstream) {
        return Provider.builder(id, Protocol.OPENAI, upstream.url("/v1"))
                .auth(new Auth.None())
                .injectUsage(false)
                .retries(0)
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 409, 429, 500, 501, 503})
    void theNextTargetAnswersInPlaceOfSuchAStatus(int status) {
        first.then(status(status, "{}"));
        second.then(saying("Hello"));

        Answer answer = relay.chat(STREAMED);

        assertThat(OpenAiStream.read(answer).text()).isEqualTo("Hello");
        assertThat(answer.header("x-hal0-provider")).contains("two");
        assertThat(answer.header("x-hal0-attempts")).contains("2");
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("ANSWERED");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void whatIsTheClientsFaultIsPassedOn(int status) {
        first.then(status(status, "{\"error\":{\"message\":\"wrong\"}}"));

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo("{\"error\":{\"message\":\"wrong\"}}");
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void theFirstFailureIsToldWhenAllFail() {
        first.then(status(503, "{\"error\":{\"message\":\"first\"}}", "Retry-After: 60"));
        second.then(status(400, "{\"error\":{\"message\":\"prefill is not supported\"}}"));

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).isEqualTo("{\"error\":{\"message\":\"first\"}}");
        assertThat(answer.header("Retry-After")).contains("60");
        assertThat(answer.header("x-hal0-provider")).contains("one");
        assertThat(answer.header("x-hal0-attempts")).contains("2");
        Row row = relay.rows(1).getFirst();
        assertThat(row.provider()).isEqualTo("one");
        assertThat(row.status()).isEqualTo(503);
        assertThat(row.errorKind()).isEqualTo("overloaded");
        assertThat(row.attempts()).isEqualTo(2);
        assertThat(relay.transport().openResponses()).isZero();
    }

    @Test
    void aStreamThatIsCutBeforeItsFirstWordHasTheStatusOfAFailure() {
        first.then(turn -> turn.send(HEAD).chunk(ROLE).close());
        second.then(RawUpstream.Turn::reset);

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).contains("one: the answer was cut off");
    }

    @Test
    void anAnswerInOnePieceThatIsCutIsAskedElsewhere() {
        first.then(turn ->
                turn.send(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .chunk("{\"choices\":[{\"mess")
                        .close());
        second.then(OpenAiStream.whole("Hello"));

        Answer answer = relay.chat(WHOLE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(OpenAiStream.text(answer)).isEqualTo("Hello");
    }

    @Test
    void aWebPageIsAskedElsewhere() {
        first.then(turn ->
                turn.send(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<h1>"));
        second.then(OpenAiStream.whole("Hello"));

        assertThat(OpenAiStream.text(relay.chat(WHOLE))).isEqualTo("Hello");
    }

    @Test
    void anErrorInAStreamBeforeItsFirstWordIsAskedElsewhere() {
        first.then(turn ->
                turn.send(HEAD)
                        .chunk(
                                ROLE
                                        + "data: {\"error\":{\"message\":\"overloaded\",\"code\":503}}\n\n")
                        .send(END));
        second.then(saying("Hello"));

        assertThat(OpenAiStream.read(relay.chat(STREAMED)))
                .isEqualTo(new OpenAiStream.Read("Hello", List.of("stop"), true, 0));
    }

    @Test
    void aBeginningThatOutgrowsItsBoundIsHeldNoLonger() {
        String comment = ": " + "x".repeat(70_000) + "\n\n";
        first.then(turn -> {
            turn.send(HEAD).chunk(comment);
            turn.silence();
        });

        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/chat/completions", STREAMED));
            assertThat(client.receiveHead().status()).isEqualTo(200);
        }
        first.takeLeft();
        assertThat(second.asked()).isEmpty();
    }

    @Test
    void whatWasHeldGoesOutByteForByte() {
        String events = ": warming up\r\n\r\n" + ROLE + words("Hello ", "you") + STOP;
        first.then(turn ->
                turn.send(HEAD).chunk(events.substring(0, 9)).chunk(events.substring(9)).send(END));

        assertThat(relay.chat(STREAMED).text()).isEqualTo(events);
    }

    @Test
    void aTargetWithoutItsKeyIsPassedOverAndNotCountedAsACall() {
        Provider keyless =
                provider("one", first).toBuilder()
                        .auth(new Auth.Bearer())
                        .keyNames(List.of("NOT_SET"))
                        .build();
        relay.route("smart", RULES, keyless, provider("two", second));
        second.then(saying("Hello"));

        Answer answer = relay.chat(STREAMED);

        assertThat(OpenAiStream.read(answer).text()).isEqualTo("Hello");
        assertThat(answer.header("x-hal0-attempts")).contains("1");
        assertThat(first.asked()).isEmpty();
    }

    @Test
    void aTargetThatRefusesTheWishForUsageIsCountedForBothCalls() {
        relay.route(
                "smart",
                RULES,
                provider("one", first).toBuilder().injectUsage(true).build(),
                provider("two", second));
        first.then(status(400, "{}")).then(saying("Hello"));

        Answer answer = relay.chat(STREAMED);

        assertThat(OpenAiStream.read(answer).text()).isEqualTo("Hello");
        assertThat(first.asked()).hasSize(2);
        assertThat(answer.header("x-hal0-attempts")).contains("2");
        assertThat(relay.rows(1).getFirst().attempts()).isEqualTo(2);
    }

    @Test
    void aTargetThatFailedFiveTimesIsPassedOver() {
        first.always(status(500, "{}"));
        second.always(saying("Hello"));
        for (int i = 0; i < 5; i++) {
            relay.chat(STREAMED);
        }
        assertThat(relay.breakers().state("one/m")).isEqualTo(Breakers.State.OPEN);

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.header("x-hal0-attempts")).contains("1");
        assertThat(first.asked()).hasSize(5);
    }

    @Test
    void aLoneTargetThatFailedFiveTimesIsRefusedAtOnce() {
        first.always(status(500, "{}"));
        for (int i = 0; i < 5; i++) {
            assertThat(relay.chat("{\"model\":\"one/m\"}").status()).isEqualTo(500);
        }

        Answer answer = relay.chat("{\"model\":\"one/m\"}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text())
                .contains("upstream.breaker_open", "one/m failed too often")
                .contains("one cannot serve now (500)");
        assertThat(answer.header("Retry-After")).contains("5");
        assertThat(answer.header("x-hal0-origin")).contains("relay");
        assertThat(first.asked()).hasSize(5);
        relay.rows(5);

        first.always(OpenAiStream.whole("Hello"));
        relay.pass(Duration.ofSeconds(5));
        assertThat(relay.chat("{\"model\":\"one/m\"}").status()).isEqualTo(200);
        assertThat(relay.breakers().states()).isEmpty();
    }

    @Test
    void aLoneTargetThatDoesNotSpeakHttpIsNotRepeated() {
        relay.declare(provider("one", first).toBuilder().retries(2).build());
        first.always(turn -> turn.send("SSH-2.0-OpenSSH_9\r\n\r\n").close());

        assertThat(relay.chat("{\"model\":\"one/m\"}").status()).isEqualTo(502);
        assertThat(first.asked()).hasSize(1);
    }

    @Test
    void refusalsAndLimitsDoNotOpenABreaker() {
        for (int status : new int[] {400, 401, 403, 404, 422, 429}) {
            for (int i = 0; i < 5; i++) {
                first.then(status(status, "{}"));
                relay.chat("{\"model\":\"one/m\"}");
            }
        }

        assertThat(relay.breakers().states()).isEmpty();
        assertThat(first.asked()).hasSize(30);
    }

    @Test
    void clientsThatLeaveDoNotOpenABreaker() {
        for (int i = 0; i < 6; i++) {
            first.then(RawUpstream.Turn::silence);
            try (RawClient client = new RawClient(relay.port())) {
                client.send(RawClient.post("/v1/chat/completions", STREAMED));
                first.takeAsked();
            }
            first.takeLeft();
        }
        relay.rows(6);

        assertThat(relay.breakers().states()).isEmpty();
    }
}
