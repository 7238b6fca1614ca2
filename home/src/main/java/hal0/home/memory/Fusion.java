package hal0.home.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes one order of several, in which what stands far in front in any of them stands in front.
///
/// **Shape** pure. **Source** reciprocal rank fusion with its constant of 60: Cormack, Clarke and
/// Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods",
/// SIGIR 2009 (read 2026-11-22).
final class Fusion {
    private static final double K = 60;

    private Fusion() {}

    /// Ids with what they come to, best first; of equals the newer first.
    static Map<Long, Double> of(Collection<List<Long>> orders) {
        Map<Long, Double> sums = new HashMap<>();
        for (List<Long> order : orders) {
            int rank = 0;
            for (long id : order) {
                rank++;
                sums.merge(id, 1 / (K + rank), Double::sum);
            }
        }
        return ordered(sums);
    }

    /// The same values, the highest first; of equals the newer first.
    static Map<Long, Double> ordered(Map<Long, Double> values) {
        List<Map.Entry<Long, Double>> entries = new ArrayList<>(values.entrySet());
        entries.sort(
                Map.Entry.<Long, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()));
        Map<Long, Double> ordered = LinkedHashMap.newLinkedHashMap(entries.size());
        entries.forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        return ordered;
    }
}
