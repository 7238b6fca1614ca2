package hal0.home.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.memory.Memory.Kept;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The SQL of the tables `memory_item` and `memory_words`.
final class MemoryTable {
    private MemoryTable() {}

    static Kept add(Connection connection, Note note, Instant now) throws SQLException {
        Memorized known = equal(connection, note);
        if (known == null) {
            return new Kept(insert(connection, new Memorized(0, note, now, now, null, 0)), false);
        }
        Note both = united(known.note(), note, known.note().text());
        String sql =
                "UPDATE memory_item SET tags = ?, metadata_json = ?, told_at_ms = ? WHERE id = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, String.join("\n", both.tags()));
            update.setString(2, MemoryLines.object(both.metadata()));
            update.setLong(3, now.toEpochMilli());
            update.setLong(4, known.id());
            update.executeUpdate();
        }
        unindex(connection, known.id());
        index(connection, known.id(), note.bank(), both.text(), both.tags());
        return new Kept(known.id(), true);
    }

    static Kept restore(Connection connection, Memorized item) throws SQLException {
        Memorized known = equal(connection, item.note());
        return known == null
                ? new Kept(insert(connection, item), false)
                : new Kept(known.id(), true);
    }

    /// What becomes of an item. One that says the same already is taken into it.
    static Optional<Memorized> revise(Connection connection, long id, Revision revision)
            throws SQLException {
        List<Memorized> found = byIds(connection, List.of(id));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Memorized old = found.getFirst();
        Note note = revision.of(old.note());
        Memorized twin = equal(connection, note);
        if (twin != null && twin.id() != id) {
            note = united(twin.note(), note, note.text());
            delete(connection, twin.id());
        }
        rewrite(connection, old, note);
        return byIds(connection, List.of(id)).stream().findFirst();
    }

    private static void rewrite(Connection connection, Memorized old, Note note)
            throws SQLException {
        long id = old.id();
        boolean sameText = note.text().equals(old.note().text());
        String sql =
                """
                UPDATE memory_item SET bank = ?, text = ?, text_hash = ?, tags = ?, metadata_json = ?%s
                WHERE id = ?\
                """
                        .formatted(sameText ? "" : ", embedded_by = NULL");
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, note.bank());
            update.setString(2, note.text());
            update.setString(3, hash(note.text()));
            update.setString(4, String.join("\n", note.tags()));
            update.setString(5, MemoryLines.object(note.metadata()));
            update.setLong(6, id);
            update.executeUpdate();
        }
        unindex(connection, id);
        index(connection, id, note.bank(), note.text(), note.tags());
        if (!sameText) {
            VectorTable.forget(connection, id);
        } else if (!note.bank().equals(old.note().bank())) {
            VectorTable.move(connection, id, note.bank());
        }
    }

    /// The tags and metadata of both; of what both have the newer's.
    private static Note united(Note older, Note newer, String text) {
        Set<String> tags = new LinkedHashSet<>(older.tags());
        tags.addAll(newer.tags());
        Map<String, String> metadata = new LinkedHashMap<>(older.metadata());
        metadata.putAll(newer.metadata());
        return new Note(newer.bank(), text, List.copyOf(tags), metadata, newer.source());
    }

    private static @Nullable Memorized equal(Connection connection, Note note) throws SQLException {
        String sql = "SELECT * FROM memory_item WHERE bank = ? AND text_hash = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, note.bank());
            query.setString(2, hash(note.text()));
            List<Memorized> found = items(query);
            return found.isEmpty() ? null : found.getFirst();
        }
    }

    private static long insert(Connection connection, Memorized item) throws SQLException {
        String sql =
                """
                INSERT INTO memory_item (bank, text, text_hash, tags, metadata_json, source,
                    created_at_ms, told_at_ms, used_at_ms, uses)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id\
                """;
        Note note = item.note();
        Instant usedAt = item.usedAt();
        long id;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, note.bank());
            insert.setString(2, note.text());
            insert.setString(3, hash(note.text()));
            insert.setString(4, String.join("\n", note.tags()));
            insert.setString(5, MemoryLines.object(note.metadata()));
            insert.setString(6, note.source());
            insert.setLong(7, item.createdAt().toEpochMilli());
            insert.setLong(8, item.toldAt().toEpochMilli());
            if (usedAt == null) {
                insert.setNull(9, Types.BIGINT);
            } else {
                insert.setLong(9, usedAt.toEpochMilli());
            }
            insert.setLong(10, item.uses());
            try (ResultSet made = insert.executeQuery()) {
                made.next();
                id = made.getLong(1);
            }
        }
        index(connection, id, note.bank(), note.text(), note.tags());
        return id;
    }

    private static void index(
            Connection connection, long id, String bank, String text, Collection<String> tags)
            throws SQLException {
        String sql = "INSERT INTO memory_words (rowid, text, tags, bank) VALUES (?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, id);
            insert.setString(2, Words.indexed(text));
            insert.setString(3, Words.indexed(String.join("\n", tags)));
            insert.setString(4, Words.bank(bank));
            insert.executeUpdate();
        }
    }

    private static void unindex(Connection connection, long id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM memory_words WHERE rowid = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
    }

    static List<Memorized> byIds(Connection connection, Collection<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement query =
                connection.prepareStatement("SELECT * FROM memory_item WHERE id IN " + list(ids))) {
            return items(query);
        }
    }

    /// When each was last told.
    static Map<Long, Instant> toldAt(Connection connection, Collection<Long> ids)
            throws SQLException {
        Map<Long, Instant> toldAt = new HashMap<>();
        if (ids.isEmpty()) {
            return toldAt;
        }
        try (PreparedStatement query =
                        connection.prepareStatement(
                                "SELECT id, told_at_ms FROM memory_item WHERE id IN " + list(ids));
                ResultSet found = query.executeQuery()) {
            while (found.next()) {
                toldAt.put(found.getLong(1), Instant.ofEpochMilli(found.getLong(2)));
            }
        }
        return toldAt;
    }

    /// Ids as the right side of an `IN`.
    static String list(Collection<Long> ids) {
        StringJoiner list = new StringJoiner(",", "(", ")");
        ids.forEach(id -> list.add(String.valueOf(id)));
        return list.toString();
    }

    static List<Memorized> newest(Connection connection, Scope scope, long before, int limit)
            throws SQLException {
        return page(connection, scope, "id < ?", "DESC", before, limit);
    }

    static List<Memorized> oldest(Connection connection, Scope scope, long after, int limit)
            throws SQLException {
        return page(connection, scope, "id > ?", "ASC", after, limit);
    }

    private static List<Memorized> page(
            Connection connection, Scope scope, String side, String order, long id, int limit)
            throws SQLException {
        Scope.Condition condition = scope.condition();
        String sql =
                "SELECT * FROM memory_item WHERE %s AND %s ORDER BY id %s LIMIT ?"
                        .formatted(side, condition.sql(), order);
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, id);
            int next = bind(query, 2, condition.values());
            query.setInt(next, limit);
            return items(query);
        }
    }

    /// Sets question marks from that one on, and returns the number of the next.
    static int bind(PreparedStatement statement, int from, List<Object> values)
            throws SQLException {
        int next = from;
        for (Object value : values) {
            statement.setObject(next++, value);
        }
        return next;
    }

    static Map<String, Long> banks(Connection connection) throws SQLException {
        Map<String, Long> banks = new LinkedHashMap<>();
        String sql = "SELECT bank, COUNT(*) FROM memory_item GROUP BY bank ORDER BY bank";
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet found = query.executeQuery()) {
            while (found.next()) {
                banks.put(found.getString(1), found.getLong(2));
            }
        }
        return banks;
    }

    static int used(Connection connection, List<Long> ids, Instant now) throws SQLException {
        String sql = "UPDATE memory_item SET used_at_ms = ?, uses = uses + 1 WHERE id = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (long id : ids) {
                update.setLong(1, now.toEpochMilli());
                update.setLong(2, id);
                update.addBatch();
            }
            return update.executeBatch().length;
        }
    }

    static boolean delete(Connection connection, long id) throws SQLException {
        unindex(connection, id);
        VectorTable.forget(connection, id);
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM memory_item WHERE id = ?")) {
            delete.setLong(1, id);
            return delete.executeUpdate() > 0;
        }
    }

    static int deleteToldBefore(Connection connection, @Nullable String bank, Instant then)
            throws SQLException {
        String which = " FROM memory_item WHERE told_at_ms < ? AND (? IS NULL OR bank = ?)";
        List<String> deletes =
                List.of(
                        "DELETE FROM memory_words WHERE rowid IN (SELECT id" + which + ")",
                        "DELETE FROM memory_vector WHERE item_id IN (SELECT id" + which + ")",
                        "DELETE FROM memory_sketch WHERE item_id IN (SELECT id" + which + ")",
                        "DELETE" + which);
        int count = 0;
        for (String sql : deletes) {
            try (PreparedStatement delete = connection.prepareStatement(sql)) {
                delete.setLong(1, then.toEpochMilli());
                delete.setString(2, bank);
                delete.setString(3, bank);
                count = delete.executeUpdate();
            }
        }
        return count;
    }

    private static List<Memorized> items(PreparedStatement query) throws SQLException {
        List<Memorized> items = new ArrayList<>();
        try (ResultSet found = query.executeQuery()) {
            while (found.next()) {
                items.add(item(found));
            }
        }
        return items;
    }

    private static Memorized item(ResultSet found) throws SQLException {
        Note note =
                new Note(
                        found.getString("bank"),
                        found.getString("text"),
                        found.getString("tags").lines().toList(),
                        MemoryLines.texts(found.getString("metadata_json")),
                        found.getString("source"));
        long usedAt = found.getLong("used_at_ms");
        Instant used = found.wasNull() ? null : Instant.ofEpochMilli(usedAt);
        return new Memorized(
                found.getLong("id"),
                note,
                Instant.ofEpochMilli(found.getLong("created_at_ms")),
                Instant.ofEpochMilli(found.getLong("told_at_ms")),
                used,
                found.getLong("uses"));
    }

    /// The same for texts that differ in white space, or in how accents are composed.
    private static String hash(String text) {
        String even = Normalizer.normalize(text, Normalizer.Form.NFC).replaceAll("\\s+", " ");
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(even.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
