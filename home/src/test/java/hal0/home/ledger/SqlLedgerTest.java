package hal0.home.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.ledger.Ledger.Sum;
import hal0.home.store.Database;
import hal0.home.store.StoreException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlLedgerTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00.123Z");

    @TempDir Path folder;
    private Path file;
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger(SqlLedger.class.getName());
    private final Handler recorder =
            new Handler() {
                @Override
                public void publish(LogRecord entry) {
                    logged.add(entry.getLevel() + " " + entry.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void set() {
        file = folder.resolve("data/hal0.db");
        logger.addHandler(recorder);
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void unset() {
        logger.removeHandler(recorder);
        logger.setUseParentHandlers(true);
        logger.setLevel(null);
    }

    private static LedgerRow row(String provider, String model, String costUsd) {
        return row(provider, model, Outcome.ANSWERED, costUsd, NOW);
    }

    private static LedgerRow row(
            String provider, String model, Outcome outcome, String costUsd, Instant at) {
        return new LedgerRow(
                "r-1",
                at,
                "relay",
                null,
                null,
                "openai",
                provider + "/" + model,
                provider,
                model,
                outcome,
                outcome == Outcome.FAILED ? "OVERLOADED" : null,
                200,
                1,
                true,
                10,
                20,
                30,
                40,
                5,
                costUsd.isEmpty() ? null : new BigDecimal(costUsd),
                false,
                1200,
                300,
                450);
    }

    @Test
    void twentyThreadsLoseNothingAndTheSumsAreExact() throws Exception {
        try (Database database = Database.at(file);
                SqlLedger ledger = SqlLedger.open(database)) {
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 20; t++) {
                String model = "m" + t % 2;
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    await(go);
                                    for (int i = 0; i < 250; i++) {
                                        // 0.1 + 0.2 is where binary fractions go wrong.
                                        String cost = i % 2 == 0 ? "0.1" : "0.200000000001";
                                        ledger.record(row("p", model, cost));
                                    }
                                }));
            }
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(ledger.sums(NOW))
                    .containsExactly(
                            new Sum(
                                    "p",
                                    "m0",
                                    2500,
                                    25_000,
                                    50_000,
                                    75_000,
                                    100_000,
                                    new BigDecimal("375.00000000125"),
                                    0),
                            new Sum(
                                    "p",
                                    "m1",
                                    2500,
                                    25_000,
                                    50_000,
                                    75_000,
                                    100_000,
                                    new BigDecimal("375.00000000125"),
                                    0));
        }
        assertThat(logged).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void rowsOutliveTheProcessThatWroteThem() {
        try (Database database = Database.at(file)) {
            SqlLedger ledger = SqlLedger.open(database);
            for (int i = 0; i < 1300; i++) {
                ledger.record(row("p", "m", "0.001"));
            }
            ledger.close();
            ledger.close();
        }
        try (Database database = Database.at(file);
                SqlLedger ledger = SqlLedger.open(database)) {
            assertThat(ledger.sums(Instant.EPOCH))
                    .singleElement()
                    .satisfies(sum -> {
                        assertThat(sum.requests()).isEqualTo(1300);
                        assertThat(sum.costUsd()).isEqualTo(new BigDecimal("1.3"));
                    });
        }
        assertThat(logged).isEmpty();
    }

    @Test
    void sumsAreOfOneTimeCostliestFirstAndCountWhatHasNoPrice() {
        try (Database database = Database.at(file);
                SqlLedger ledger = SqlLedger.open(database)) {
            ledger.record(row("old", "m", Outcome.ANSWERED, "9", NOW.minusMillis(1)));
            ledger.record(row("cheap", "m", "0.000000000001"));
            ledger.record(row("dear", "m", "12.5"));
            ledger.record(row("dear", "m", Outcome.CANCELLED, "", NOW));
            ledger.record(row("local", "m", "0"));
            ledger.record(row("unknown", "m", ""));
            ledger.record(row("unknown", "m", Outcome.FAILED, "", NOW));

            assertThat(ledger.sums(NOW))
                    .extracting(sum ->
                            "%s %s unpriced=%d of %d"
                                    .formatted(
                                            sum.provider(),
                                            sum.costUsd().toPlainString(),
                                            sum.unpriced(),
                                            sum.requests()))
                    .containsExactly(
                            "dear 12.5 unpriced=1 of 2",
                            "cheap 0.000000000001 unpriced=0 of 1",
                            "unknown 0 unpriced=1 of 2",
                            "local 0 unpriced=0 of 1");
        }
    }

    @Test
    void hugeAndOverPreciseCostsNeitherOverflowNorFail() {
        try (Database database = Database.at(file);
                SqlLedger ledger = SqlLedger.open(database)) {
            for (int i = 0; i < 3; i++) {
                ledger.record(row("big", "m", "9000000"));
            }
            ledger.record(row("fine", "m", "0.00014055000000000001"));
            ledger.record(row("absurd", "m", "1e30"));

            assertThat(ledger.sums(NOW))
                    .extracting(sum -> sum.provider() + " " + sum.costUsd().toPlainString())
                    .containsExactly(
                            "big 27000000", "absurd 9223372.036854775807", "fine 0.00014055");
        }
    }

    @Test
    void anIdleLedgerLetsOthersWrite() throws Exception {
        try (Database database = Database.at(file);
                SqlLedger ledger = SqlLedger.open(database)) {
            ledger.record(row("here", "m", "1"));
            assertThat(ledger.sums(NOW)).hasSize(1);
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 0");
                statement.execute("BEGIN IMMEDIATE");
                statement.execute("ROLLBACK");
            }
            ledger.record(row("again", "m", "1"));
            assertThat(ledger.sums(NOW)).hasSize(2);
        }
    }

    @Test
    void aRowThatCannotBeExpressedCostsNoOtherRow() {
        try (Database database = Database.at(file);
                SqlLedger ledger = SqlLedger.open(database)) {
            ledger.record(row("before", "m", "1"));
            ledger.record(row("bad", "m", "1e2000000000"));
            ledger.record(row("beside", "m", "1"));
            assertThat(ledger.sums(NOW)).extracting(Ledger.Sum::provider).contains("before");
            ledger.record(row("after", "m", "1"));
            assertThat(ledger.sums(NOW))
                    .extracting(Ledger.Sum::provider)
                    .containsExactlyInAnyOrder("before", "beside", "after");
        }
    }

    @Test
    void everyFieldReachesItsColumn() throws Exception {
        try (Database database = Database.at(file);
                SqlLedger ledger = SqlLedger.open(database)) {
            ledger.record(
                    new LedgerRow(
                            "req-7",
                            NOW,
                            "tui",
                            "s-1",
                            "key_1",
                            "anthropic",
                            "smart",
                            "anthropic",
                            "claude",
                            Outcome.FAILED,
                            "OVERLOADED",
                            529,
                            3,
                            true,
                            1,
                            2,
                            3,
                            4,
                            5,
                            new BigDecimal("0.5"),
                            true,
                            6,
                            -1,
                            8,
                            "claude-5",
                            true));
        }

        Map<String, Object> columns = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM usage_ledger")) {
            ResultSetMetaData meta = result.getMetaData();
            assertThat(result.next()).isTrue();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.put(meta.getColumnName(i), String.valueOf(result.getObject(i)));
            }
        }
        assertThat(columns.remove("id").toString())
                .matches("[0-9a-f]{12}-[0-9a-f]{16}-[0-9a-f]{11}");
        assertThat(columns.toString())
                .isEqualTo(
                        "{request_id=req-7, at_ms=1795248000123, client=tui, session_id=s-1,"
                                + " protocol=anthropic, requested_model=smart, provider=anthropic,"
                                + " model=claude, outcome=FAILED, error_kind=OVERLOADED,"
                                + " status=529, attempts=3, streamed=1, input_tokens=1,"
                                + " output_tokens=2, cache_read_tokens=3, cache_write_tokens=4,"
                                + " reasoning_tokens=5, cost_pico_usd=500000000000, is_local=1,"
                                + " latency_ms=6, first_token_ms=-1, overhead_us=8, key_id=key_1, answered_model=claude-5,"
                                + " is_estimated=1}");
    }

    @Test
    void anUnusedLedgerOpensNoDatabase() {
        try (Database database = Database.at(file);
                SqlLedger ledger = SqlLedger.open(database)) {
            assertThat(ledger).isNotNull();
        }
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void recordReturnsWithoutTheDatabaseAndRowsAreWrittenWhenItIsBack() throws Exception {
        Path blocked = Files.writeString(file.getParent(), "in the way of the folder");
        try (Database database = Database.at(file);
                SqlLedger ledger = SqlLedger.open(database)) {
            for (int i = 0; i < 1000; i++) {
                ledger.record(row("p", "m", "0.01"));
            }
            assertThatThrownBy(() -> ledger.sums(NOW))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot create the folder");
            assertThat(file).doesNotExist();

            Files.delete(blocked);

            assertThat(sumsOnceWritten(ledger))
                    .singleElement()
                    .satisfies(sum -> assertThat(sum.requests()).isEqualTo(1000));
        }
        assertThat(logged)
                .containsExactly(
                        "SEVERE usage ledger cannot be written, rows wait and are tried again: {0}",
                        "INFO usage ledger is written again");
    }

    /// Each failing call waited for an attempt to write, so this does not spin.
    private static List<Sum> sumsOnceWritten(SqlLedger ledger) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (true) {
            try {
                return ledger.sums(NOW);
            } catch (StoreException e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
            }
        }
    }

    @Test
    void aFullQueueLosesRowsLoudlyAndBlocksNobodyForLong() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        try (Database database = Database.at(file)) {
            Thread blocker =
                    Thread.ofPlatform()
                            .start(() ->
                                    database.write(_ -> {
                                        busy.countDown();
                                        await(free);
                                        return 0;
                                    }));
            await(busy);
            SqlLedger ledger = SqlLedger.open(database);
            int sent = 0;
            while (logged.isEmpty()) {
                ledger.record(row("p", "m", "0.01"));
                sent++;
            }
            assertThat(sent).isGreaterThan(LedgerWriter.QUEUE);
            free.countDown();
            blocker.join();

            assertThat(ledger.sums(NOW))
                    .singleElement()
                    .satisfies(sum ->
                            assertThat(sum.requests()).isGreaterThanOrEqualTo(LedgerWriter.QUEUE));
            assertThat(ledger.sums(NOW).getFirst().requests()).isEqualTo(sent - 1);
            ledger.close();
        }
        assertThat(logged)
                .containsExactly(
                        "SEVERE usage ledger loses rows: {0}", "SEVERE usage ledger lost {0} rows");
    }

    @Test
    void closingGivesUpOnADatabaseThatFailsAndSaysWhatIsLost() throws IOException {
        Files.writeString(file.getParent(), "in the way of the folder");
        Instant before = Instant.now();
        try (Database database = Database.at(file)) {
            SqlLedger ledger = SqlLedger.open(database);
            ledger.record(row("p", "m", "0.01"));
            ledger.close();
            ledger.record(row("p", "m", "0.01"));
        }
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(logged)
                .contains(
                        "SEVERE usage ledger loses rows: {0}", "SEVERE usage ledger lost {0} rows");
    }

    @Test
    void closingWhileOthersRecordEndsAndLosesNothingUnseen() throws Exception {
        try (Database database = Database.at(file)) {
            SqlLedger ledger = SqlLedger.open(database);
            AtomicBoolean stop = new AtomicBoolean();
            List<Thread> threads = new ArrayList<>();
            CountDownLatch started = new CountDownLatch(4);
            for (int t = 0; t < 4; t++) {
                threads.add(
                        Thread.ofPlatform()
                                .start(() -> {
                                    started.countDown();
                                    while (!stop.get()) {
                                        ledger.record(row("p", "m", "0.01"));
                                    }
                                }));
            }
            await(started);
            ledger.close();
            stop.set(true);
            for (Thread thread : threads) {
                thread.join();
            }

            // A closed ledger still reads.
            assertThat(ledger.sums(NOW)).hasSizeLessThanOrEqualTo(1);
        }
    }
}
