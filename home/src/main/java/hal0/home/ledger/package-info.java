/// One row for each call to a model, whatever became of it, and sums over them.
///
/// Entry type [hal0.home.ledger.Ledger], kept in a database by [hal0.home.ledger.SqlLedger]. Rows
/// are written off the caller's thread, by one thread that owns everything but the queue. Who only
/// wants to read uses [hal0.home.ledger.LedgerReport].
@NullMarked
package hal0.home.ledger;

import org.jspecify.annotations.NullMarked;
