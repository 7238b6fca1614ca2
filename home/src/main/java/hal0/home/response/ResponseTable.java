package hal0.home.response;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// The SQL of the table `stored_responses`.
final class ResponseTable {
    private static final String INSERT =
            """
            INSERT INTO stored_responses (id, owner, created_ms, previous_id, input, answer, size)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING\
            """;
    private static final String FIND =
            "SELECT * FROM stored_responses WHERE id = ? AND owner = ? AND created_ms >= ?";
    private static final String DELETE = "DELETE FROM stored_responses WHERE id = ? AND owner = ?";
    private static final String NEWEST_FIRST =
            "SELECT created_ms, size FROM stored_responses ORDER BY created_ms DESC";
    private static final String FORGET = "DELETE FROM stored_responses WHERE created_ms <= ?";

    private ResponseTable() {}

    static int insert(Connection connection, StoredResponse response) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, response.id());
            insert.setString(2, response.owner());
            insert.setLong(3, response.created().toEpochMilli());
            insert.setString(4, response.previous());
            insert.setString(5, response.input());
            insert.setString(6, response.answer());
            insert.setLong(7, response.size());
            return insert.executeUpdate();
        }
    }

    static Optional<StoredResponse> find(
            Connection connection, String owner, String id, Instant notBefore) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setString(1, id);
            select.setString(2, owner);
            select.setLong(3, notBefore.toEpochMilli());
            try (ResultSet found = select.executeQuery()) {
                return found.next()
                        ? Optional.of(
                                new StoredResponse(
                                        id,
                                        owner,
                                        Instant.ofEpochMilli(found.getLong("created_ms")),
                                        found.getString("previous_id"),
                                        found.getString("input"),
                                        found.getString("answer")))
                        : Optional.empty();
            }
        }
    }

    static boolean delete(Connection connection, String owner, String id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setString(1, id);
            delete.setString(2, owner);
            return delete.executeUpdate() > 0;
        }
    }

    /// Drops what is too old, and the oldest of what is too much; returns how many.
    static int forget(Connection connection, Instant notBefore, StoredResponses.Limits limits)
            throws SQLException {
        long upTo = notBefore.toEpochMilli() - 1;
        try (PreparedStatement select = connection.prepareStatement(NEWEST_FIRST);
                ResultSet rows = select.executeQuery()) {
            long count = 0;
            long size = 0;
            while (rows.next()) {
                count++;
                size += rows.getLong("size");
                if (count > limits.count() || size > limits.size()) {
                    upTo = Math.max(upTo, rows.getLong("created_ms"));
                    break;
                }
            }
        }
        try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
            delete.setLong(1, upTo);
            return delete.executeUpdate();
        }
    }
}
