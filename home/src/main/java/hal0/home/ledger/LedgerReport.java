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
    /// Every zone is a whole number of these off UTC, so that each lies in one day everywhere;
    /// which day that is only Java knows the same way for every database.
    private static final long QUARTER_MS = 15 * 60 * 1000;

    private static final String SUMS =
            """
            COUNT(*), SUM(CASE WHEN outcome = 'FAILED' THEN 1 ELSE 0 END),
                SUM(input_tokens), SUM(output_tokens), SUM(cache_read_tokens),
                SUM(cache_write_tokens), SUM(reasoning_tokens),
                SUM(cost_pico_usd / 1000000), SUM(cost_pico_usd %% 1000000),
                SUM(CASE WHEN outcome <> 'FAILED' AND is_local = 0 AND cost_pico_usd IS NOT NULL
                    THEN 1 ELSE 0 END),
                SUM(CASE WHEN outcome <> 'FAILED' AND is_local = 1 THEN 1 ELSE 0 END),
                SUM(CASE WHEN outcome <> 'FAILED' AND is_local = 0 AND cost_pico_usd IS NULL
                    THEN 1 ELSE 0 END)
            FROM usage_ledger WHERE %s GROUP BY 1\
            """;

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
        String sql =
                "SELECT " + expression(Grouping.MODEL) + ", " + SUMS.formatted("session_id = ?");
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
        String sql = "SELECT " + expression(grouping) + ", " + SUMS.formatted("at_ms >= ?");
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, from.toEpochMilli());
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
            case SESSION -> "session_id";
            case DAY, MONTH -> "at_ms / " + QUARTER_MS;
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
