package hal0.home.activity;

import hal0.home.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The audit of a home, in its database.
///
/// **Shape** the newest `kept` deeds stay; texts are cut at 4000 characters, so that it cannot grow
/// without bound. **Errors** [hal0.home.store.StoreException]. **Threads** any; blocks on the disk.
public final class Activity {
    private static final int KEPT = 10_000;
    private static final int LONGEST = 4000;
    private static final int MOST = 500;

    private final Database database;
    private final InstantSource clock;
    private final int kept;

    public Activity(Database database, InstantSource clock) {
        this(database, clock, KEPT);
    }

    Activity(Database database, InstantSource clock, int kept) {
        this.database = database;
        this.clock = clock;
        this.kept = kept;
    }

    /// Written when this returns.
    public void note(Deed deed) {
        Instant at = clock.instant();
        long id = database.write(connection -> insert(connection, at, deed));
        if (id > kept) {
            database.write(connection -> forget(connection, id - kept));
        }
    }

    private static long insert(Connection connection, Instant at, Deed deed) throws SQLException {
        long id = latest(connection) + 1;
        String sql =
                """
                INSERT INTO activity
                    (id, at_ms, actor, action, subject, before_json, after_json, outcome, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, id);
            insert.setLong(2, at.toEpochMilli());
            insert.setString(3, cut(deed.actor()));
            insert.setString(4, cut(deed.action()));
            insert.setString(5, cut(deed.subject()));
            insert.setString(6, deed.before() == null ? null : cut(deed.before()));
            insert.setString(7, deed.after() == null ? null : cut(deed.after()));
            insert.setString(8, deed.outcome().name());
            insert.setString(9, deed.reason() == null ? null : cut(deed.reason()));
            insert.executeUpdate();
        }
        return id;
    }

    private static long latest(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT MAX(id) FROM activity");
                ResultSet found = query.executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    private static int forget(Connection connection, long upTo) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM activity WHERE id <= ?")) {
            delete.setLong(1, upTo);
            return delete.executeUpdate();
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /// The newest first, those before the one with the id `before`; at most 500 at once.
    public List<Deed.Noted> list(int limit, long before) {
        String sql =
                """
                SELECT id, at_ms, actor, action, subject, before_json, after_json, outcome, reason
                FROM activity WHERE id < ? ORDER BY id DESC LIMIT ?\
                """;
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setLong(1, before);
                query.setInt(2, Math.clamp(limit, 1, MOST));
                try (ResultSet found = query.executeQuery()) {
                    return read(found);
                }
            }
        });
    }

    private static List<Deed.Noted> read(ResultSet found) throws SQLException {
        List<Deed.Noted> all = new ArrayList<>();
        while (found.next()) {
            Deed deed =
                    new Deed(
                            found.getString(3),
                            found.getString(4),
                            found.getString(5),
                            found.getString(6),
                            found.getString(7),
                            Deed.Outcome.valueOf(found.getString(8)),
                            found.getString(9));
            all.add(new Deed.Noted(found.getLong(1), Instant.ofEpochMilli(found.getLong(2)), deed));
        }
        return List.copyOf(all);
    }
}
