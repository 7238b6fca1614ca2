package hal0.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.session.SessionGlance;
import hal0.agent.session.Sessions;
import hal0.agent.session.StoredSessions.Wanted;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TotalsTest {
    @TempDir Path folder;

    @Test
    void everyRequestCountsAndAListTellsTheSameSum() throws Exception {
        try (InputStream in = TotalsTest.class.getResourceAsStream("/session/format-2.jsonl")) {
            Files.write(folder.resolve("x.jsonl"), Objects.requireNonNull(in).readAllBytes());
        }
        Sessions sessions = new Sessions(folder, InstantSource.system());
        Totals totals = Totals.of(sessions.stored().read("x").entries());

        // An answer, one of a local model that was interrupted, and a summary; the one that failed
        // before it said anything is free.
        assertThat(totals.answers()).isEqualTo(3);
        assertThat(totals.usd()).isEqualByComparingTo(new BigDecimal("2.0012"));
        assertThat(totals.input()).isEqualTo(11);
        assertThat(totals.output()).isEqualTo(22);
        assertThat(totals.uncounted()).isEqualTo(1);
        assertThat(totals.local()).isEqualTo(1);

        SessionGlance glance = sessions.stored().list(Wanted.ALL).sessions().getFirst();
        assertThat(Objects.requireNonNull(glance.cost().usd())).isEqualByComparingTo(totals.usd());
        assertThat(glance.priceKnown()).isEqualTo(totals.priceKnown());
    }
}
