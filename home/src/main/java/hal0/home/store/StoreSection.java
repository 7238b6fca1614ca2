package hal0.home.store;

import hal0.home.config.Section;
import hal0.home.config.TableReader;

/// `[store]`: where usage, keys and memory are kept. This version keeps them in the home's own
/// SQLite file and refuses every other place: rows that a user believes to be in one database must
/// not go into another.
public final class StoreSection implements Section<String> {
    public static final StoreSection SECTION = new StoreSection();

    private StoreSection() {}

    @Override
    public String name() {
        return "store";
    }

    /// The address, which is empty.
    @Override
    public String read(TableReader table) {
        String url = table.string("url", "").strip();
        if (!url.isEmpty()) {
            // Not echoed: an address of a database may hold its password.
            table.problem(
                    "url",
                    url.startsWith("jdbc:postgresql:") || url.startsWith("postgres")
                            ? "this version of hal0 does not support PostgreSQL yet"
                            : "this is not an address of a database that hal0 supports",
                    "leave it empty (url = \"\"): usage is kept in SQLite, in this home's data"
                            + " folder");
        }
        return "";
    }
}
