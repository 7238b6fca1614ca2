package hal0.relay;

import static hal0.relay.testing.OpenAiStream.DONE;
import static hal0.relay.testing.OpenAiStream.END;
import static hal0.relay.testing.OpenAiStream.HEAD;
import static hal0.relay.testing.OpenAiStream.ROLE;
import static hal0.relay.testing.OpenAiStream.STOP;
import static hal0.relay.testing.OpenAiStream.saying;
import static hal0.relay.testing.OpenAiStream.status;
import static hal0.relay.testing.OpenAiStream.usage;
import static hal0.relay.testing.OpenAiStream.words;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Auth;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.ProviderBuilder;
import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import hal0.relay.dispatch.RescueRules;
import hal0.relay.testing.OpenAiStream;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Row;
import hal0.relay.testing.RelayFixture.Setup;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// The sixteen scenarios of Failover Bench, through the relay, over real sockets.
///
/// **Shape** a route of two targets, and the rules that a `[[route]]` has without any of its own.
/// Each scenario holds the calls that the upstreams saw against the header and the ledger. With
/// `-Dhal0.slow=true` its clocks are those of the defaults, else a fiftieth.
class FailoverBenchTest {
    private static final boolean SLOW = Boolean.getBoolean("hal0.slow");
    private static final Duration FIRST_TOKEN =
            SLOW ? Duration.ofSeconds(10) : Duration.ofMillis(200);
    private static final Duration IDLE = SLOW ? Duration.ofSeconds(15) : Duration.ofMillis(300);
    private static final RescueRules RULES = new RescueRules(2, FIRST_TOKEN, IDLE, true);

    private static final String[] PIECES = {
        "The quick ", "brown fox ", "jumps over ", "the lazy dog."
    };
    private static final String TEXT = String.join("", PIECES);
    private static final String HALF = ROLE + words(PIECES[0], PIECES[1]);
    private static final String STREAMED =
            "{\"model\":\"smart\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Say it.\"}]}";
    private static final String WHOLE =
            "{\"model\":\"smart\",\"messages\":[{\"role\":\"user\",\"content\":\"Say it.\"}]}";

    private static final List<String> TABLE = new ArrayList<>();

    @TempDir private Path folder;
    private final RawUpstream primary = new RawUpstream();
    private final RawUpstream fallback = new RawUpstream().always(this::answers);
    private RelayFixture relay;
    private int askedBefore;

    @BeforeEach
    void start() {
        relay = new RelayFixture(folder, Setup.of());
        route(null, null);
    }

    @AfterEach
    void stop() {
        relay.close();
        primary.close();
        fallback.close();
    }

    @AfterAll
    static void table() {
        TABLE.sort(null);
        System.out.println("Failover Bench, " + (SLOW ? "full timing" : "shortened clocks"));
        TABLE.forEach(System.out::println);
        System.out.println(TABLE.size() + " rescued, well conducted");
    }

    /// The whole answer, in the form that was asked for.
    private void answers(RawUpstream.Turn turn) throws java.io.IOException, InterruptedException {
        boolean streamed = turn.request().text().contains("\"stream\":true");
        (streamed ? saying(PIECES) : OpenAiStream.whole(TEXT)).answer(turn);
    }

    private void route(@Nullable ModelInfo first, @Nullable ModelInfo second) {
        relay.route("smart", RULES, target("up", primary, first), target("next", fallback, second));
    }

    private static Provider target(String id, RawUpstream upstream, @Nullable ModelInfo model) {
        ProviderBuilder provider =
                Provider.builder(id, Protocol.OPENAI, upstream.url("/v1"))
                        .auth(new Auth.None())
                        .injectUsage(false);
        return (model == null ? provider : provider.models(List.of(model))).build();
    }

    private static ModelInfo model(@Nullable Long context, @Nullable Boolean prefill) {
        return new ModelInfo("m", null, context, null, null, null, null, prefill, Price.UNKNOWN);
    }

    @Test
    @DisplayName("01 429 with Retry-After")
    void rateLimitWithADelay(TestInfo test) {
        primary.then(status(429, "{}", "Retry-After: 1")).then(this::answers);

        rescued(test, "up", 2, 0);

        assertThat(relay.sleeps()).containsExactly(Duration.ofSeconds(1));
        inOnePiece(() -> primary.then(status(429, "{}", "Retry-After: 1")).then(this::answers), 2);
    }

    @Test
    @DisplayName("02 429 without Retry-After")
    void rateLimit(TestInfo test) {
        primary.then(status(429, "{}")).then(this::answers);

        rescued(test, "up", 2, 0);

        assertThat(relay.sleeps())
                .singleElement()
                .satisfies(d -> assertThat(d).isLessThan(Duration.ofMillis(501)));
        inOnePiece(() -> primary.then(status(429, "{}")).then(this::answers), 2);
    }

    @Test
    @DisplayName("03 500 once")
    void oneError(TestInfo test) {
        primary.then(status(500, "{}")).then(this::answers);

        rescued(test, "up", 2, 0);
        inOnePiece(() -> primary.then(status(500, "{}")).then(this::answers), 2);
    }

    @Test
    @DisplayName("04 503 for ever")
    void errorsForEver(TestInfo test) {
        primary.always(status(503, "{}"));

        rescued(test, "next", 3, 1);

        // The breaker opens at the fifth failure in a row, and the third request asks nobody.
        relay.chat(STREAMED);
        assertThat(primary.asked()).hasSize(5);
        assertThat(OpenAiStream.read(relay.chat(STREAMED)).text()).isEqualTo(TEXT);
        assertThat(primary.asked()).hasSize(5);
    }

    @Test
    @DisplayName("05 connection reset")
    void reset(TestInfo test) {
        primary.then(RawUpstream.Turn::reset).then(this::answers);

        rescued(test, "up", 2, 0);
        inOnePiece(() -> primary.then(RawUpstream.Turn::reset).then(this::answers), 2);
    }

    @Test
    @DisplayName("06 silence")
    void silence(TestInfo test) {
        primary.then(RawUpstream.Turn::silence);

        rescued(test, "next", 1, 1);
        primary.takeLeft();
    }

    @Test
    @DisplayName("07 slow first token")
    void slowFirstToken(TestInfo test) {
        primary.then(turn -> turn.send(HEAD).chunk(": thinking\n\n" + ROLE).silence());
        long before = System.nanoTime();

        rescued(test, "next", 1, 1);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    @DisplayName("08 cut in the middle")
    void cut(TestInfo test) {
        primary.then(turn -> turn.send(HEAD).chunk(HALF).reset());

        rescued(test, "next", 1, 1);

        // Who is not known to continue what it is told to have said is not told so.
        assertThat(fallback.asked().getFirst().text()).doesNotContain("\"assistant\"");
    }

    @Test
    @DisplayName("09 stall in the middle")
    void stall(TestInfo test) {
        primary.then(turn -> turn.send(HEAD).chunk(HALF).silence());

        rescued(test, "next", 1, 1);
        primary.takeLeft();
    }

    @Test
    @DisplayName("10 malformed chunk")
    void malformedChunk(TestInfo test) {
        primary.then(
                turn -> turn.send(HEAD).chunk(HALF + "data: {\"choices\":[{\"del\n\n").silence());

        rescued(test, "next", 1, 1);

        // Before its first word it is the same as a reset.
        primary.then(turn -> turn.send(HEAD).chunk(ROLE + "data: {\"cho\n\n").silence())
                .then(this::answers);
        assertThat(OpenAiStream.read(relay.chat(STREAMED)).text()).isEqualTo(TEXT);
        assertThat(primary.asked()).hasSize(3);
        assertThat(fallback.asked()).hasSize(1);
        inOnePiece(() -> primary.then(status(200, "{\"choices\":[{")).then(this::answers), 2);
    }

    @Test
    @DisplayName("11 no [DONE]")
    void noEndMarker(TestInfo test) {
        primary.then(turn -> turn.send(HEAD).chunk(ROLE + words(PIECES) + STOP).close());

        Answer answer = relay.chat(STREAMED);

        assertThat(OpenAiStream.read(answer))
                .isEqualTo(new OpenAiStream.Read(TEXT, List.of("stop"), false, 0));
        assertConduct(answer, "up", 1, 0);
        assertThat(relay.rows(1).getLast().outcome()).isEqualTo("ANSWERED");
        passed(test);
    }

    @Test
    @DisplayName("12 context length")
    void contextLength(TestInfo test) {
        route(model(8_000L, null), model(100_000L, null));
        String refusal =
                "{\"error\":{\"message\":\"too long\",\"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\"}}";
        primary.then(status(400, refusal));

        rescued(test, "next", 1, 1);

        // No larger one, no other try: the refusal is the client's.
        route(model(8_000L, null), model(8_000L, null));
        primary.then(status(400, refusal));
        Answer refused = relay.chat(WHOLE);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).isEqualTo(refusal);
        assertThat(fallback.asked()).hasSize(1);
    }

    @Test
    @DisplayName("13 content filter")
    void contentFilter(TestInfo test) {
        String refusal =
                "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\",\"code\":\"content_filter\"}}";
        primary.then(status(400, refusal));

        Answer answer = relay.chat(STREAMED);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo(refusal);
        assertConduct(answer, "up", 1, 0);
        String filtered = STOP.replace("\"stop\"", "\"content_filter\"");
        primary.then(turn -> turn.send(HEAD).chunk(HALF + filtered + DONE).send(END));
        OpenAiStream.Read stopped = OpenAiStream.read(relay.chat(STREAMED));
        assertThat(stopped.finished()).containsExactly("content_filter");
        assertThat(fallback.asked()).isEmpty();
        passed(test);
    }

    @Test
    @DisplayName("14 fallback that rejects prefill")
    void fallbackThatRejectsPrefill(TestInfo test) {
        route(null, model(null, true));
        primary.then(turn -> turn.send(HEAD).chunk(HALF).reset());
        fallback.then(status(400, "{\"error\":{\"message\":\"prefill is not supported\"}}"));

        rescued(test, "next", 1, 2);

        assertThat(fallback.asked().getFirst().text())
                .contains("\"role\":\"assistant\"", "The quick brown fox");
        assertThat(fallback.asked().getLast().text()).doesNotContain("\"assistant\"");
    }

    @Test
    @DisplayName("15 flapping primary")
    void flappingPrimary(TestInfo test) {
        primary.always(status(503, "{}"));
        relay.chat(STREAMED);
        relay.chat(STREAMED);
        relay.chat(STREAMED);
        assertThat(primary.asked()).hasSize(5);

        primary.always(this::answers);
        long recovered = System.nanoTime();
        if (!SLOW) {
            relay.pass(Duration.ofSeconds(5));
        }
        boolean back = false;
        while (!back && System.nanoTime() - recovered < Duration.ofSeconds(30).toNanos()) {
            Answer answer = relay.chat(STREAMED);
            assertThat(OpenAiStream.read(answer).text()).isEqualTo(TEXT);
            back = answer.header("x-hal0-provider").orElseThrow().equals("up");
        }

        assertThat(back).as("back within 30 s of its recovery").isTrue();
        // It is whole again: nobody is sent elsewhere.
        askedBefore = fallback.asked().size();
        relay.chat(STREAMED);
        assertThat(fallback.asked()).hasSize(askedBefore);
        passed(test);
    }

    @Test
    @DisplayName("16 accounting")
    void accounting(TestInfo test) {
        relay.route("smart", RULES, priced("up", primary, "1"), priced("next", fallback, "10"));
        primary.then(turn -> turn.send(HEAD).chunk(HALF + usage(100, 4)).reset());
        fallback.then(turn ->
                turn.send(HEAD)
                        .chunk(ROLE + words(PIECES) + STOP + usage(100, 9) + DONE)
                        .send(END));

        Answer answer = rescued(test, "next", 1, 1);

        Row row = relay.rows(1).getFirst();
        assertThat(row.provider()).isEqualTo("next");
        assertThat(row.input()).isEqualTo(200);
        assertThat(row.output()).isEqualTo(13);
        // 104 tokens at 1, and 109 at 10 USD for a million.
        assertThat(row.picoUsd()).isEqualTo(104L * 1_000_000 + 109L * 10_000_000);
        assertThat(answer.text()).contains("\n: hal0: next/m goes on\n");
    }

    private static Provider priced(String id, RawUpstream upstream, String usdPerMillion) {
        BigDecimal price = new BigDecimal(usdPerMillion);
        return target(id, upstream, null).toBuilder()
                .price(new Price(price, price, null, null, null))
                .build();
    }

    /// The client gets the whole answer, from the target of that name.
    private Answer rescued(TestInfo test, String by, int atPrimary, int atFallback) {
        Answer answer = relay.chat(STREAMED);
        assertThat(OpenAiStream.read(answer))
                .isEqualTo(new OpenAiStream.Read(TEXT, List.of("stop"), true, 0));
        assertThat(answer.whole()).isTrue();
        assertConduct(answer, by, atPrimary, atFallback);
        passed(test);
        return answer;
    }

    /// Header and ledger tell of the calls that the upstreams saw, and of who answered.
    private void assertConduct(Answer answer, String by, int atPrimary, int atFallback) {
        assertThat(primary.asked()).hasSize(atPrimary);
        assertThat(fallback.asked()).hasSize(atFallback);
        Row row = relay.rows(1).getFirst();
        assertThat(row.provider()).isEqualTo(by);
        assertThat(row.attempts()).isEqualTo(atPrimary + atFallback);
        int toldAt = Integer.parseInt(answer.header("x-hal0-attempts").orElseThrow());
        boolean midstream = row.outcome().equals("RESCUED");
        assertThat(toldAt).isEqualTo(midstream ? atPrimary : atPrimary + atFallback);
        assertThat(answer.header("x-hal0-provider")).contains(midstream ? "up" : by);
        assertThat(relay.transport().openResponses()).isZero();
    }

    /// The same for a client that asked for no stream.
    private void inOnePiece(Runnable script, int atPrimary) {
        int before = primary.asked().size();
        script.run();

        Answer answer = relay.chat(WHOLE);

        assertThat(OpenAiStream.text(answer)).isEqualTo(TEXT);
        assertThat(primary.asked().size() - before).isEqualTo(atPrimary);
        assertThat(answer.header("x-hal0-attempts")).contains(Integer.toString(atPrimary));
    }

    private void passed(TestInfo test) {
        Row row = relay.rows((int) relay.traffic().requests()).getFirst();
        TABLE.add(
                "%-36s primary %d, fallback %d, %s by %s"
                        .formatted(
                                test.getDisplayName(),
                                primary.asked().size(),
                                fallback.asked().size(),
                                row.outcome(),
                                row.provider()));
    }
}
