package hal0.home.ledger;

import static java.lang.System.Logger.Level.WARNING;

import hal0.home.IoReason;
import hal0.home.store.Database;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The ledger in the home's database.
///
/// **Shape** a row goes to a journal file first, in memory that the system keeps when the process
/// is killed (a power failure may take it: waiting for the disk would cost each answer
/// milliseconds). Then rows wait in a queue of 10 000 and are written to the database in batches,
/// each in one transaction. A database that cannot be written is reported once, and the rows are
/// tried again with growing pauses; what the queue has no room for waits in the journal, up to 64
/// MiB, and what a process could not write the next one does. Without room in both, `record` waits
/// up to 100 ms; then the row is lost, which is counted and logged. `close` writes what waits,
/// gives up on a database that still fails, and leaves the database open. **Errors** only what
/// reads throws, a [hal0.home.store.StoreException] when earlier rows cannot be written or nothing
/// be read. **Threads** any; a thread named `ledger` writes.
public final class SqlLedger implements Ledger {
    private final Database database;
    private final LedgerWriter writer;
    private final @Nullable Journal journal;
    private final RowIds ids = new RowIds(Instant.now());
    private final AtomicBoolean told = new AtomicBoolean();

    private SqlLedger(Database database, LedgerWriter writer, @Nullable Journal journal) {
        this.database = database;
        this.writer = writer;
        this.journal = journal;
    }

    /// Starts a ledger with its journal in that folder; the database is opened, and the folder
    /// made, when there is a first row.
    public static SqlLedger open(Database database, Path journalFolder) {
        return open(database, new Journal(journalFolder), new Leftovers(journalFolder));
    }

    /// Starts one without a journal: rows that wait are gone with the process.
    public static SqlLedger open(Database database) {
        return open(database, null, null);
    }

    static SqlLedger open(
            Database database, @Nullable Journal journal, @Nullable Leftovers leftovers) {
        LedgerWriter writer = new LedgerWriter(database, journal, leftovers);
        writer.start();
        return new SqlLedger(database, writer, journal);
    }

    @Override
    public void record(LedgerRow row) {
        String id = ids.next();
        writer.add(new Entry(id, row, kept(id, row)));
    }

    @Override
    public Announced announce(LedgerRow likely) {
        String id = ids.next();
        return new Kept(id, likely, kept(id, likely));
    }

    private @Nullable JournalFile kept(String id, LedgerRow row) {
        if (journal == null) {
            return null;
        }
        try {
            return journal.append(RowText.of(id, row));
        } catch (IOException e) {
            unkept(e);
            return null;
        }
    }

    /// The row is on its way to the database all the same.
    private void unkept(IOException e) {
        if (!told.getAndSet(true)) {
            System.getLogger(SqlLedger.class.getName())
                    .log(
                            WARNING,
                            "usage journal cannot be written, rows that wait are lost if this process is killed: {0}",
                            IoReason.of(e));
        }
    }

    private final class Kept implements Announced {
        private final String id;
        private final @Nullable JournalFile file;
        private LedgerRow last;

        Kept(String id, LedgerRow row, @Nullable JournalFile file) {
            this.id = id;
            this.last = row;
            this.file = file;
        }

        @Override
        public void again(LedgerRow likely) {
            // Of times, what was announced is near enough.
            if (file != null && !likely.saysTheSameAs(last)) {
                try {
                    file.append(RowText.of(id, likely));
                    last = likely;
                } catch (IOException e) {
                    unkept(e);
                }
            }
        }

        @Override
        public void end(LedgerRow row) {
            again(row);
            writer.add(new Entry(id, row, file));
        }
    }

    @Override
    public List<Sum> sums(Instant from) {
        writer.awaitWritten();
        return database.read(connection -> LedgerTable.sums(connection, from));
    }

    @Override
    public BigDecimal spentSince(Instant from) {
        writer.awaitWritten();
        return database.read(connection -> LedgerTable.spentSince(connection, from));
    }

    @Override
    public BigDecimal spentIn(String session) {
        writer.awaitWritten();
        return database.read(connection -> LedgerTable.spentIn(connection, session));
    }

    @Override
    public Health health() {
        return writer.health();
    }

    @Override
    public void close() {
        writer.close();
    }
}
