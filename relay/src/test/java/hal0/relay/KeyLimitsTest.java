package hal0.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.ModelInfo;
import hal0.providers.price.Price;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import hal0.relay.key.KeyControl.Wish;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a key may ask for and how much, over real sockets.
class KeyLimitsTest {
    /// 100 tokens in, 100 out: at a dollar a million in and nine out, 0.001 USD.
    private static final String ANSWER =
            "{\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":100}}";

    private static final String BODY = "{\"model\":\"up/m\",\"max_tokens\":100}";

    /// Some 115 tokens, as they are estimated.
    private static final String LONG =
            "{\"model\":\"up/m\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                    .formatted("word ".repeat(75));

    @TempDir private Path folder;
    private RawUpstream upstream;
    private RelayFixture relay;

    @BeforeEach
    void start() {
        upstream = new RawUpstream().always(turn -> turn.send(ok()));
        ModelInfo priced = priced("m");
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(
                                RelayFixture.openAi(upstream)
                                        .retries(0)
                                        .models(List.of(priced, priced("other")))
                                        .build()));
    }

    private static ModelInfo priced(String id) {
        return new ModelInfo(
                id,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new Price(BigDecimal.ONE, BigDecimal.valueOf(9), null, null, null));
    }

    private static String ok() {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(ANSWER.length(), ANSWER);
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    private String key(
            List<String> models,
            @Nullable Long rpm,
            @Nullable Long tpm,
            @Nullable String budgetUsd) {
        BigDecimal budget = budgetUsd == null ? null : new BigDecimal(budgetUsd);
        return relay.keys()
                .create(
                        new Wish(
                                "phone",
                                Scope.CLIENT,
                                new Allowance(models, rpm, tpm, budget),
                                false))
                .key();
    }

    private List<Answer> atOnce(int count, String body, String key) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> asked = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Callable<Answer> ask =
                        () -> {
                            go.await();
                            return relay.chat(body, "Authorization: Bearer " + key);
                        };
                asked.add(threads.submit(ask));
            }
            go.countDown();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : asked) {
                answers.add(one.get());
            }
            return answers;
        }
    }

    @Test
    void ofAHundredRequestsAtOnceTenPassALimitOfTen() throws Exception {
        String key = key(List.of(), 10L, null, null);

        List<Answer> answers = atOnce(100, BODY, key);

        assertThat(answers).filteredOn(a -> a.status() == 200).hasSize(10);
        assertThat(answers).filteredOn(a -> a.status() == 429).hasSize(90);
        assertThat(upstream.asked()).hasSize(10);
        Answer refused = answers.stream().filter(a -> a.status() == 429).findFirst().orElseThrow();
        assertThat(refused.text()).contains("\"type\":\"rate_limit_error\"", "limit.requests");
        assertThat(Integer.parseInt(refused.header("Retry-After").orElseThrow())).isBetween(1, 61);
        assertThat(refused.header("x-ratelimit-limit-requests")).contains("10");
        assertThat(refused.header("x-ratelimit-remaining-requests")).contains("0");
        assertThat(refused.header("x-ratelimit-reset-requests").orElseThrow()).matches("\\d+s");
        assertThat(refused.header("anthropic-ratelimit-requests-reset").orElseThrow())
                .endsWith("Z");
        relay.rows(10);
    }

    @Test
    void theRefusalOfTheRateIsInTheClientsWords() {
        String key = key(List.of(), 1L, null, null);
        relay.chat(BODY, "x-api-key: " + key);

        Answer refused = relay.ask(RawClient.post("/v1/messages", BODY, "x-api-key: " + key));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text())
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\"");
    }

    @Test
    void aRequestThatNobodyUpstreamHeardOfIsNotCounted() {
        String key = key(List.of("up/*"), 1L, null, null);
        String shown = "x-api-key: " + key;

        assertThat(relay.chat("{\"model\":\"up/m\"", shown).status()).isEqualTo(400);
        assertThat(relay.chat("{\"model\":\"nobody-has-it\"}", shown).status()).isEqualTo(404);
        Answer untold = relay.ask(RawClient.post("/v1/messages", "{\"model\":\"up/m\"}", shown));
        assertThat(untold.status()).isEqualTo(400);
        assertThat(relay.chat(BODY, shown).status()).isEqualTo(200);
        assertThat(relay.chat(BODY, shown).status()).isEqualTo(429);
    }

    @Test
    void manyAtOnceDoNotPassABudgetTogether() throws Exception {
        // Each costs 0.001 USD, and is taken for a little more until it does.
        String key = key(List.of(), null, null, "0.01");

        List<Answer> answers = atOnce(100, LONG, key);

        long passed = answers.stream().filter(a -> a.status() == 200).count();
        assertThat(passed).isBetween(8L, 10L);
        assertThat(answers).filteredOn(a -> a.status() == 402).hasSize((int) (100 - passed));
        Answer refused = answers.stream().filter(a -> a.status() == 402).findFirst().orElseThrow();
        assertThat(refused.text()).contains("budget.exceeded", "\\\"phone\\\"", "$0.01");
        while (relay.chat(LONG, "x-api-key: " + key).status() == 200) {
            passed++;
        }
        assertThat(passed).isEqualTo(10);
        assertThat(relay.keys().list().getFirst().spentUsd()).isEqualByComparingTo("0.01");
    }

    @Test
    void aFailedRequestGivesItsMoneyBack() {
        upstream.sends("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\n{}");
        // One long answer is all that it may pay for.
        String key = key(List.of(), null, null, "0.001");
        String dear = LONG.replace(":100,", ":1000000,");

        assertThat(relay.chat(dear, "x-api-key: " + key).status()).isEqualTo(400);
        assertThat(relay.chat(dear, "x-api-key: " + key).status()).isEqualTo(200);
        assertThat(relay.chat(dear, "x-api-key: " + key).status()).isEqualTo(402);
    }

    @Test
    void spendOfAnEarlierProcessCounts() {
        String key = key(List.of(), null, null, "0.001");
        assertThat(relay.chat(BODY, "x-api-key: " + key).status()).isEqualTo(200);
        relay.rows(1);
        relay.close();
        upstream.close();

        start();

        assertThat(relay.chat(BODY, "x-api-key: " + key).status()).isEqualTo(402);
    }

    @Test
    void tokensAMinuteHoldWithWhatWasReallyUsed() {
        String key = key(List.of(), null, 300L, null);
        String shown = "x-api-key: " + key;

        assertThat(relay.chat(BODY, shown).status()).isEqualTo(200);
        assertThat(relay.chat(BODY, shown).status()).isEqualTo(200);
        Answer third = relay.chat(BODY, shown);

        assertThat(third.status()).isEqualTo(429);
        assertThat(third.text()).contains("limit.tokens", "300 tokens");
        assertThat(third.header("Retry-After")).isPresent();
        assertThat(third.header("x-ratelimit-limit-tokens")).contains("300");
    }

    @Test
    void aRequestThatNeverFitsIsNotToBeTriedAgain() {
        String key = key(List.of(), null, 300L, null);
        String prompt = "word ".repeat(400);
        String body =
                "{\"model\":\"up/m\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(prompt);

        Answer refused = relay.chat(body, "x-api-key: " + key);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("x-should-retry")).contains("false");
        assertThat(refused.header("Retry-After")).isEmpty();
    }

    @Test
    void aModelThatTheKeyIsNotForIsRefusedByNameAndNotListed() {
        String key = key(List.of("up/m*", "claude-*"), null, null, null);
        String shown = "x-api-key: " + key;

        Answer refused = relay.chat("{\"model\":\"up/other\"}", shown);

        assertThat(relay.chat(BODY, shown).status()).isEqualTo(200);
        assertThat(relay.chat("{\"model\":\"m\"}", shown).status()).isEqualTo(200);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text())
                .contains("guard.model", "up/other", "up/m*, claude-*", "\"param\":\"model\"");
        assertThat(list(shown)).contains("\"m\"").doesNotContain("\"other\"");
        assertThat(list("X-Nothing: 1")).contains("\"m\"", "\"other\"");
    }

    private String list(String header) {
        return new String(
                relay.ask(
                                ("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n"
                                                + header
                                                + "\r\n\r\n")
                                        .getBytes(ISO_8859_1))
                        .body(),
                UTF_8);
    }
}
