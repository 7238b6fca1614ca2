package hal0.home.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hal0.home.store.Database;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerReportTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir Path folder;
    private Database database;
    private SqlLedger ledger;

    @BeforeEach
    void open() {
        database = Database.at(folder.resolve("hal0.db"));
        ledger = SqlLedger.open(database);
    }

    @AfterEach
    void close() {
        ledger.close();
        database.close();
    }

    private void record(
            Instant at, String client, String session, String provider, String model, String cost) {
        record(at, client, session, provider, model, cost, Outcome.ANSWERED);
    }

    /// A cost of `local` or `?`, for a price that nobody knows, or in USD.
    private void record(
            Instant at,
            String client,
            String session,
            String provider,
            String model,
            String cost,
            Outcome outcome) {
        boolean local = cost.equals("local");
        BigDecimal usd = cost.equals("?") ? null : local ? BigDecimal.ZERO : new BigDecimal(cost);
        ledger.record(
                new LedgerRow(
                        "r", at, client, session, null, "openai", model, provider, model, outcome,
                        null, 200, 1, true, 10, 5, 3, 2, 1, usd, local, 100, 10, 50));
    }

    private List<Tally> by(Grouping grouping, Instant from, String zone) {
        ledger.sums(Instant.EPOCH); // waits until everything is written
        return new LedgerReport(database, ZoneId.of(zone)).by(grouping, from);
    }

    private List<Tally> by(Grouping grouping) {
        return by(grouping, Instant.EPOCH, "UTC");
    }

    @Test
    void tokensAndCostsAreAddedUpWithTheCostliestFirst() {
        record(NOON, "ask", "s1", "cheap", "m", "0.1");
        record(NOON, "ask", "s1", "dear", "m", "0.3");
        record(NOON, "tui", "s2", "cheap", "m", "0.1");

        assertThat(by(Grouping.PROVIDER))
                .containsExactly(
                        new Tally("dear", 1, 0, 10, 5, 3, 2, 1, new BigDecimal("0.3"), 1, 0, 0),
                        new Tally("cheap", 2, 0, 20, 10, 6, 4, 2, new BigDecimal("0.2"), 2, 0, 0));
    }

    @Test
    void modelsOfTwoProvidersAreKeptApartAndClientsAreTheKeys() {
        record(NOON, "editor", null, "a", "m", "1");
        record(NOON, "tui", "s1", "b", "m", "2");

        assertThat(by(Grouping.MODEL)).extracting(Tally::name).containsExactly("b/m", "a/m");
        assertThat(by(Grouping.KEY)).extracting(Tally::name).containsExactly("tui", "editor");
    }

    @Test
    void callsWithoutASessionAreAGroupWithoutAName() {
        record(NOON, "relay", null, "a", "m", "1");
        record(NOON, "relay", null, "a", "m", "1");
        record(NOON, "tui", "s1", "a", "m", "1");

        assertThat(by(Grouping.SESSION)).extracting(Tally::name).containsExactly(null, "s1");
    }

    @Test
    void unknownPricesAreCountedAndLocalAnswersAreNotOneOfThem() {
        record(NOON, "ask", "s", "p", "known", "0.5");
        record(NOON, "ask", "s", "p", "unknown", "?");
        record(NOON, "ask", "s", "p", "here", "local");
        record(NOON, "ask", "s", "p", "unknown", "?", Outcome.FAILED);
        record(NOON, "ask", "s", "p", "unknown", "?", Outcome.CANCELLED);

        Tally all = by(Grouping.PROVIDER).getFirst();

        assertThat(all.costUsd()).isEqualByComparingTo("0.5");
        assertThat(all.requests()).isEqualTo(5);
        assertThat(all.failed()).isEqualTo(1);
        assertThat(all.priced()).isEqualTo(1);
        assertThat(all.local()).isEqualTo(1);
        assertThat(all.unpriced()).isEqualTo(2);
        assertThat(by(Grouping.MODEL))
                .extracting(Tally::name, Tally::isPriced)
                .contains(tuple("p/unknown", false), tuple("p/here", true));
    }

    @Test
    void aDayEndsAtMidnightOfTheZone() {
        // Kathmandu is 5 hours and 45 minutes ahead.
        record(Instant.parse("2026-11-20T18:14:59Z"), "ask", "s", "p", "m", "1");
        record(Instant.parse("2026-11-20T18:15:00Z"), "ask", "s", "p", "m", "2");
        record(NOON, "ask", "s", "p", "m", "4");

        assertThat(by(Grouping.DAY, Instant.EPOCH, "Asia/Kathmandu"))
                .extracting(Tally::name, tally -> tally.costUsd().intValueExact())
                .containsExactly(tuple("2026-11-20", 1), tuple("2026-11-21", 6));
    }

    @Test
    void theHourThatIsGivenBackInAutumnBelongsToItsDay() {
        // Berlin: midnight is 22:00 UTC before the change, and the day after ends at 23:00 UTC.
        record(Instant.parse("2026-10-24T21:59:59Z"), "ask", "s", "p", "m", "1");
        record(Instant.parse("2026-10-24T22:00:00Z"), "ask", "s", "p", "m", "1");
        record(Instant.parse("2026-10-25T22:59:59Z"), "ask", "s", "p", "m", "1");
        record(Instant.parse("2026-10-25T23:00:00Z"), "ask", "s", "p", "m", "1");

        assertThat(by(Grouping.DAY, Instant.EPOCH, "Europe/Berlin"))
                .extracting(Tally::name, Tally::requests)
                .containsExactly(
                        tuple("2026-10-24", 1L), tuple("2026-10-25", 2L), tuple("2026-10-26", 1L));
    }

    @Test
    void monthsStandInTheirOrderWhateverTheyCost() {
        record(Instant.parse("2026-12-31T23:30:00Z"), "ask", "s", "p", "m", "1");
        record(NOON, "ask", "s", "p", "m", "9");

        assertThat(by(Grouping.MONTH, Instant.EPOCH, "Europe/Berlin"))
                .extracting(Tally::name)
                .containsExactly("2026-11", "2027-01");
    }

    @Test
    void whatWasBeforeIsLeftOut() {
        record(NOON.minusMillis(1), "ask", "s", "p", "m", "1");
        record(NOON, "ask", "s", "p", "m", "2");

        assertThat(by(Grouping.PROVIDER, NOON, "UTC"))
                .extracting(tally -> tally.costUsd().intValueExact())
                .containsExactly(2);
    }

    @Test
    void aMomentCutsThroughTheQuarterOfAnHourThatIsSummed() {
        Instant moment = Instant.parse("2026-11-21T12:07:30.500Z");
        record(moment.minusMillis(1), "ask", "s", "p", "m", "1");
        record(moment, "ask", "s", "p", "m", "2");
        record(Instant.parse("2026-11-21T12:15:00Z"), "ask", "s", "p", "m", "4");

        assertThat(by(Grouping.PROVIDER, moment, "UTC"))
                .extracting(tally -> tally.costUsd().intValueExact())
                .containsExactly(6);
    }

    @Test
    void aReportReadsAFewSumsAndNotTheCallsOfYears() {
        for (int i = 0; i < 500; i++) {
            record(NOON.plusSeconds(i), "ask", "s1", "p", "m", "0.001");
        }

        assertThat(by(Grouping.DAY).getFirst().requests()).isEqualTo(500);
        assertThat(number("SELECT COUNT(*) FROM usage_quarter")).isEqualTo(1);
    }

    @Test
    void aCallThatIsWrittenAgainCountsOnce() {
        record(NOON, "ask", "s1", "p", "m", "1");
        ledger.sums(Instant.EPOCH);
        LedgerRow row =
                new LedgerReport(database, ZoneId.of("UTC")).requests(Instant.EPOCH, 1).getFirst();
        Entry entry = new Entry("same", row, null);
        LedgerTable.insert(
                database,
                List.of(entry, entry),
                fault -> {
                    throw fault;
                });

        assertThat(by(Grouping.PROVIDER).getFirst().requests()).isEqualTo(2);
    }

    private long number(String sql) {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                return result.getLong(1);
            }
        });
    }

    @Test
    void singleCallsComeNewestFirstAsTheyWereRecorded() {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        LedgerRow whole =
                new LedgerRow(
                        "q,\"1\"",
                        noon,
                        "tui",
                        "s",
                        "key_1",
                        "gemini",
                        "smart",
                        "p",
                        "m",
                        Outcome.RESCUED,
                        null,
                        200,
                        3,
                        true,
                        1,
                        2,
                        3,
                        4,
                        5,
                        new BigDecimal("0.25"),
                        false,
                        6,
                        -1,
                        8,
                        "m-2",
                        true);
        ledger.record(whole);
        record(noon.plusMillis(1), "ask", null, "p", "m", "?", Outcome.CANCELLED);
        record(noon.minusMillis(1), "ask", null, "p", "m", "1");
        ledger.sums(Instant.EPOCH);
        LedgerReport report = new LedgerReport(database, ZoneId.of("UTC"));

        assertThat(report.requests(noon, 10))
                .extracting(LedgerRow::outcome)
                .containsExactly(Outcome.CANCELLED, Outcome.RESCUED);
        assertThat(report.requests(noon, 10).getLast()).isEqualTo(whole);
        assertThat(report.requests(Instant.EPOCH, 2)).hasSize(2);
        assertThat(RowColumns.csv(List.of(whole)).lines().toList().getLast())
                .isEqualTo(
                        "\"q,\"\"1\"\"\",2026-11-21T12:00:00Z,tui,s,key_1,gemini,smart,p,m,m-2,rescued,,"
                                + "200,3,true,1,2,3,4,5,0.25,false,true,6,,8");
        assertThat(RowColumns.names()).hasSameSizeAs(RowColumns.values(whole));
    }
}
