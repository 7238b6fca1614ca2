package hal0.home.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.store.Database;
import hal0.home.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the ledger was told stays, whatever becomes of the process and of the database.
class LedgerJournalTest {
    private static final int ROUNDS = 4;

    @TempDir Path home;
    private Path data;
    private Path journal;

    @BeforeEach
    void name() {
        data = home.resolve("data");
        journal = home.resolve("journal");
    }

    @Test
    void aKilledProcessLosesNoRowThatItHadRecorded() throws Exception {
        List<String> told = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Process process = child("record", "round" + round);
            try (BufferedReader out = output(process)) {
                for (int i = 0; i < 700 * (round + 1); i++) {
                    told.add(out.readLine());
                }
                process.toHandle().destroyForcibly();
                // What it said before it died counts too; a cut number is an earlier one.
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    if (line.matches("round\\d-\\d+")) {
                        told.add(line);
                    }
                }
            }
            process.waitFor();
        }
        List<String> found = ids();

        assertThat(found).doesNotHaveDuplicates().containsAll(told);
        try (Stream<Path> files = Files.list(journal)) {
            assertThat(files.filter(file -> !JournalFile.isUnnamed(file))).isEmpty();
        }
    }

    @Test
    void aFileThatNeverGotItsNameIsRemovedWhenItIsOld() throws Exception {
        Files.createDirectory(journal);
        Path old = Files.createFile(journal.resolve("1-1-x-1.new"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3600)));
        Path other = Files.createFile(journal.resolve("1-1-x-2.new"));

        ids();

        assertThat(old).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void aRowThatWasNotCopiedToItsEndIsNone() throws Exception {
        Files.createDirectory(journal);
        byte[] cut = RowText.of("id-1", LedgerProcess.row("cut", Outcome.ANSWERED));
        Arrays.fill(cut, cut.length / 3, cut.length / 2, (byte) 0);
        byte[] last = RowText.of("id-2", LedgerProcess.row("last", Outcome.ANSWERED));
        Path file = Files.createFile(journal.resolve("1-1-x" + JournalFile.SUFFIX));
        try (var out = Files.newOutputStream(file)) {
            out.write(cut);
            out.write(last);
            out.write(new byte[100_000]);
        }

        assertThat(ids()).containsExactly("last");
    }

    @Test
    void aRowThatIsLargerThanAFileIsKeptAndSoAreThoseAfterIt() throws Exception {
        Process process = child("large");
        try (BufferedReader out = output(process)) {
            assertThat(out.readLine()).isEqualTo("recorded");
            process.toHandle().destroyForcibly();
        }
        process.waitFor();

        assertThat(ids()).containsExactlyInAnyOrder("first", "large", "last");
    }

    @Test
    void anAnnouncedRowIsKeptAsItWasAnnouncedLast() throws Exception {
        Process process = child("announce");
        try (BufferedReader out = output(process)) {
            assertThat(out.readLine()).isEqualTo("announced");
            process.toHandle().destroyForcibly();
        }
        process.waitFor();

        ids();

        assertThat(outcomes()).containsExactly("changed CANCELLED", "kept ANSWERED");
    }

    @Test
    void anAnnouncedRowCountsOnceAndAsItEnded() throws Exception {
        try (Database database = Database.at(data.resolve("hal0.db"));
                SqlLedger ledger = SqlLedger.open(database, journal)) {
            Ledger.Announced row = ledger.announce(LedgerProcess.row("r", Outcome.ANSWERED));
            row.end(LedgerProcess.row("r", Outcome.CANCELLED));
        }

        assertThat(outcomes()).containsExactly("r CANCELLED");
        assertThat(journal).isEmptyDirectory();
    }

    @Test
    void whatAProcessCouldNotWriteTheNextOneDoes() throws Exception {
        Files.writeString(data, "in the way of the folder");
        assertThat(child("50").waitFor(60, TimeUnit.SECONDS)).isTrue();
        Files.delete(data);

        assertThat(ids()).hasSize(50);
    }

    @Test
    void whatOneThreadTakesOverAnotherMayReadAtOnce() throws Exception {
        Files.writeString(data, "in the way of the folder");
        assertThat(child("50").waitFor(60, TimeUnit.SECONDS)).isTrue();
        Files.delete(data);
        Path left;
        try (Stream<Path> files = Files.list(journal)) {
            left = files.findFirst().orElseThrow();
        }

        try (Database database = Database.at(data.resolve("hal0.db"));
                FileChannel other = FileChannel.open(left, StandardOpenOption.WRITE)) {
            assertThat(other.tryLock()).isNotNull();
            assertThat(new Leftovers(journal).write(database)).isEqualTo(50);
        }
        assertThat(ids()).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void aDatabaseThatIsAwayCostsNoRowThoughMoreComeThanTheQueueHolds() throws Exception {
        Files.writeString(data, "in the way of the folder");
        int sent = LedgerWriter.QUEUE + 20_000;
        try (Database database = Database.at(data.resolve("hal0.db"));
                SqlLedger ledger = SqlLedger.open(database, journal)) {
            for (int i = 0; i < sent; i++) {
                ledger.record(LedgerProcess.row("r-" + i, Outcome.ANSWERED));
            }
            awaitUntil(() -> ledger.health().problem() != null);
            assertThat(ledger.health().problem()).contains("cannot create the folder");
            assertThat(ledger.health().waiting()).isPositive();
            Files.delete(data);
            awaitUntil(() -> count(ledger) == sent);
            assertThat(ledger.health()).isEqualTo(Ledger.Health.FINE);
        }
        assertThat(journal).isEmptyDirectory();
    }

    @Test
    void theJournalIsBoundedAndSaysWhatIsLost() throws Exception {
        Files.writeString(data, "in the way of the folder");
        try (Database database = Database.at(data.resolve("hal0.db"));
                SqlLedger ledger = SqlLedger.open(database, new Journal(journal, 0), null)) {
            while (ledger.health().lost() == 0) {
                ledger.record(LedgerProcess.row("r", Outcome.ANSWERED));
            }
            assertThat(ledger.health().isFine()).isFalse();
            try (Stream<Path> files = Files.list(journal)) {
                long bytes = files.mapToLong(file -> file.toFile().length()).sum();
                assertThat(bytes).isBetween(64L << 10, 5L << 20);
            }
        }
    }

    @Test
    void aFolderThatTakesNoJournalKeepsNoRowFromTheDatabase() throws Exception {
        Files.writeString(journal, "in the way of the folder");
        try (Database database = Database.at(data.resolve("hal0.db"));
                SqlLedger ledger = SqlLedger.open(database, journal)) {
            ledger.record(LedgerProcess.row("r", Outcome.ANSWERED));
            ledger.announce(LedgerProcess.row("s", Outcome.ANSWERED))
                    .end(LedgerProcess.row("s", Outcome.ANSWERED));
        }

        assertThat(outcomes()).containsExactly("r ANSWERED", "s ANSWERED");
    }

    @Test
    void aLineThatWasCutCostsNoOther() throws Exception {
        Files.createDirectory(journal);
        byte[] whole = RowText.of("id-1", LedgerProcess.row("whole", Outcome.ANSWERED));
        byte[] cut = RowText.of("id-2", LedgerProcess.row("cut", Outcome.ANSWERED));
        byte[] last = RowText.of("id-3", LedgerProcess.row("last", Outcome.ANSWERED));
        Path file = Files.createFile(journal.resolve("1-1-x" + JournalFile.SUFFIX));
        try (var out = Files.newOutputStream(file)) {
            out.write(whole);
            out.write(cut, 0, cut.length / 2);
            out.write(last);
        }

        assertThat(ids()).containsExactlyInAnyOrder("whole", "last");
    }

    @Test
    void journalsAreTheUsersAlone() throws Exception {
        try (Database database = Database.at(data.resolve("hal0.db"));
                SqlLedger ledger = SqlLedger.open(database, journal)) {
            ledger.record(LedgerProcess.row("r", Outcome.ANSWERED));
            try (Stream<Path> files = Files.list(journal)) {
                assertThat(files.toList())
                        .allSatisfy(file ->
                                assertThat(
                                                PosixFilePermissions.toString(
                                                        Files.getPosixFilePermissions(file)))
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void everyFieldSurvivesTheJournal() {
        LedgerRow row =
                new LedgerRow(
                        "q\"\n",
                        Instant.ofEpochMilli(7),
                        "tui",
                        "s",
                        "k",
                        "gemini",
                        "größer",
                        "p",
                        "m",
                        Outcome.RESCUED,
                        "timed_out",
                        1,
                        2,
                        true,
                        3,
                        4,
                        5,
                        6,
                        7,
                        new BigDecimal("0.000000000001"),
                        true,
                        8,
                        -1,
                        10,
                        "m-2",
                        true);

        Entry read = RowText.read(new String(RowText.of("id", row), UTF_8).strip());

        assertThat(read).isEqualTo(new Entry("id", row, null));
    }

    /// The ids in the database once a new process has taken over what is left.
    private List<String> ids() {
        try (Database database = Database.at(data.resolve("hal0.db"));
                SqlLedger ledger = SqlLedger.open(database, journal)) {
            ledger.record(LedgerProcess.row("another", Outcome.ANSWERED));
            ledger.sums(Instant.EPOCH);
            return query(database, "SELECT request_id FROM usage_ledger").stream()
                    .filter(id -> !id.equals("another"))
                    .toList();
        }
    }

    private List<String> outcomes() {
        try (Database database = Database.at(data.resolve("hal0.db"))) {
            return query(
                            database,
                            "SELECT request_id || ' ' || outcome FROM usage_ledger ORDER BY 1")
                    .stream()
                    .filter(row -> !row.startsWith("another"))
                    .toList();
        }
    }

    private static List<String> query(Database database, String sql) {
        return database.read(connection -> {
            List<String> found = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    found.add(result.getString(1));
                }
            }
            return found;
        });
    }

    private static long count(SqlLedger ledger) {
        try {
            return ledger.sums(Instant.EPOCH).stream().mapToLong(Ledger.Sum::requests).sum();
        } catch (StoreException _) {
            return -1; // still away
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void awaitUntil(Condition condition) throws IOException {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.holds()) {
            assertThat(Instant.now()).as("in time").isBefore(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    private Process child(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                LedgerProcess.class.getName(),
                                home.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
