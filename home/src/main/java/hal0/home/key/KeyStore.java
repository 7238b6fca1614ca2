package hal0.home.key;

import hal0.home.store.Database;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The keys in the home's database, which other processes may change too.
///
/// **Shape** a home without a database has no keys, and looking makes none. **Errors**
/// [hal0.home.store.StoreException]. **Threads** any; blocks on the disk.
public final class KeyStore {
    private final Database database;
    private final Path file;

    /// `file` is where the database is, or will be.
    public KeyStore(Database database, Path file) {
        this.database = database;
        this.file = file;
    }

    /// All keys, revoked ones too, oldest first.
    public List<KeyRow> all() {
        return Files.exists(file) ? database.read(KeyTable::all) : List.of();
    }

    /// Keeps a new key; false when one that is in use has its name, and then nothing is kept.
    public boolean add(KeyRow key) {
        return database.write(connection -> {
            if (!key.launch() && KeyTable.isNameTaken(connection, key.name())) {
                return false;
            }
            KeyTable.insert(connection, key);
            return true;
        });
    }

    /// Replaces the scope, models and limits of a key that is in use; false when there is none.
    public boolean change(KeyRow key) {
        return database.write(connection -> KeyTable.change(connection, key));
    }

    /// False when there is no such key, or it was revoked before.
    public boolean revoke(String id, Instant at) {
        return database.write(connection -> KeyTable.revoke(connection, id, at));
    }

    /// Takes a key out as if it had never been made; its spend stays in the ledger.
    public boolean forget(String id) {
        return database.write(connection -> KeyTable.delete(connection, id));
    }

    /// Notes when keys were used last.
    public void used(Map<String, Instant> lastUses) {
        database.write(connection -> KeyTable.used(connection, lastUses));
    }

    /// What requests with that key cost that came before `end`, as far as their price is known.
    public BigDecimal spentBefore(String id, Instant end) {
        return Files.exists(file)
                ? database.read(connection -> KeyTable.spentBefore(connection, id, end))
                : BigDecimal.ZERO;
    }
}
