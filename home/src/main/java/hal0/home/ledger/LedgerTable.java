package hal0.home.ledger;

import hal0.home.ledger.Ledger.Sum;
import hal0.home.store.Database;
import hal0.home.store.StoreException;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The SQL of the table `usage_ledger`.
///
/// **Units** money is kept as whole numbers of 1e-12 USD: prices are USD per million tokens with at
/// most six decimals, so that nothing is rounded; what a provider reports with more is rounded half
/// even. One row holds up to nine million USD.
final class LedgerTable {
    private static final int COST_DECIMALS = 12;
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    /// An id of our own: a client chooses its request ids, and a batch that is written again after
    /// a failure must not count twice.
    private static final String INSERT =
            """
            INSERT INTO usage_ledger (id, request_id, at_ms, client, session_id, key_id, protocol,
                requested_model, provider, model, outcome, error_kind, status, attempts, streamed,
                input_tokens, output_tokens, cache_read_tokens, cache_write_tokens,
                reasoning_tokens, cost_pico_usd, is_local, latency_ms, first_token_ms, overhead_us,
                answered_model, is_estimated)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING\
            """;

    /// The cost is summed in two parts, which cannot overflow where one sum could.
    private static final String SUMS =
            """
            SELECT provider, model, COUNT(*), SUM(input_tokens), SUM(output_tokens),
                SUM(cache_read_tokens), SUM(cache_write_tokens),
                SUM(cost_pico_usd / 1000000), SUM(cost_pico_usd % 1000000),
                SUM(CASE WHEN cost_pico_usd IS NULL AND outcome <> 'FAILED' THEN 1 ELSE 0 END)
            FROM usage_ledger WHERE at_ms >= ? GROUP BY provider, model\
            """;

    private static final String COLUMNS =
            """
            SELECT request_id, at_ms, client, session_id, key_id, protocol, requested_model,
                provider, model, outcome, error_kind, status, attempts, streamed, input_tokens,
                output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens,
                cost_pico_usd, is_local, latency_ms, first_token_ms, overhead_us, answered_model,
                is_estimated
            FROM usage_ledger\
            """;

    private static final String ROWS =
            COLUMNS + " WHERE at_ms >= ? ORDER BY at_ms DESC, id DESC LIMIT ?";

    private static final String ROW =
            COLUMNS + " WHERE request_id = ? ORDER BY at_ms DESC, id DESC LIMIT 1";

    private static final String SPENT =
            "SELECT SUM(cost_pico_usd / 1000000), SUM(cost_pico_usd % 1000000) FROM usage_ledger";

    private LedgerTable() {}

    /// Inserts those that are not there. One row that cannot be expressed must not take the others
    /// with it, nor end the ledger: `unfit` hears of it.
    ///
    /// **Errors** [StoreException].
    static void insert(Database database, List<Entry> entries, Consumer<RuntimeException> unfit) {
        if (entries.isEmpty()) {
            return;
        }
        try {
            database.write(connection -> insert(connection, entries));
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            if (entries.size() == 1) {
                unfit.accept(e);
                return;
            }
            for (Entry entry : entries) {
                insert(database, List.of(entry), unfit);
            }
        }
    }

    private static int insert(Connection connection, List<Entry> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Entry entry : entries) {
                bind(insert, entry);
                insert.addBatch();
            }
            return insert.executeBatch().length;
        }
    }

    private static void bind(PreparedStatement insert, Entry entry) throws SQLException {
        LedgerRow row = entry.row();
        int i = 1;
        insert.setString(i++, entry.id());
        insert.setString(i++, row.requestId());
        insert.setLong(i++, row.at().toEpochMilli());
        insert.setString(i++, row.client());
        insert.setString(i++, row.session());
        insert.setString(i++, row.key());
        insert.setString(i++, row.protocol());
        insert.setString(i++, row.requestedModel());
        insert.setString(i++, row.provider());
        insert.setString(i++, row.model());
        insert.setString(i++, row.outcome().name());
        insert.setString(i++, row.errorKind());
        insert.setInt(i++, row.status());
        insert.setInt(i++, row.attempts());
        insert.setInt(i++, row.streamed() ? 1 : 0);
        insert.setLong(i++, row.inputTokens());
        insert.setLong(i++, row.outputTokens());
        insert.setLong(i++, row.cacheReadTokens());
        insert.setLong(i++, row.cacheWriteTokens());
        insert.setLong(i++, row.reasoningTokens());
        BigDecimal cost = row.costUsd();
        if (cost == null) {
            insert.setNull(i++, Types.BIGINT);
        } else {
            insert.setLong(i++, picoUsd(cost));
        }
        insert.setInt(i++, row.local() ? 1 : 0);
        insert.setLong(i++, row.latencyMs());
        insert.setLong(i++, row.firstTokenMs());
        insert.setLong(i++, row.overheadUs());
        insert.setString(i++, row.answeredModel());
        insert.setInt(i, row.estimated() ? 1 : 0);
    }

    private static long picoUsd(BigDecimal usd) {
        BigInteger pico = usd.setScale(COST_DECIMALS, RoundingMode.HALF_EVEN).unscaledValue();
        return pico.min(LARGEST).max(LARGEST.negate()).longValueExact();
    }

    static List<Sum> sums(Connection connection, Instant from) throws SQLException {
        List<Sum> sums = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(SUMS)) {
            query.setLong(1, from.toEpochMilli());
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    sums.add(sum(result));
                }
            }
        }
        sums.sort(
                Comparator.comparing(Sum::costUsd)
                        .thenComparingLong(Sum::requests)
                        .reversed()
                        .thenComparing(Sum::provider)
                        .thenComparing(Sum::model));
        return List.copyOf(sums);
    }

    static List<LedgerRow> rows(Connection connection, Instant from, int most) throws SQLException {
        List<LedgerRow> rows = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(ROWS)) {
            query.setLong(1, from.toEpochMilli());
            query.setInt(2, most);
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result));
                }
            }
        }
        return List.copyOf(rows);
    }

    static Optional<LedgerRow> row(Connection connection, String requestId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ROW)) {
            query.setString(1, requestId);
            try (ResultSet result = query.executeQuery()) {
                return result.next() ? Optional.of(row(result)) : Optional.empty();
            }
        }
    }

    private static LedgerRow row(ResultSet result) throws SQLException {
        int i = 1;
        return new LedgerRow(
                result.getString(i++),
                Instant.ofEpochMilli(result.getLong(i++)),
                result.getString(i++),
                result.getString(i++),
                result.getString(i++),
                result.getString(i++),
                result.getString(i++),
                result.getString(i++),
                result.getString(i++),
                Outcome.valueOf(result.getString(i++)),
                result.getString(i++),
                result.getInt(i++),
                result.getInt(i++),
                result.getInt(i++) == 1,
                result.getLong(i++),
                result.getLong(i++),
                result.getLong(i++),
                result.getLong(i++),
                result.getLong(i++),
                cost(result, i++),
                result.getInt(i++) == 1,
                result.getLong(i++),
                result.getLong(i++),
                result.getLong(i++),
                result.getString(i++),
                result.getInt(i) == 1);
    }

    private static @Nullable BigDecimal cost(ResultSet result, int column) throws SQLException {
        long pico = result.getLong(column);
        return result.wasNull() ? null : usd(0, pico);
    }

    static BigDecimal spentSince(Connection connection, Instant from) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SPENT + " WHERE at_ms >= ?")) {
            query.setLong(1, from.toEpochMilli());
            return spent(query);
        }
    }

    static BigDecimal spentIn(Connection connection, String session) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(SPENT + " WHERE session_id = ?")) {
            query.setString(1, session);
            return spent(query);
        }
    }

    private static BigDecimal spent(PreparedStatement query) throws SQLException {
        try (ResultSet result = query.executeQuery()) {
            return result.next() ? usd(result.getLong(1), result.getLong(2)) : BigDecimal.ZERO;
        }
    }

    private static Sum sum(ResultSet result) throws SQLException {
        return new Sum(
                result.getString(1),
                result.getString(2),
                result.getLong(3),
                result.getLong(4),
                result.getLong(5),
                result.getLong(6),
                result.getLong(7),
                usd(result.getLong(8), result.getLong(9)),
                result.getLong(10));
    }

    static BigDecimal usd(long micro, long pico) {
        BigDecimal sum = BigDecimal.valueOf(micro, 6).add(BigDecimal.valueOf(pico, COST_DECIMALS));
        return sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros();
    }
}
