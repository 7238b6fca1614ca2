package hal0.home.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Brings a database to the version that this program knows.
///
/// **Shape** each migration is a transaction of its own, which reads the version again first: two
/// processes may migrate at once. **Threads** one.
final class Schema {
    private final List<Migration> migrations;

    Schema(List<Migration> migrations) {
        this.migrations = List.copyOf(migrations);
    }

    int latest() {
        return migrations.size();
    }

    /// Migrates what is behind, and returns the version found, which is higher than `latest` when a
    /// newer program wrote the database; then nothing is changed.
    int migrate(Connection connection) throws SQLException {
        int version = version(connection); // a transaction would lock out others, just to look
        while (version < latest()) {
            version = step(connection);
        }
        return version;
    }

    private int step(Connection connection) throws SQLException {
        Transactions.begin(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE IF NOT EXISTS schema_version (
                        version INTEGER NOT NULL,
                        name TEXT NOT NULL,
                        applied_at_ms BIGINT NOT NULL)\
                    """);
            int version = version(connection);
            if (version < latest()) {
                Migration next = migrations.get(version);
                for (String sql : next.statements()) {
                    statement.execute(sql);
                }
                note(connection, next);
            }
            Transactions.commit(connection);
            return version < latest() ? version + 1 : version;
        } catch (SQLException e) {
            Transactions.rollback(connection);
            throw e;
        }
    }

    private static void note(Connection connection, Migration done) throws SQLException {
        String sql = "INSERT INTO schema_version (version, name, applied_at_ms) VALUES (?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setInt(1, done.version());
            insert.setString(2, done.name());
            insert.setLong(3, System.currentTimeMillis());
            insert.executeUpdate();
        }
    }

    static int version(Connection connection) throws SQLException {
        try (ResultSet tables =
                connection.getMetaData().getTables(null, null, "schema_version", null)) {
            if (!tables.next()) {
                return 0;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT MAX(version) FROM schema_version")) {
            return result.next() ? result.getInt(1) : 0;
        }
    }
}
