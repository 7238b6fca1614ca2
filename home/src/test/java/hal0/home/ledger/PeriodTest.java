package hal0.home.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Period since(String text) {
        return Period.parse(text, LocalDate.of(2026, 11, 21), BERLIN);
    }

    /// The last of them lies before the clocks were set back.
    @ParameterizedTest
    @CsvSource({
        "today, 2026-11-20T23:00:00Z",
        "1d, 2026-11-20T23:00:00Z",
        "7d, 2026-11-14T23:00:00Z",
        "2026-11-03T04:05:06Z, 2026-11-03T04:05:06Z",
        "7D, 2026-11-14T23:00:00Z",
        "month, 2026-10-31T23:00:00Z",
        "2026-11-03, 2026-11-02T23:00:00Z",
        "2026-10-01, 2026-09-30T22:00:00Z"
    })
    void periodBeginsAtMidnightOfTheZone(String text, Instant from) {
        assertThat(since(text).from()).isEqualTo(from);
    }

    @Test
    void everythingIsFromTheBeginning() {
        assertThat(since("all")).isEqualTo(new Period("ever", Instant.EPOCH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0d", "-1d", "yesterday", "2026-02-30", "d", "99999999999999999999d", ""})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> since(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"%s\" is no time", text);
    }
}
