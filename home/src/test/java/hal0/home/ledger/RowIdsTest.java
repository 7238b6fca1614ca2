package hal0.home.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RowIdsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @Test
    void laterIdsAreGreater() {
        RowIds ids = new RowIds(NOW);
        assertThat(Stream.generate(ids::next).limit(10_000).toList())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(new RowIds(NOW.plusMillis(1)).next()).isGreaterThan(ids.next());
    }

    @Test
    void twoProcessesThatStartAtOnceShareNone() {
        assertThat(new RowIds(NOW).next()).isNotEqualTo(new RowIds(NOW).next());
    }
}
