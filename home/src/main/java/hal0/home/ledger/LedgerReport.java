package hal0.home.ledger;

import hal0.home.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Adds up a ledger that this or another process writes.
///
/// **Shape** days and months are those of one zone. **Errors** [hal0.home.store.StoreException].
/// **Threads** any.
public final class LedgerReport {
    /// Of the sums that the database keeps. Every zone is a whole number of these off UTC, so that
    /// each lies in one day everywhere; which day that is only Java knows.
    private static final long QUARTER_MS = 15 * 60 * 1000;

    private static final String COUNTED =
            """
            quarter, provider, model, client, session_id, requests, failed, input_tokens,
                output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens,
                cost_micro_usd, cost_rest_pico_usd, priced, local, unpriced\
            """;

    private static final String SUMS =
            """
            SUM(requests), SUM(failed), SUM(input_tokens), SUM(output_tokens),
                SUM(cache_read_tokens), SUM(cache_write_tokens), SUM(reasoning_tokens),
                SUM(cost_micro_usd), SUM(cost_rest_pico_usd), SUM(priced), SUM(local), SUM(unpriced)
            """;

    /// Whole quarters of an hour are summed already; the calls of the one that a moment lies in are
    /// not all after it.
    private static final String SINCE =
            "SELECT %s, "
                    + SUMS
                    + "FROM (SELECT "
                    + COUNTED
                    + " FROM usage_quarter WHERE quarter >= ? UNION ALL SELECT "
                    + COUNTED
                    + " FROM usage_call WHERE at_ms >= ? AND at_ms < ?) GROUP BY 1";

    private static final String OF_SESSION =
            "SELECT %s, " + SUMS + "FROM usage_call WHERE session_id = ? GROUP BY 1";

    private static final Comparator<Tally> COSTLIEST_FIRST =
            Comparator.comparing(Tally::costUsd)
                    .thenComparingLong(Tally::tokens)
                    .reversed()
                    .thenComparing(tally -> Objects.requireNonNullElse(tally.name(), ""));

    private final Database database;
    private final ZoneId zone;

    public LedgerReport(Database database, ZoneId zone) {
        this.database = database;
        this.zone = zone;
    }

    /// What was spent since `from`: days and months in their order, all else costliest first.
    public List<Tally> by(Grouping grouping, Instant from) {
        List<Tally> found = database.read(connection -> tallies(connection, grouping, from));
        return switch (grouping) {
            case PROVIDER, MODEL, KEY, SESSION -> found.stream().sorted(COSTLIEST_FIRST).toList();
            case DAY -> periods(found, LocalDate::toString);
            case MONTH -> periods(found, day -> YearMonth.from(day).toString());
        };
    }

    /// The calls since `from` one by one, newest first, `most` at most.
    public List<LedgerRow> requests(Instant from, int most) {
        return database.read(connection -> LedgerTable.rows(connection, from, most));
    }

    /// The newest call of that id: clients choose theirs, and may choose one twice.
    public Optional<LedgerRow> request(String id) {
        return database.read(connection -> LedgerTable.row(connection, id));
    }

    /// The calls of one session by `provider/model`, costliest first.
    public List<Tally> ofSession(String session) {
        String sql = OF_SESSION.formatted(expression(Grouping.MODEL));
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setString(1, session);
                return tallies(query).stream().sorted(COSTLIEST_FIRST).toList();
            }
        });
    }

    private List<Tally> periods(List<Tally> quarters, Function<LocalDate, String> period) {
        Map<String, Tally> sums = new TreeMap<>();
        for (Tally quarter : quarters) {
            long number = Long.parseLong(Objects.requireNonNull(quarter.name()));
            Instant at = Instant.ofEpochMilli(number * QUARTER_MS);
            String name = period.apply(at.atZone(zone).toLocalDate());
            sums.put(name, sums.getOrDefault(name, Tally.none(name)).plus(quarter));
        }
        return List.copyOf(sums.values());
    }

    private static List<Tally> tallies(Connection connection, Grouping grouping, Instant from)
            throws SQLException {
        long first = from.toEpochMilli();
        long whole = Math.ceilDiv(first, QUARTER_MS);
        String sql = SINCE.formatted(expression(grouping));
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, whole);
            query.setLong(2, first);
            query.setLong(3, whole * QUARTER_MS);
            return tallies(query);
        }
    }

    private static List<Tally> tallies(PreparedStatement query) throws SQLException {
        List<Tally> tallies = new ArrayList<>();
        try (ResultSet result = query.executeQuery()) {
            while (result.next()) {
                tallies.add(tally(result));
            }
        }
        return tallies;
    }

    private static String expression(Grouping grouping) {
        return switch (grouping) {
            case PROVIDER -> "provider";
            case MODEL -> "provider || '/' || model";
            case KEY -> "client";
            case SESSION -> "NULLIF(session_id, '')";
            case DAY, MONTH -> "quarter";
        };
    }

    private static Tally tally(ResultSet result) throws SQLException {
        return new Tally(
                result.getString(1),
                result.getLong(2),
                result.getLong(3),
                result.getLong(4),
                result.getLong(5),
                result.getLong(6),
                result.getLong(7),
                result.getLong(8),
                LedgerTable.usd(result.getLong(9), result.getLong(10)),
                result.getLong(11),
                result.getLong(12),
                result.getLong(13));
    }
}
