package hal0.relay.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Outcome;
import hal0.home.ledger.SqlLedger;
import hal0.home.store.Database;
import hal0.providers.ModelClient.Turn;
import hal0.providers.ModelKnowledge;
import hal0.providers.Pricing;
import hal0.providers.Provider;
import hal0.providers.error.ProviderException;
import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A dollar a million tokens, so that a token is a millionth of a dollar.
class BudgetTest {
    private static final Provider PAID =
            Provider.builder("acme", Protocol.OPENAI, URI.create("http://127.0.0.1:1"))
                    .price(Price.of("1", "1"))
                    .build();
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");

    @TempDir Path folder;
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicReference<BudgetSettings> limits =
            new AtomicReference<>(BudgetSettings.NONE);
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private Database database;
    private SqlLedger ledger;
    private Budget budget;

    @BeforeEach
    void open() {
        database = Database.at(folder.resolve("hal0.db"));
        ledger = SqlLedger.open(database);
        budget =
                new Budget(
                        limits::get,
                        ledger,
                        new Pricing(ModelKnowledge.NONE)::cost,
                        () -> now,
                        VIENNA);
    }

    @AfterEach
    void close() {
        ledger.close();
        database.close();
    }

    @Test
    void withoutLimitsNothingIsCountedAndTheLedgerIsNotOpened() {
        budget.hold(
                        PAID,
                        "m",
                        Budget.Purse.of(null),
                        () -> {
                            throw new AssertionError("counted for nothing");
                        })
                .close();

        assertThat(folder.resolve("hal0.db")).doesNotExist();
    }

    @Test
    void aRequestThatTheDayHasRoomForIsSentAndTheNextOneNot() {
        limits.set(day("0.01"));
        spend("0.006", null, now);

        assertThatCode(() -> hold(4_000, null).close()).doesNotThrowAnyException();
        assertThatThrownBy(() -> hold(4_001, null))
                .isInstanceOf(ProviderException.OverBudget.class)
                .hasMessageContainingAll("$0.006 of the day's budget of $0.01", "day_usd");
    }

    @Test
    void whatIsUnderWayCounts() {
        limits.set(day("0.01"));
        Budget.Hold first = hold(8_000, null);

        assertThatThrownBy(() -> hold(3_000, null))
                .isInstanceOf(ProviderException.OverBudget.class);
        first.close();
        first.close();
        assertThatCode(() -> hold(3_000, null).close()).doesNotThrowAnyException();
    }

    @Test
    void ofManyAtOnceNoMoreThanTheDayAllowsAreSent() {
        limits.set(day("0.01"));

        long sent =
                IntStream.range(0, 64)
                        .parallel()
                        .filter(_ -> {
                            try {
                                hold(2_000, null);
                                return true;
                            } catch (ProviderException.OverBudget e) {
                                return false;
                            }
                        })
                        .count();

        assertThat(sent).isLessThanOrEqualTo(5);
    }

    @Test
    void aDayBeginsAtMidnightWhereTheRelayRuns() {
        limits.set(day("0.01"));
        spend("0.5", null, Instant.parse("2026-11-20T22:59:59Z"));
        assertThatCode(() -> hold(1, null).close()).doesNotThrowAnyException();

        spend("0.5", null, Instant.parse("2026-11-20T23:00:00Z"));
        assertThatThrownBy(() -> hold(1, null)).isInstanceOf(ProviderException.OverBudget.class);

        now = now.plusSeconds(24 * 3600);
        assertThatCode(() -> hold(1, null).close()).doesNotThrowAnyException();
    }

    @Test
    void aSessionsLimitIsItsOwn() {
        limits.set(new BudgetSettings(BigDecimal.ZERO, new BigDecimal("0.01"), BigDecimal.ZERO));
        spend("0.01", "s1", now);

        assertThatThrownBy(() -> hold(1, "s1"))
                .isInstanceOf(ProviderException.OverBudget.class)
                .hasMessageContaining("session");
        assertThatCode(() -> hold(1, "s2").close()).doesNotThrowAnyException();
        assertThatCode(() -> hold(1, null).close()).doesNotThrowAnyException();
    }

    @Test
    void aQuestionThatAloneCostsMoreThanATurnIsNotSent() {
        limits.set(new BudgetSettings(new BigDecimal("0.001"), BigDecimal.ZERO, BigDecimal.ZERO));

        assertThatThrownBy(() -> hold(1_001, null)).hasMessageContaining("turn_usd");
        assertThatCode(() -> hold(1_000, null).close()).doesNotThrowAnyException();
    }

    @Test
    void aLocalModelMayAlwaysBeAsked() {
        limits.set(day("0.01"));
        spend("5", null, now);
        Provider local =
                Provider.builder("ollama", Protocol.OPENAI, URI.create("http://127.0.0.1:1"))
                        .local(true)
                        .build();

        assertThatCode(() ->
                        budget.hold(local, "m", Budget.Purse.of(null), () -> 1_000_000).close())
                .doesNotThrowAnyException();
    }

    @Test
    void aModelOfUnknownPriceIsRefusedOnlyWhenTheBudgetIsSpent() {
        limits.set(day("0.01"));
        Provider unknown =
                Provider.builder("mine", Protocol.OPENAI, URI.create("http://127.0.0.1:1")).build();
        assertThatCode(() ->
                        budget.hold(unknown, "m", Budget.Purse.of(null), () -> 1_000_000).close())
                .doesNotThrowAnyException();

        spend("0.01", null, now);
        assertThatThrownBy(() -> budget.hold(unknown, "m", Budget.Purse.of(null), () -> 1))
                .isInstanceOf(ProviderException.OverBudget.class);
    }

    @Test
    void turnHasSpentWhatItsRequestsBeforeHaveCost() {
        limits.set(turn("1"));
        held(new Turn(new BigDecimal("0.5"), null), 400_000).close();
        assertThatThrownBy(() -> held(new Turn(new BigDecimal("0.7"), null), 400_000))
                .isInstanceOf(ProviderException.OverBudget.class)
                .hasMessageContaining("this turn has cost $0.7")
                .hasMessageContaining("turn_usd");
    }

    @Test
    void theStricterOfTheCallersLimitAndTheConfiguredOneHolds() {
        held(new Turn(BigDecimal.ZERO, new BigDecimal("0.5")), 400_000).close();
        assertThatThrownBy(() -> held(new Turn(BigDecimal.ZERO, new BigDecimal("0.3")), 400_000))
                .isInstanceOf(ProviderException.OverBudget.class)
                .hasMessageContaining("--budget");
        limits.set(turn("0.2"));
        assertThatThrownBy(() -> held(new Turn(BigDecimal.ZERO, BigDecimal.TEN), 400_000))
                .hasMessageContaining("turn_usd");
    }

    @Test
    void turnThatHasSpentItsLimitToTheLastCentSendsNothingMore() {
        Turn spent = new Turn(new BigDecimal("0.5"), new BigDecimal("0.5"));
        assertThatThrownBy(() -> held(spent, 0)).isInstanceOf(ProviderException.OverBudget.class);
    }

    private static BudgetSettings turn(String usd) {
        return new BudgetSettings(new BigDecimal(usd), BigDecimal.ZERO, BigDecimal.ZERO);
    }

    private Budget.Hold held(Turn turn, long tokens) {
        return budget.hold(PAID, "m", new Budget.Purse(null, turn), () -> tokens);
    }

    private static BudgetSettings day(String usd) {
        return new BudgetSettings(BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal(usd));
    }

    private Budget.Hold hold(long tokens, @Nullable String session) {
        return budget.hold(PAID, "m", Budget.Purse.of(session), () -> tokens);
    }

    private void spend(String usd, @Nullable String session, Instant at) {
        ledger.record(
                new LedgerRow(
                        "req_" + ids.incrementAndGet(),
                        at,
                        "ask",
                        session,
                        null,
                        "openai",
                        "m",
                        "acme",
                        "m",
                        Outcome.ANSWERED,
                        null,
                        200,
                        1,
                        true,
                        1,
                        1,
                        0,
                        0,
                        0,
                        new BigDecimal(usd),
                        false,
                        1,
                        1,
                        1));
    }
}
