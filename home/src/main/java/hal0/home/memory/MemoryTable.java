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
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
        Set<String> tags = new LinkedHashSet<>(known.note().tags());
        tags.addAll(note.tags());
        Map<String, String> metadata = new LinkedHashMap<>(known.note().metadata());
        metadata.putAll(note.metadata());
        String sql =
                "UPDATE memory_item SET tags = ?, metadata_json = ?, told_at_ms = ? WHERE id = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, String.join("\n", tags));
            update.setString(2, MemoryLines.object(metadata));
            update.setLong(3, now.toEpochMilli());
            update.setLong(4, known.id());
            update.executeUpdate();
        }
        unindex(connection, known.id());
        index(connection, known.id(), note.bank(), known.note().text(), tags);
        return new Kept(known.id(), true);
    }

    static Kept restore(Connection connection, Memorized item) throws SQLException {
        Memorized known = equal(connection, item.note());
        return known == null
                ? new Kept(insert(connection, item), false)
                : new Kept(known.id(), true);
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
        StringJoiner list = new StringJoiner(",", "(", ")");
        ids.forEach(id -> list.add(String.valueOf(id)));
        try (PreparedStatement query =
                connection.prepareStatement("SELECT * FROM memory_item WHERE id IN " + list)) {
            return items(query);
        }
    }

    static List<Memorized> newest(
            Connection connection, @Nullable String bank, long before, int limit)
            throws SQLException {
        return page(connection, bank, "id < ?", "DESC", before, limit);
    }

    static List<Memorized> oldest(
            Connection connection, @Nullable String bank, long after, int limit)
            throws SQLException {
        return page(connection, bank, "id > ?", "ASC", after, limit);
    }

    private static List<Memorized> page(
            Connection connection,
            @Nullable String bank,
            String side,
            String order,
            long id,
            int limit)
            throws SQLException {
        String sql =
                "SELECT * FROM memory_item WHERE %s AND (? IS NULL OR bank = ?) ORDER BY id %s LIMIT ?"
                        .formatted(side, order);
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, id);
            query.setString(2, bank);
            query.setString(3, bank);
            query.setInt(4, limit);
            return items(query);
        }
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
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM memory_item WHERE id = ?")) {
            delete.setLong(1, id);
            return delete.executeUpdate() > 0;
        }
    }

    static int deleteToldBefore(Connection connection, @Nullable String bank, Instant then)
            throws SQLException {
        String which = " FROM memory_item WHERE told_at_ms < ? AND (? IS NULL OR bank = ?)";
        try (PreparedStatement words =
                        connection.prepareStatement(
                                "DELETE FROM memory_words WHERE rowid IN (SELECT id"
                                        + which
                                        + ")");
                PreparedStatement items = connection.prepareStatement("DELETE" + which)) {
            for (PreparedStatement each : List.of(words, items)) {
                each.setLong(1, then.toEpochMilli());
                each.setString(2, bank);
                each.setString(3, bank);
            }
            words.executeUpdate();
            return items.executeUpdate();
        }
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
