package hal0.home.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final Migration ONE =
            new Migration(1, "one", "-- people\nCREATE TABLE person (\n  name TEXT\n);\n");
    private static final Migration TWO =
            new Migration(
                    2,
                    "two",
                    """
                    ALTER TABLE person ADD COLUMN age INTEGER;

                    UPDATE person SET age = 7;
                    """);

    /// Whether a call is found without a look at all of them.
    private static final String BY_REQUEST =
            "SELECT COUNT(*) FROM pragma_index_info('usage_ledger_request') WHERE name ="
                    + " 'request_id'";

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("data/hal0.db");
    }

    private static Database.Work<Integer> update(String sql) {
        return connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(sql);
            }
        };
    }

    private static Database.Work<String> query(String sql) {
        return connection -> one(connection, sql);
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? String.valueOf(result.getString(1)) : "nothing";
        }
    }

    /// What SQL alone says about the file, without our code.
    private void byHand(String... statements) throws Exception {
        Files.createDirectories(file.getParent());
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void namingADatabaseOpensNothing() {
        try (Database database = Database.at(file)) {
            assertThat(database).isNotNull();
        }
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void anEmptyDatabaseIsMadeAtTheLatestVersionForTheUserOnly() throws IOException {
        try (Database database = Database.at(file, List.of(ONE, TWO))) {
            assertThat(database.read(query("SELECT MAX(version) FROM schema_version")))
                    .isEqualTo("2");
            assertThat(database.write(update("INSERT INTO person VALUES ('a', 1)"))).isEqualTo(1);
            for (String name : List.of("hal0.db", "hal0.db-wal", "hal0.db-shm")) {
                assertThat(
                                PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(file.resolveSibling(name))))
                        .isEqualTo("rw-------");
            }
        }
        assertThat(file.resolveSibling("hal0.db-wal")).doesNotExist();
    }

    @Test
    void aDatabaseOneVersionBehindIsMigratedWithItsRows() throws Exception {
        byHand(
                "CREATE TABLE schema_version (version INTEGER NOT NULL, name TEXT NOT NULL,"
                        + " applied_at_ms BIGINT NOT NULL)",
                "INSERT INTO schema_version VALUES (1, 'one', 0)",
                "CREATE TABLE person (name TEXT)",
                "INSERT INTO person VALUES ('ada')");

        try (Database database = Database.at(file, List.of(ONE, TWO))) {
            assertThat(database.read(query("SELECT name || age FROM person"))).isEqualTo("ada7");
            assertThat(database.read(query("SELECT COUNT(*) FROM schema_version"))).isEqualTo("2");
        }
    }

    /// The schema as version 1 of it was released. If this fails, a released migration was edited:
    /// undo that and add a new one.
    @Test
    void aDatabaseOfTheFirstReleaseStillOpens() throws Exception {
        byHand(
                "CREATE TABLE schema_version (version INTEGER NOT NULL, name TEXT NOT NULL,"
                        + " applied_at_ms BIGINT NOT NULL)",
                "INSERT INTO schema_version VALUES (1, '0001-usage-ledger.sql', 0)",
                "CREATE TABLE usage_ledger (id TEXT PRIMARY KEY, request_id TEXT NOT NULL,"
                        + " at_ms BIGINT NOT NULL, client TEXT NOT NULL, session_id TEXT, protocol"
                        + " TEXT NOT NULL, requested_model TEXT NOT NULL, provider TEXT NOT NULL,"
                        + " model TEXT NOT NULL, outcome TEXT NOT NULL, error_kind TEXT, status"
                        + " INTEGER NOT NULL, attempts INTEGER NOT NULL, streamed INTEGER NOT"
                        + " NULL, input_tokens BIGINT NOT NULL, output_tokens BIGINT NOT NULL,"
                        + " cache_read_tokens BIGINT NOT NULL, cache_write_tokens BIGINT NOT NULL,"
                        + " reasoning_tokens BIGINT NOT NULL, cost_pico_usd BIGINT, is_local"
                        + " INTEGER NOT NULL, latency_ms BIGINT NOT NULL, first_token_ms BIGINT"
                        + " NOT NULL, overhead_us BIGINT NOT NULL)",
                "INSERT INTO usage_ledger VALUES ('id', 'r', 5, 'ask', NULL, 'openai', 'm', 'p',"
                        + " 'm', 'ANSWERED', NULL, 200, 1, 0, 1, 2, 3, 4, 5, 7, 0, 1, 1, 1)");
        Path fresh = folder.resolve("fresh.db");
        String columns =
                "SELECT GROUP_CONCAT(name || ' ' || type) FROM pragma_table_info('usage_ledger')";

        try (Database old = Database.at(file);
                Database made = Database.at(fresh)) {
            assertThat(old.read(query("SELECT cost_pico_usd FROM usage_ledger"))).isEqualTo("7");
            assertThat(old.read(query(columns))).isEqualTo(made.read(query(columns)));
            // What was written before there were sums is part of them.
            assertThat(
                            old.read(
                                    query(
                                            "SELECT client || ' ' || requests || ' ' ||"
                                                    + " cost_rest_pico_usd FROM usage_quarter")))
                    .isEqualTo("ask 1 7");
            assertThat(old.read(query(BY_REQUEST))).isEqualTo("1");
        }
    }

    @Test
    void aFailingMigrationLeavesTheVersionBefore() throws Exception {
        Migration broken =
                new Migration(2, "two", "INSERT INTO person VALUES ('half');\nINSERT INTO no;\n");

        try (Database database = Database.at(file, List.of(ONE, broken))) {
            assertThatThrownBy(() -> database.read(query("SELECT 1")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(file.toString());
        }
        try (Database database = Database.at(file, List.of(ONE))) {
            assertThat(database.read(query("SELECT MAX(version) FROM schema_version")))
                    .isEqualTo("1");
            assertThat(database.read(query("SELECT COUNT(*) FROM person"))).isEqualTo("0");
        }
    }

    @Test
    void aDatabaseOfANewerVersionIsRefusedAndUntouched() throws Exception {
        try (Database newer = Database.at(file, List.of(ONE, TWO))) {
            newer.write(update("INSERT INTO person VALUES ('a', 1)"));
        }
        byte[] before = Files.readAllBytes(file);

        try (Database older = Database.at(file, List.of(ONE))) {
            assertThatThrownBy(() -> older.read(query("SELECT 1")))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "the database %s was written by a newer hal0: it has version 2, this"
                                            .formatted(file)
                                    + " hal0 knows up to 1. Start the newer hal0, or move the file"
                                    + " away to begin with an empty one");
        }
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void whatThrowsIsUndone() {
        try (Database database = Database.at(file, List.of(ONE))) {
            assertThatThrownBy(() ->
                            database.write(connection -> {
                                update("INSERT INTO person VALUES ('a')").run(connection);
                                throw new IllegalArgumentException("changed mind");
                            }))
                    .hasMessage("changed mind");
            assertThatThrownBy(() ->
                            database.write(connection -> {
                                update("INSERT INTO person VALUES ('b')").run(connection);
                                return update("INSERT INTO no").run(connection);
                            }))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("refused a statement");

            assertThat(database.write(update("INSERT INTO person VALUES ('c')"))).isEqualTo(1);
            assertThat(database.read(query("SELECT GROUP_CONCAT(name) FROM person")))
                    .isEqualTo("c");
        }
    }

    @Test
    void readersCannotWrite() {
        try (Database database = Database.at(file, List.of(ONE))) {
            assertThatThrownBy(() -> database.read(update("INSERT INTO person VALUES ('a')")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cannot be written");
            assertThat(database.read(query("SELECT COUNT(*) FROM person"))).isEqualTo("0");
        }
    }

    @Test
    void aReadSeesOneStateWhileOthersWrite() throws Exception {
        try (Database database = Database.at(file, List.of(ONE))) {
            CountDownLatch counted = new CountDownLatch(1);
            CountDownLatch written = new CountDownLatch(1);
            AtomicReference<String> both = new AtomicReference<>();
            Thread reader =
                    Thread.ofVirtual()
                            .start(() ->
                                    both.set(
                                            database.read(connection -> {
                                                String count = "SELECT COUNT(*) FROM person";
                                                String first = one(connection, count);
                                                counted.countDown();
                                                await(written);
                                                return first + one(connection, count);
                                            })));
            await(counted);
            database.write(update("INSERT INTO person VALUES ('a')"));
            written.countDown();
            reader.join();

            assertThat(both).hasValue("00");
            assertThat(database.read(query("SELECT COUNT(*) FROM person"))).isEqualTo("1");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void jdbcRunsOnPlatformThreadsOfTheDatabase() {
        try (Database database = Database.at(file, List.of(ONE))) {
            Thread writer = database.write(_ -> Thread.currentThread());
            Thread reader = database.read(_ -> Thread.currentThread());

            assertThat(writer.getName()).isEqualTo("store-write");
            assertThat(writer.isVirtual()).isFalse();
            assertThat(reader.getName()).startsWith("store-read-");
            assertThat(reader.isVirtual()).isFalse();
        }
    }

    @Test
    void aFileThatIsNoDatabaseSaysWhatToDo() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "not a database, but long enough to be read as one".repeat(50));

        try (Database database = Database.at(file, List.of(ONE))) {
            assertThatThrownBy(() -> database.read(query("SELECT 1")))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "the database %s is not a database; move it away to begin with an empty"
                                            .formatted(file)
                                    + " one");
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsToldAndTriedAgain() throws IOException {
        Files.writeString(file.getParent(), "in the way");
        try (Database database = Database.at(file, List.of(ONE))) {
            assertThatThrownBy(() -> database.read(query("SELECT 1")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("cannot create the folder");

            Files.delete(file.getParent());
            assertThat(database.read(query("SELECT 1"))).isEqualTo("1");
        }
    }

    @Test
    void aClosedDatabaseSaysSo() {
        Database database = Database.at(file, List.of(ONE));
        database.close();
        database.close();

        assertThatThrownBy(() -> database.read(query("SELECT 1")))
                .isInstanceOf(StoreException.class)
                .hasMessage("the database is closed");
    }

    @Test
    void fourProcessesMakeAndFillOneDatabase() throws Exception {
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                processes.add(start());
            }
            for (Process process : processes) {
                assertThat(process.inputReader().readLine()).isEqualTo("ready");
            }
            for (Process process : processes) {
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
            }
            for (Process process : processes) {
                BufferedReader reader = process.inputReader();
                assertThat(String.valueOf(reader.readLine())).isEqualTo("done");
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        try (Database database = Database.at(file)) {
            assertThat(
                            database.read(
                                    query("SELECT COUNT(*) FROM schema_version WHERE version = 1")))
                    .isEqualTo("1");
            assertThat(
                            database.read(
                                    query("SELECT COUNT(*) FROM schema_version WHERE version = 0")))
                    .isEqualTo("100");
        }
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        file.toString(),
                        "25")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
