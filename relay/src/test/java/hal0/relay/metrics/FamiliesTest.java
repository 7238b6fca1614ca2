package hal0.relay.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Outcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FamiliesTest {
    private final Families families =
            new Families(
                    List.of(
                            new Gauge(
                                    "hal0_breaker_state",
                                    "0 closed, 1 half open, 2 open.",
                                    List.of("target"),
                                    () -> List.of(new Gauge.Reading(2, List.of("p/\"m\\\n"))))));

    @Test
    void namesThatClientsMakeUpShareOneSeries() {
        for (int i = 0; i < 5_000; i++) {
            families.count(row("p", "made-up-" + i, Outcome.ANSWERED, null));
        }

        Exposition shown = shown();

        assertThat(shown.samples().stream().filter(name -> name.startsWith("hal0_requests_total")))
                .hasSize(Families.MOST_MODELS + 2); // `other`, and what nobody was asked for
        assertThat(
                        shown.value(
                                "hal0_requests_total{model=other,outcome=answered,protocol=openai,provider=other}"))
                .isEqualTo(5_000 - Families.MOST_MODELS);
    }

    @Test
    void whateverANameHoldsTheFormatIsKept() {
        families.count(row("p", "a\"b\\c\nd{e}", Outcome.ANSWERED, null));

        assertThat(shown().faults()).isEmpty();
        assertThat(shown().value("hal0_breaker_state{target=p/\\\"m\\\\\\n}")).isEqualTo(2);
    }

    @Test
    void tokensMoneyAndTimesAddUp() {
        IntStream.range(0, 3).forEach(_ -> families.count(row("p", "m", Outcome.ANSWERED, null)));

        Exposition shown = shown();

        assertThat(shown.value("hal0_tokens_total{kind=input,model=m,provider=p}")).isEqualTo(30);
        assertThat(shown.value("hal0_tokens_total{kind=cache_read,model=m,provider=p}"))
                .isEqualTo(9);
        assertThat(shown.value("hal0_cost_usd_total{model=m,provider=p}")).isEqualTo(0.75);
        assertThat(shown.value("hal0_request_seconds_sum{model=m,provider=p}"))
                .isCloseTo(3.6, within(1e-9));
        assertThat(shown.value("hal0_request_seconds_bucket{le=2.5,model=m,provider=p}"))
                .isEqualTo(3);
        assertThat(shown.value("hal0_overhead_seconds_bucket{le=5.0E-4}")).isEqualTo(3);
    }

    @Test
    void onlyWhatSaysSomethingAboutAnUpstreamChangesWhetherItIsUp() {
        families.count(row("p", "m", Outcome.FAILED, "unreachable"));
        assertThat(shown().value("hal0_upstream_up{provider=p}")).isZero();

        families.count(row("p", "m", Outcome.ANSWERED, null));
        families.count(row("p", "m", Outcome.FAILED, "rejected"));
        families.count(row("p", "m", Outcome.CANCELLED, "cancelled"));
        assertThat(shown().value("hal0_upstream_up{provider=p}")).isOne();
    }

    private Exposition shown() {
        return new Exposition(families.text());
    }

    private static LedgerRow row(
            String provider, String model, Outcome outcome, @Nullable String errorKind) {
        return new LedgerRow(
                "r",
                Instant.EPOCH,
                "relay",
                null,
                null,
                "openai",
                model,
                provider,
                model,
                outcome,
                errorKind,
                200,
                1,
                true,
                10,
                5,
                3,
                2,
                1,
                new BigDecimal("0.25"),
                false,
                1200,
                10,
                450);
    }
}
