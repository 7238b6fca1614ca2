package hal0.relay.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.error.ErrorKind;
import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Outcome;
import hal0.providers.Provider;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.event.Usage;
import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import hal0.relay.timing.Waits;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final Usage HUNDRED_AND_TEN = Usage.of(100, 10);

    private final RecordedRows rows = new RecordedRows();
    private final Meter meter = rows.meter();

    @Test
    void onlyTheFirstEndCounts() {
        meter.attempt(target(Price.of("1", "1"), false));
        meter.answered();
        meter.cancelled();
        meter.failed(ErrorKind.INTERNAL);

        assertThat(rows.rows()).hasSize(1);
        assertThat(rows.rows().getFirst().outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void whatWasNeverTriedLeavesNoRow() {
        meter.failed(ErrorKind.UNKNOWN_MODEL);
        meter.cancelled();

        assertThat(rows.rows()).isEmpty();
    }

    @Test
    void theLastCountStands() {
        meter.attempt(target(Price.of("1", "10"), false));
        meter.usage(Usage.of(1, 1));
        meter.usage(HUNDRED_AND_TEN);
        meter.answered();

        LedgerRow row = rows.rows().getFirst();
        assertThat(row.inputTokens()).isEqualTo(100);
        assertThat(row.outputTokens()).isEqualTo(10);
        assertThat(row.costUsd()).isEqualByComparingTo(new BigDecimal("0.0002"));
    }

    @Test
    void aCancelledAnswerThatWasCountedCostsWhatItUsed() {
        meter.attempt(target(Price.of("1", "10"), false));
        meter.usage(HUNDRED_AND_TEN);
        meter.cancelled();

        assertThat(rows.rows().getFirst().costUsd()).isPositive();
        assertThat(rows.rows().getFirst().errorKind()).isEqualTo("cancelled");
    }

    @Test
    void aCancelledAnswerThatNobodyCountedHasNoKnownCost() {
        meter.attempt(target(Price.of("1", "10"), false));
        meter.cancelled();

        assertThat(rows.rows().getFirst().costUsd()).isNull();
    }

    @Test
    void anUnknownPriceIsNotZeroAndALocalModelIsFree() {
        meter.attempt(target(Price.UNKNOWN, false));
        meter.usage(HUNDRED_AND_TEN);
        meter.answered();
        Meter local = rows.meter();
        local.attempt(target(Price.UNKNOWN, true));
        local.answered();

        assertThat(rows.rows().getFirst().costUsd()).isNull();
        assertThat(rows.rows().getLast().costUsd()).isZero();
        assertThat(rows.rows().getLast().local()).isTrue();
    }

    @Test
    void theStatusIsThatOfTheLastTry() {
        meter.attempt(target(Price.UNKNOWN, false));
        meter.status(503);
        meter.attempt(target(Price.UNKNOWN, false));
        meter.failed(new ProviderException.Unreachable("gone", Failure.unanswered("p", "m"), null));

        LedgerRow row = rows.rows().getFirst();
        assertThat(row.status()).isZero();
        assertThat(row.errorKind()).isEqualTo("unreachable");
        assertThat(row.attempts()).isEqualTo(2);
    }

    @Test
    void waitingForTheUpstreamIsNotTheRelaysTime() {
        meter.attempt(target(Price.UNKNOWN, false));
        long before = System.nanoTime();
        while (System.nanoTime() - before < TimeUnit.MILLISECONDS.toNanos(200)) {
            LockSupport.parkNanos(1_000_000);
        }
        meter.waited(System.nanoTime() - before);
        meter.head();
        meter.answered();

        assertThat(meter.overheadMicros()).isLessThan(150_000);
        assertThat(rows.rows().getFirst().overheadUs()).isLessThan(150_000);
        assertThat(rows.rows().getFirst().latencyMs()).isGreaterThanOrEqualTo(200);
    }

    @Test
    void aClientThatLeftEarlyIsStillCountedForWhatItSent() {
        Meter early = rows.metering().begin(rows.caller(1000), new Waits());
        early.attempt(target(Price.of("1", "10"), false));
        early.status(200);
        early.cancelled();

        LedgerRow row = rows.rows().getFirst();
        assertThat(row.inputTokens()).isEqualTo(1000);
        assertThat(row.costUsd()).isEqualByComparingTo("0.001");
        assertThat(row.estimated()).isTrue();
    }

    @Test
    void whatAProviderCountedIsNotReplacedByAnEstimate() {
        Meter early = rows.metering().begin(rows.caller(1000), new Waits());
        early.attempt(target(Price.of("1", "10"), false));
        early.usage(HUNDRED_AND_TEN);
        early.cancelled();

        assertThat(rows.rows().getFirst().inputTokens()).isEqualTo(100);
        assertThat(rows.rows().getFirst().estimated()).isFalse();
    }

    @Test
    void aTargetThatRefusedReadNothing() {
        Meter early = rows.metering().begin(rows.caller(1000), new Waits());
        early.attempt(target(Price.of("1", "10"), false));
        early.status(503);
        early.cancelled();

        assertThat(rows.rows().getFirst().inputTokens()).isZero();
        assertThat(rows.rows().getFirst().estimated()).isFalse();
    }

    @Test
    void whatEachTargetUsedIsAddedUpAtItsOwnPrice() {
        meter.attempt(target(Price.of("1", "10"), false));
        meter.usage(HUNDRED_AND_TEN);
        meter.attempt(target(Price.of("2", "20"), false));
        meter.wentOn();
        meter.usage(HUNDRED_AND_TEN);
        meter.answered();

        LedgerRow row = rows.rows().getFirst();
        assertThat(row.outcome()).isEqualTo(Outcome.RESCUED);
        assertThat(row.inputTokens()).isEqualTo(200);
        assertThat(row.outputTokens()).isEqualTo(20);
        assertThat(row.costUsd()).isEqualByComparingTo("0.0006");
    }

    @Test
    void anAnswerThatIsWholeIsKeptBeforeItsEndIsShown() {
        meter.attempt(target(Price.of("1", "10"), false));
        meter.usage(HUNDRED_AND_TEN);
        meter.complete();

        assertThat(rows.announced()).hasSize(1);
        assertThat(rows.announced().getFirst().inputTokens()).isEqualTo(100);
        assertThat(rows.rows()).isEmpty();

        meter.complete();
        meter.cancelled();

        assertThat(rows.announced()).hasSize(1);
        assertThat(rows.rows()).hasSize(1);
        assertThat(rows.rows().getFirst().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void theModelIsNamedTwiceOnlyWhereItHasTwoNames() {
        meter.attempt(target(Price.UNKNOWN, false));
        meter.answeredBy("m-2026-01-01");
        meter.answered();
        Meter same = rows.meter();
        same.attempt(target(Price.UNKNOWN, false));
        same.answeredBy("m");
        same.answered();

        assertThat(rows.rows())
                .extracting(LedgerRow::answeredModel)
                .containsExactly("m-2026-01-01", null);
    }

    @Test
    void listenersHearOfEachAttemptAndOfTheEndAlsoWhereNobodyWasAsked() {
        List<String> heard = new ArrayList<>();
        Metering metering = rows.metering();
        metering.listen(
                new RequestListener() {
                    @Override
                    public void begun(Meter.Caller caller) {
                        heard.add("begun");
                    }

                    @Override
                    public void tried(Meter.Caller caller, Target target) {
                        heard.add("tried " + target);
                    }

                    @Override
                    public void left(
                            Meter.Caller caller,
                            Target target,
                            boolean worked,
                            long first,
                            long nanos) {
                        heard.add("left " + worked + (first < 0 ? " unseen" : " seen"));
                    }

                    @Override
                    public void finished(Meter.Caller caller, LedgerRow row) {
                        heard.add(row.outcome() + " " + row.attempts());
                    }
                });

        Meter twice = metering.begin(rows.caller(0), new Waits());
        twice.attempt(target(Price.UNKNOWN, false));
        twice.attempt(target(Price.UNKNOWN, false));
        twice.firstToken();
        twice.answered();
        metering.begin(rows.caller(0), new Waits()).failed(ErrorKind.UNKNOWN_MODEL);

        assertThat(heard)
                .containsExactly(
                        "begun",
                        "tried p/m",
                        "left false unseen",
                        "tried p/m",
                        "left true seen",
                        "ANSWERED 2",
                        "begun",
                        "FAILED 0");
    }

    private static Target target(Price price, boolean local) {
        return new Target(
                Provider.builder("p", Protocol.OPENAI, URI.create("http://127.0.0.1:1"))
                        .price(price)
                        .local(local)
                        .build(),
                "m");
    }
}
