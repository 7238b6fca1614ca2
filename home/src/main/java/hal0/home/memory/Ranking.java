package hal0.home.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds the notes that fit the terms of a query, in steps, because to weigh every note with a
/// common word takes long and tells little.
///
/// **Shape** those with all terms; where they are too few, those with any of the rare terms or a
/// word that begins with one; where even these are too few, the same of any term. Of more than
/// [#WEIGHED] notes only the newest are weighed, except for rare terms, which are never lost.
final class Ranking {
    private static final int WEIGHED = 5_000;
    private static final int BEST = 200;

    private final Connection connection;
    private final Scope scope;
    private final Map<Long, Double> found = new LinkedHashMap<>();

    private Ranking(Connection connection, Scope scope) {
        this.connection = connection;
        this.scope = scope;
    }

    /// Ids, each with how well it fits: more is better.
    static Map<Long, Double> of(Connection connection, Scope scope, List<String> terms, int enough)
            throws SQLException {
        Ranking ranking = new Ranking(connection, scope);
        ranking.find(Words.all(terms), WEIGHED);
        if (ranking.found.size() < enough) {
            ranking.findRare(terms);
        }
        if (ranking.found.size() < enough) {
            ranking.find(Words.any(terms.stream().map(Words::begun).toList()), WEIGHED);
        }
        return ranking.found;
    }

    private void findRare(List<String> terms) throws SQLException {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String term : terms) {
            String begun = Words.begun(term);
            counts.put(begun, count(Words.any(List.of(begun))));
        }
        counts.values().removeIf(count -> count == 0 || count >= WEIGHED);
        if (!counts.isEmpty()) {
            int all = counts.values().stream().mapToInt(count -> count).sum();
            find(Words.any(List.copyOf(counts.keySet())), all);
        }
    }

    /// How many notes of all banks match, counted no further than is needed.
    private int count(String match) throws SQLException {
        String sql =
                "SELECT COUNT(*) FROM (SELECT 1 FROM memory_words WHERE memory_words MATCH ? LIMIT ?)";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, match);
            query.setInt(2, WEIGHED);
            try (ResultSet counted = query.executeQuery()) {
                return counted.next() ? counted.getInt(1) : 0;
            }
        }
    }

    /// A tag says on purpose what a note is about; a bank says nothing.
    private static String ranked(String further) {
        return """
        SELECT id, score FROM (
            SELECT rowid AS id, -bm25(memory_words, 1.0, 2.0, 0.0) AS score
            FROM memory_words WHERE memory_words MATCH ?%s ORDER BY rowid DESC LIMIT ?)
        ORDER BY score DESC LIMIT ?\
        """
                .formatted(further);
    }

    /// What a step has found stays as well placed as it was.
    private void find(String words, int most) throws SQLException {
        Scope.Condition condition = scope.condition();
        // The bank is in the index; all else is in the items, which costs a look at each.
        boolean more = !scope.hasBankOnly();
        String exists =
                more
                        ? " AND EXISTS (SELECT 1 FROM memory_item WHERE memory_item.id = memory_words.rowid AND "
                                + condition.sql()
                                + ")"
                        : "";
        try (PreparedStatement query = connection.prepareStatement(ranked(exists))) {
            query.setString(1, Words.within(scope.bank(), words));
            int next = MemoryTable.bind(query, 2, more ? condition.values() : List.of());
            query.setInt(next, most);
            query.setInt(next + 1, BEST);
            try (ResultSet ranked = query.executeQuery()) {
                while (ranked.next()) {
                    found.putIfAbsent(ranked.getLong(1), ranked.getDouble(2));
                }
            }
        }
    }
}
