package hal0.relay;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.ProviderBuilder;
import hal0.providers.Timeouts;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Row;
import hal0.relay.testing.RelayFixture.Setup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client sees of an upstream that fails, and what the ledger says of it.
class UpstreamFailureTest {
    private static final String EVENTS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String EVENT = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n";
    private static final String FINISH =
            "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String OK =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 51\r\n\r\n{\"choices\":[{\"message\":{},\"finish_reason\":\"stop\"}]}";
    private static final String STREAMED = "{\"model\":\"up/m\",\"stream\":true}";
    private static final String WHOLE = "{\"model\":\"up/m\"}";

    @TempDir private Path folder;
    private final RawUpstream upstream = new RawUpstream();
    private RelayFixture relay;

    private void start(ProviderBuilder... providers) {
        hal0.providers.Provider[] built = new hal0.providers.Provider[providers.length];
        for (int i = 0; i < providers.length; i++) {
            built[i] = providers[i].build();
        }
        relay = new RelayFixture(folder, Setup.of(built));
    }

    private void start() {
        start(RelayFixture.openAi(upstream));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    @Test
    void nobodyListens() {
        start();
        upstream.close();

        Answer answer = relay.chat(WHOLE);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text())
                .contains("up cannot be reached", "nothing accepts connections at 127.0.0.1:")
                .contains("\"type\":\"server_error\"", "\"code\":\"upstream.unreachable\"");
        assertThat(answer.header("x-hal0-provider")).contains("up");
        assertThat(answer.header("x-hal0-attempts")).contains("3");
        assertThat(answer.header("x-hal0-origin")).contains("relay");
        assertThat(relay.sleeps()).hasSize(2);
        Row row = relay.rows(1).getFirst();
        assertThat(row.outcome()).isEqualTo("FAILED");
        assertThat(row.errorKind()).isEqualTo("unreachable");
        assertThat(row.attempts()).isEqualTo(3);
        assertThat(row.status()).isZero();
    }

    @Test
    void aResetBeforeTheHeadIsTriedAgain() {
        start();
        upstream.then(RawUpstream.Turn::reset).then(RawUpstream.Turn::close).sends(OK);

        Answer answer = relay.chat(WHOLE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-hal0-attempts")).contains("3");
        assertThat(relay.rows(1).getFirst().attempts()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 429, 500, 502, 503, 529})
    void aPassingStatusIsTriedAgain(int status) {
        start();
        upstream.sends("HTTP/1.1 " + status + " No\r\nContent-Length: 2\r\n\r\n{}").sends(OK);

        assertThat(relay.chat(WHOLE).status()).isEqualTo(200);
        assertThat(relay.sleeps()).hasSize(1);
        Row row = relay.rows(1).getFirst();
        assertThat(row.outcome()).isEqualTo("ANSWERED");
        assertThat(row.status()).isEqualTo(200);
        assertThat(row.attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422, 501})
    void aLastingStatusIsNot(int status) {
        start();
        upstream.sends("HTTP/1.1 " + status + " No\r\nContent-Length: 2\r\n\r\n{}");

        assertThat(relay.chat(WHOLE).status()).isEqualTo(status);
        assertThat(relay.rows(1).getFirst().attempts()).isEqualTo(1);
    }

    @Test
    void theDelayThatAProviderNamesIsKeptUpToTenSeconds() {
        start();
        upstream.sends("HTTP/1.1 429 No\r\nRetry-After: 3\r\nContent-Length: 2\r\n\r\n{}")
                .sends("HTTP/1.1 429 No\r\nRetry-After: 11\r\nContent-Length: 3\r\n\r\n{ }");

        Answer answer = relay.chat(WHOLE);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text()).isEqualTo("{ }");
        assertThat(answer.header("Retry-After")).contains("11");
        assertThat(relay.sleeps()).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void theDelayMayBeInMillisecondsOrADate() {
        start();
        upstream.sends(
                        "HTTP/1.1 503 No\r\nretry-after-ms: 250\r\nRetry-After: 9\r\nContent-Length: 2\r\n\r\n{}")
                .sends(
                        "HTTP/1.1 503 No\r\nRetry-After: Sat, 01 Jan 2000 00:00:00 GMT\r\nContent-Length: 2\r\n\r\n{}")
                .sends(OK);

        assertThat(relay.chat(WHOLE).status()).isEqualTo(200);
        assertThat(relay.sleeps()).containsExactly(Duration.ofMillis(250), Duration.ZERO);
    }

    @Test
    void aStreamCutAfterItsFirstEventEndsInAnErrorEvent() {
        start();
        upstream.then(turn -> turn.send(EVENTS).chunk(EVENT).close());

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.whole()).isTrue();
        assertThat(answer.text())
                .startsWith(EVENT + "data: {\"error\":{\"message\":\"up: the answer was cut off")
                .endsWith("\"code\":\"upstream.bad_stream\"}}\n\n")
                .doesNotContain("[DONE]");
        assertFailed("bad_stream");
    }

    @Test
    void aStreamCutInAnEventEndsThatEventFirst() {
        start();
        upstream.then(turn -> turn.send(EVENTS).chunk(EVENT + "data: {\"cho").reset());

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.text()).startsWith(EVENT + "data: {\"cho\n\ndata: {\"error\":");
        assertFailed("bad_stream");
    }

    @Test
    void aHalfEventIsNotShownWhereUsageIsTakenOut() {
        start(RelayFixture.openAi(upstream).injectUsage(true));
        upstream.then(turn -> turn.send(EVENTS).chunk(EVENT + "data: {\"cho").close());

        assertThat(relay.chat(STREAMED).text()).startsWith(EVENT + "data: {\"error\":");
    }

    @Test
    void aStreamThatEndsInOrderWithoutItsEndIsAFailureToo() {
        start();
        upstream.then(turn -> turn.send(EVENTS).chunk(EVENT).send("0\r\n\r\n"));

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.text()).startsWith(EVENT + "data: {\"error\":").doesNotContain("[DONE]");
        assertFailed("bad_stream");
    }

    @Test
    void aCutAfterTheFinishReasonIsNoFailure() {
        start();
        upstream.then(turn -> turn.send(EVENTS).chunk(EVENT + FINISH).close());

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.text()).isEqualTo(EVENT + FINISH);
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("ANSWERED");
    }

    @Test
    void anErrorEventOfTheProvidersIsShownOnce() {
        start();
        String error = "data: {\"error\":{\"message\":\"overloaded\",\"code\":503}}\n\n";
        upstream.then(turn -> turn.send(EVENTS).chunk(EVENT + error).send("0\r\n\r\n"));

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.text()).isEqualTo(EVENT + error);
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("FAILED");
    }

    @Test
    void anAnthropicStreamEndsInAnthropicsErrorEvent() {
        start(RelayFixture.anthropic(upstream));
        String begin =
                "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"1\",\"usage\":{\"input_tokens\":7,\"output_tokens\":1}}}\n\n";
        upstream.then(turn -> turn.send(EVENTS).chunk(begin).close());

        Answer answer =
                relay.ask(
                        RawClient.post("/v1/messages", "{\"model\":\"claude/c\",\"stream\":true}"));

        assertThat(answer.text())
                .startsWith(
                        begin
                                + "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"")
                .doesNotContain("message_stop");
        Row row = assertFailed("bad_stream");
        assertThat(row.input()).isEqualTo(7);
    }

    @Test
    void aBodyOfKnownLengthThatIsCutIsA502() {
        start();
        upstream.then(turn ->
                turn.send(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"cho")
                        .close());

        Answer answer = relay.chat(WHOLE);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).contains("was cut off", "upstream.bad_stream");
        assertFailed("bad_stream");
    }

    @Test
    void aBodyThatIsCutAfterItsBeginningWentOutEndsTheConnection() {
        start();
        upstream.then(turn ->
                turn.send(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .chunk("{\"cho")
                        .close());

        Answer answer = relay.chat(WHOLE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.whole()).isFalse();
        assertFailed("bad_stream");
    }

    @Test
    void aStreamThatStallsRunsOutOfItsIdleClock() {
        start(RelayFixture.openAi(upstream).timeouts(clocks(60_000, 150)));
        upstream.then(turn -> turn.send(EVENTS).chunk(EVENT).silence());

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.text())
                .startsWith(EVENT + "data: {\"error\":")
                .contains("fell silent", "idle_timeout_seconds", "upstream.timed_out");
        upstream.takeLeft();
        assertFailed("timed_out");
    }

    @Test
    void silenceAfterTheEndOfAStreamIsNoFailure() {
        start(RelayFixture.openAi(upstream).timeouts(clocks(60_000, 150)));
        upstream.then(
                turn -> turn.send(EVENTS).chunk(EVENT + FINISH + "data: [DONE]\n\n").silence());

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.text()).isEqualTo(EVENT + FINISH + "data: [DONE]\n\n");
        assertThat(answer.whole()).isTrue();
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("ANSWERED");
    }

    @Test
    void theEndMarkerEndsTheClientsStreamThoughTheUpstreamStaysOpen() {
        start();
        upstream.then(
                turn -> turn.send(EVENTS).chunk(EVENT + FINISH + "data: [DONE]\n\n").silence());

        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/chat/completions", STREAMED));
            client.awaitText("[DONE]");
            long marked = System.nanoTime();
            client.awaitText("0\r\n\r\n");

            // Far below the patience with a stream that has no end marker.
            assertThat(Duration.ofNanos(System.nanoTime() - marked))
                    .isLessThan(Duration.ofSeconds(2));
        }
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("ANSWERED");
    }

    @Test
    void withoutAnEndMarkerAnotherChoiceIsWaitedFor() {
        start();
        CountDownLatch later = new CountDownLatch(1);
        upstream.then(turn -> {
            turn.send(EVENTS).chunk(FINISH);
            // Longer than what may follow an end marker.
            assertThat(later.await(500, TimeUnit.MILLISECONDS)).isFalse();
            turn.chunk(EVENT).send("0\r\n\r\n");
        });

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.text()).isEqualTo(FINISH + EVENT);
        assertThat(answer.whole()).isTrue();
    }

    @Test
    void anUpstreamThatNeverBeginsRunsOutOfItsFirstTokenClock() {
        start(RelayFixture.openAi(upstream).timeouts(clocks(150, 60_000)));
        upstream.then(RawUpstream.Turn::silence);

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.text()).contains("no answer began", "first_token_timeout_seconds");
        upstream.takeLeft();
        Row row = assertFailed("timed_out");
        assertThat(row.attempts()).isEqualTo(1);
    }

    @Test
    void aWebPageIsNoAnswer() {
        start();
        upstream.sends(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 29\r\n\r\n<html><h1>Welcome</h1></html>");

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.text()).contains("web page");
        assertFailed("bad_stream");
    }

    @Test
    void aRedirectIsNotFollowedAndNotPassedOn() {
        start();
        upstream.sends(
                "HTTP/1.1 307 Over there\r\nLocation: http://127.0.0.1:1/steal\r\nContent-Length: 0\r\n\r\n");

        Answer answer = relay.chat(WHOLE);

        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.text()).contains("redirects the call (307)", "base_url");
        assertThat(upstream.asked()).hasSize(1);
        relay.rows(1);
    }

    @Test
    void bytesThatTrickleArriveOneByOne() {
        start();
        String body = EVENT + FINISH;
        CountDownLatch[] steps = new CountDownLatch[body.length()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new CountDownLatch(1);
        }
        upstream.then(turn -> {
            turn.send(EVENTS);
            for (int i = 0; i < body.length(); i++) {
                turn.chunk(body.substring(i, i + 1));
                steps[i].await();
            }
            turn.send("0\r\n\r\n");
        });

        try (RawClient client = new RawClient(relay.port())) {
            client.send(RawClient.post("/v1/chat/completions", STREAMED));
            client.receiveHead();
            for (int i = 0; i < body.length(); i++) {
                // The next byte leaves the upstream only after this one came here.
                client.awaitText("1\r\n" + body.charAt(i) + "\r\n");
                steps[i].countDown();
            }
            client.awaitText("0\r\n\r\n");
        }
        assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("ANSWERED");
    }

    @Test
    void whatIsNotHttpIsA502() {
        start();
        upstream.always(turn -> turn.send("SSH-2.0-OpenSSH_9\r\n\r\n").close());

        Answer answer = relay.chat(WHOLE);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).contains("not HTTP");
    }

    private Row assertFailed(String kind) {
        Row row = relay.rows(1).getFirst();
        assertThat(row.outcome()).isEqualTo("FAILED");
        assertThat(row.errorKind()).isEqualTo(kind);
        assertThat(relay.transport().openResponses()).isZero();
        return row;
    }

    private static Timeouts clocks(long firstTokenMillis, long idleMillis) {
        return new Timeouts(
                Duration.ofSeconds(5),
                Duration.ofMillis(firstTokenMillis),
                Duration.ofMillis(idleMillis),
                Duration.ofSeconds(60));
    }
}
