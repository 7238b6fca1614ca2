/// One row for each call to a model, whatever became of it, and sums over them.
///
/// Entry type [hal0.home.ledger.Ledger]. Rows are written off the caller's thread.
@NullMarked
package hal0.home.ledger;

import org.jspecify.annotations.NullMarked;
