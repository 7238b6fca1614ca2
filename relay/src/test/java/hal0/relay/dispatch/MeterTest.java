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
import java.math.BigDecimal;
import java.net.URI;
import java.util.concurrent.TimeUnit;
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
        meter.head();
        long all = meter.overheadMicros();
        meter.waited(TimeUnit.MICROSECONDS.toNanos(all + 5));

        assertThat(meter.overheadMicros()).isZero();
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
