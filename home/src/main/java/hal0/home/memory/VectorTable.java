package hal0.home.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The SQL of the tables `memory_model`, `memory_vector` and `memory_sketch`.
final class VectorTable {
    private VectorTable() {}

    /// A text that has no vector yet.
    record Waiting(long id, String text) {}

    /// A model as it is known; 0 for none.
    static long model(Connection connection, String name, int dimension) throws SQLException {
        String sql = "SELECT id FROM memory_model WHERE name = ? AND dimension = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, name);
            query.setInt(2, dimension);
            return number(query);
        }
    }

    /// That of the model's last vectors; 0 for a name that is new.
    static long latestModel(Connection connection, String name) throws SQLException {
        String sql = "SELECT MAX(id) FROM memory_model WHERE name = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, name);
            return number(query);
        }
    }

    static long addModel(Connection connection, String name, int dimension) throws SQLException {
        String sql = "INSERT INTO memory_model (name, dimension) VALUES (?, ?) RETURNING id";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, name);
            insert.setInt(2, dimension);
            return number(insert);
        }
    }

    private static long number(PreparedStatement query) throws SQLException {
        try (ResultSet found = query.executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    /// Texts that this model has not seen, the newest first: those are looked for soonest.
    static List<Waiting> waiting(Connection connection, long model, int most) throws SQLException {
        List<Waiting> waiting = new ArrayList<>();
        // Each of the three is a range of the index, which "is another" would not be.
        for (String other : List.of("embedded_by IS NULL", "embedded_by < ?", "embedded_by > ?")) {
            String sql =
                    "SELECT id, text FROM memory_item WHERE %s ORDER BY id DESC LIMIT ?"
                            .formatted(other);
            if (waiting.size() == most) {
                break;
            }
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                int limit = 1;
                if (other.endsWith("?")) {
                    query.setLong(limit++, model);
                }
                query.setInt(limit, most - waiting.size());
                try (ResultSet found = query.executeQuery()) {
                    while (found.next()) {
                        waiting.add(new Waiting(found.getLong(1), found.getString(2)));
                    }
                }
            }
        }
        return waiting;
    }

    /// How many texts wait for that model.
    static long countWaiting(Connection connection, long model) throws SQLException {
        String sql =
                """
                SELECT (SELECT COUNT(*) FROM memory_item)
                    - (SELECT COUNT(*) FROM memory_item WHERE embedded_by = ?)\
                """;
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, model);
            return number(query);
        }
    }

    /// Keeps the vector of an item, null for one that gets none. An item that is gone or says
    /// something else by now is left alone.
    static void keep(Connection connection, Waiting item, long model, byte @Nullable [] direction)
            throws SQLException {
        String sql =
                "UPDATE memory_item SET embedded_by = ? WHERE id = ? AND text = ? RETURNING bank";
        String bank;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, model);
            update.setLong(2, item.id());
            update.setString(3, item.text());
            try (ResultSet found = update.executeQuery()) {
                if (!found.next()) {
                    return;
                }
                bank = found.getString(1);
            }
        }
        forget(connection, item.id());
        if (direction == null) {
            return;
        }
        String vector = "INSERT INTO memory_vector (item_id, model_id, vector) VALUES (?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(vector)) {
            insert.setLong(1, item.id());
            insert.setLong(2, model);
            insert.setBytes(3, direction);
            insert.executeUpdate();
        }
        String sketch =
                "INSERT INTO memory_sketch (item_id, model_id, bank, sketch) VALUES (?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sketch)) {
            insert.setLong(1, item.id());
            insert.setLong(2, model);
            insert.setString(3, bank);
            insert.setBytes(4, Sketch.bytes(Sketch.of(direction)));
            insert.executeUpdate();
        }
    }

    /// Takes away what is kept of an item.
    static void forget(Connection connection, long id) throws SQLException {
        for (String table : List.of("memory_vector", "memory_sketch")) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + table + " WHERE item_id = ?")) {
                delete.setLong(1, id);
                delete.executeUpdate();
            }
        }
    }

    /// Writes the sketch anew, under another bank: who has read it before reads it again.
    static void move(Connection connection, long id, String bank) throws SQLException {
        String sql =
                """
                INSERT INTO memory_sketch (item_id, model_id, bank, sketch)
                SELECT item_id, model_id, ?, sketch FROM memory_sketch WHERE item_id = ?
                RETURNING seq\
                """;
        long first = 0;
        try (PreparedStatement copy = connection.prepareStatement(sql)) {
            copy.setString(1, bank);
            copy.setLong(2, id);
            first = number(copy);
        }
        if (first > 0) {
            try (PreparedStatement delete =
                    connection.prepareStatement(
                            "DELETE FROM memory_sketch WHERE item_id = ? AND seq < ?")) {
                delete.setLong(1, id);
                delete.setLong(2, first);
                delete.executeUpdate();
            }
        }
    }
}
