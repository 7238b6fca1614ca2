package hal0.home.ledger;

import org.jspecify.annotations.Nullable;

/// A row, its id in the table, and the journal's file that holds it until it stands there.
///
/// **Shape** `file` is null where no journal could take the row.
record Entry(String id, LedgerRow row, @Nullable JournalFile file) {

    /// The row is in the table: its file need not keep it any longer.
    void written() {
        if (file != null) {
            file.leave();
        }
    }

    /// Leaves the row to its file, which is read again later; false where there is none.
    boolean leftToFile() {
        if (file == null) {
            return false;
        }
        file.mustBeRead();
        file.leave();
        return true;
    }
}
