package hal0.home.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The SQL of the table `relay_key`.
///
/// **Units** money is whole numbers of 1e-12 USD, as in the ledger.
final class KeyTable {
    private static final int COST_DECIMALS = 12;
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private KeyTable() {}

    static List<KeyRow> all(Connection connection) throws SQLException {
        List<KeyRow> keys = new ArrayList<>();
        String sql = "SELECT * FROM relay_key ORDER BY created_at_ms, id";
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet found = query.executeQuery()) {
            while (found.next()) {
                keys.add(row(found));
            }
        }
        return List.copyOf(keys);
    }

    private static KeyRow row(ResultSet found) throws SQLException {
        Long pico = number(found, "budget_pico_usd");
        Instant created = instant(found, "created_at_ms");
        return new KeyRow(
                found.getString("id"),
                found.getString("name"),
                found.getString("key_hash"),
                found.getString("hint"),
                found.getString("scope"),
                found.getString("models").lines().toList(),
                number(found, "rpm"),
                number(found, "tpm"),
                pico == null ? null : BigDecimal.valueOf(pico, COST_DECIMALS).stripTrailingZeros(),
                found.getInt("is_launch") == 1,
                created == null ? Instant.EPOCH : created,
                instant(found, "last_used_at_ms"),
                instant(found, "revoked_at_ms"));
    }

    static boolean isNameTaken(Connection connection, String name) throws SQLException {
        String sql =
                "SELECT 1 FROM relay_key WHERE name = ? AND revoked_at_ms IS NULL AND is_launch = 0";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, name);
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        }
    }

    static void insert(Connection connection, KeyRow key) throws SQLException {
        String sql =
                """
                INSERT INTO relay_key (id, name, key_hash, hint, scope, models, rpm, tpm,
                    budget_pico_usd, is_launch, created_at_ms)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, key.id());
            insert.setString(2, key.name());
            insert.setString(3, key.hash());
            insert.setString(4, key.hint());
            int next = limits(insert, 5, key);
            insert.setInt(next++, key.launch() ? 1 : 0);
            insert.setLong(next, key.createdAt().toEpochMilli());
            insert.executeUpdate();
        }
    }

    static boolean change(Connection connection, KeyRow key) throws SQLException {
        String sql =
                """
                UPDATE relay_key SET scope = ?, models = ?, rpm = ?, tpm = ?, budget_pico_usd = ?
                WHERE id = ? AND revoked_at_ms IS NULL\
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            int next = limits(update, 1, key);
            update.setString(next, key.id());
            return update.executeUpdate() > 0;
        }
    }

    private static int limits(PreparedStatement statement, int first, KeyRow key)
            throws SQLException {
        int i = first;
        statement.setString(i++, key.scope());
        statement.setString(i++, String.join("\n", key.models()));
        number(statement, i++, key.rpm());
        number(statement, i++, key.tpm());
        BigDecimal budget = key.budgetUsd();
        number(statement, i++, budget == null ? null : picoUsd(budget));
        return i;
    }

    static boolean revoke(Connection connection, String id, Instant at) throws SQLException {
        String sql =
                "UPDATE relay_key SET revoked_at_ms = ? WHERE id = ? AND revoked_at_ms IS NULL";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, at.toEpochMilli());
            update.setString(2, id);
            return update.executeUpdate() > 0;
        }
    }

    static boolean delete(Connection connection, String id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM relay_key WHERE id = ?")) {
            delete.setString(1, id);
            return delete.executeUpdate() > 0;
        }
    }

    /// Two processes may tell of the same key: the later use stands.
    static int used(Connection connection, Map<String, Instant> lastUses) throws SQLException {
        String sql =
                """
                UPDATE relay_key SET last_used_at_ms = ?
                WHERE id = ? AND (last_used_at_ms IS NULL OR last_used_at_ms < ?)\
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (Map.Entry<String, Instant> use : lastUses.entrySet()) {
                update.setLong(1, use.getValue().toEpochMilli());
                update.setString(2, use.getKey());
                update.setLong(3, use.getValue().toEpochMilli());
                update.addBatch();
            }
            return update.executeBatch().length;
        }
    }

    /// Summed in two parts, which cannot overflow where one sum could.
    static BigDecimal spentBefore(Connection connection, String id, Instant end)
            throws SQLException {
        String sql =
                """
                SELECT SUM(cost_pico_usd / 1000000), SUM(cost_pico_usd % 1000000)
                FROM usage_ledger WHERE key_id = ? AND at_ms < ?\
                """;
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, id);
            query.setLong(2, end.toEpochMilli());
            try (ResultSet sums = query.executeQuery()) {
                return sums.next()
                        ? BigDecimal.valueOf(sums.getLong(1), 6)
                                .add(BigDecimal.valueOf(sums.getLong(2), COST_DECIMALS))
                        : BigDecimal.ZERO;
            }
        }
    }

    private static long picoUsd(BigDecimal usd) {
        BigInteger pico = usd.setScale(COST_DECIMALS, RoundingMode.HALF_EVEN).unscaledValue();
        return pico.min(LARGEST).longValueExact();
    }

    private static @Nullable Long number(ResultSet found, String column) throws SQLException {
        long value = found.getLong(column);
        return found.wasNull() ? null : value;
    }

    private static void number(PreparedStatement statement, int at, @Nullable Long value)
            throws SQLException {
        if (value == null) {
            statement.setNull(at, Types.BIGINT);
        } else {
            statement.setLong(at, value);
        }
    }

    private static @Nullable Instant instant(ResultSet found, String column) throws SQLException {
        Long millis = number(found, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
