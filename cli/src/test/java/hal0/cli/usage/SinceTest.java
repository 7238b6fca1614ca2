package hal0.cli.usage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.cli.console.CommandException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SinceTest {
    @Test
    void whatIsNoTimeIsAMisuse() {
        assertThatThrownBy(() ->
                        Since.parse("yesterday", LocalDate.of(2026, 11, 21), ZoneId.of("UTC")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("--since \"yesterday\" is no time");
    }
}
