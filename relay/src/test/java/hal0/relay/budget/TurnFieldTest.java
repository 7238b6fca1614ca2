package hal0.relay.budget;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.ModelClient.Turn;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TurnFieldTest {
    @ParameterizedTest
    @CsvSource({"0.0123, 0.5", "0, 1", "3.5, ", "0.000000000001, 100"})
    void whatIsWrittenIsRead(String spent, @Nullable String limit) {
        Turn turn = new Turn(new BigDecimal(spent), limit == null ? null : new BigDecimal(limit));
        assertThat(TurnField.read(TurnField.of(turn))).isEqualTo(turn);
    }

    @Test
    void requestThatIsItsOwnTurnSaysNothing() {
        assertThat(TurnField.of(Turn.ALONE)).isNull();
        assertThat(TurnField.read(null)).isEqualTo(Turn.ALONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1;", "1;-1", "NaN", "1e9", "1;2;3", "9999999999", " 1"})
    void whatIsNoTurnIsNone(String value) {
        assertThat(TurnField.read(value)).isEqualTo(Turn.ALONE);
    }
}
