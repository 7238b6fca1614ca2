package hal0.home.store;

import hal0.home.Home;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Opens connections to one SQLite file, and says in words why one failed.
final class Connections {
    private static final int BUSY_TIMEOUT_MS = 5_000;
    private static final int OPEN_ATTEMPTS = 20;

    private final Path file;
    private final Supplier<List<Migration>> migrations;

    /// **Shape** `migrations` is asked for when a database is opened, not before.
    Connections(Path file, Supplier<List<Migration>> migrations) {
        this.file = file;
        this.migrations = migrations;
    }

    /// A connection for [Transactions].
    ///
    /// **Errors** [StoreException].
    Connection openWriter() {
        try {
            createFile();
            return migrated(openOnceFree());
        } catch (SQLException e) {
            throw failure(e);
        } catch (IOException e) {
            throw new StoreException(
                    "the database %s cannot be opened: %s".formatted(file, IoReason.of(e)), e);
        }
    }

    /// SQLite does not wait by itself while another process turns the same new file to WAL mode.
    private Connection openOnceFree() throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return open(writerConfig());
            } catch (SQLException e) {
                if (attempt == OPEN_ATTEMPTS || !isBusy(e)) {
                    throw e;
                }
            }
        }
    }

    private Connection migrated(Connection connection) throws SQLException {
        boolean usable = false;
        try {
            Schema schema = new Schema(migrations.get());
            int version = schema.migrate(connection);
            if (version > schema.latest()) {
                throw new StoreException(
                        ("the database %s was written by a newer hal0: it has version %d, this hal0"
                                        + " knows up to %d. Start the newer hal0, or move the file"
                                        + " away to begin with an empty one")
                                .formatted(file, version, schema.latest()));
            }
            usable = true;
            return connection;
        } finally {
            if (!usable) {
                connection.close();
            }
        }
    }

    /// A connection that cannot write. The file must be there.
    Connection openReader() {
        try {
            SQLiteConfig config = config();
            config.setReadOnly(true);
            Connection connection = open(config);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private Connection open(SQLiteConfig config) throws SQLException {
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.enforceForeignKeys(true);
        return config;
    }

    private static SQLiteConfig writerConfig() {
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        return config;
    }

    private void createFile() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Home.createPrivate(folder);
        }
        if (Files.exists(file)
                || !file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            // SQLite gives its log and index files the mode of the database.
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException _) {
            // Another process was faster.
        }
    }

    StoreException failure(SQLException e) {
        return new StoreException("the database %s %s".formatted(file, reason(e)), e);
    }

    private static boolean isBusy(SQLException e) {
        return e instanceof SQLiteException sqlite && code(sqlite) == SQLiteErrorCode.SQLITE_BUSY;
    }

    /// SQLite's extended codes carry the plain one in their lowest byte.
    private static SQLiteErrorCode code(SQLiteException e) {
        return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff);
    }

    private static String reason(SQLException e) {
        if (!(e instanceof SQLiteException sqlite)) {
            return "failed: " + e.getMessage();
        }
        return switch (code(sqlite)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                    "is locked by another program; find and end it, then try again";
            case SQLITE_FULL -> "cannot be written: the disk is full; make room";
            case SQLITE_READONLY, SQLITE_PERM -> "cannot be written: permission denied";
            case SQLITE_CANTOPEN -> "cannot be opened: look at the permissions of its folder";
            case SQLITE_NOTADB -> "is not a database; move it away to begin with an empty one";
            case SQLITE_CORRUPT -> "is damaged; restore a copy, or move it away to begin anew";
            case SQLITE_IOERR -> "cannot be read or written: the disk reports an error";
            // All others are faults of a statement, that is of this program.
            default -> "refused a statement: " + e.getMessage();
        };
    }
}
