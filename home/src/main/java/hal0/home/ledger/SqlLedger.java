package hal0.home.ledger;

import hal0.home.ledger.LedgerTable.Entry;
import hal0.home.store.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/// The ledger in the home's database.
///
/// **Shape** rows wait in a queue of 10 000 and are written in batches, each in one transaction. A
/// database that cannot be written is reported once, and the rows are tried again with growing
/// pauses while the process lives. When the queue is full, `record` waits up to 100 ms; then the
/// row is lost, which is counted and logged. `close` writes what waits, gives up on a database that
/// still fails, and leaves the database open. **Errors** only what reads throws, a
/// [hal0.home.store.StoreException] when earlier rows cannot be written or nothing be read.
/// **Threads** any; a thread named `ledger` writes.
public final class SqlLedger implements Ledger {
    private final Database database;
    private final LedgerWriter writer;
    private final RowIds ids = new RowIds(Instant.now());

    private SqlLedger(Database database, LedgerWriter writer) {
        this.database = database;
        this.writer = writer;
    }

    /// Starts a ledger; the database is opened when there is a first row.
    public static SqlLedger open(Database database) {
        LedgerWriter writer = new LedgerWriter(database);
        writer.start();
        return new SqlLedger(database, writer);
    }

    @Override
    public void record(LedgerRow row) {
        writer.add(new Entry(ids.next(), row));
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
    public void close() {
        writer.close();
    }
}
