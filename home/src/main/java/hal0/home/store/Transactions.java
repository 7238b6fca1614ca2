package hal0.home.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Begins and ends the transactions of a writer.
///
/// **Shape** the connection stays in the driver's auto-commit mode: without it the driver begins
/// the next transaction as soon as one has ended, which would keep the write lock from other
/// processes for as long as this one is idle. The lock is taken at the beginning: a transaction
/// that read first would be refused at its first write if somebody else wrote in between.
final class Transactions {
    private Transactions() {}

    static void begin(Connection connection) throws SQLException {
        run(connection, "BEGIN IMMEDIATE");
    }

    static void commit(Connection connection) throws SQLException {
        run(connection, "COMMIT");
    }

    static void rollback(Connection connection) throws SQLException {
        run(connection, "ROLLBACK");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
