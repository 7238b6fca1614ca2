package hal0.home.memory;

import java.lang.ref.SoftReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Finds the notes whose meaning is near to that of a query.
///
/// **Shape** of all notes with a vector, by their sketches, the best [#COMPARED] are picked; these,
/// and those that were found by their words, are compared by their vectors. A limit other than a
/// bank's is looked at in those only. The sketches stay in memory for as long as there is room.
/// **Threads** any.
final class Nearness {
    private static final int COMPARED = 1_000;

    /// Notes that have no more in common with a query than this are about something else.
    private static final double FLOOR = 0.25;

    private final ReentrantLock lock = new ReentrantLock();
    private SoftReference<@Nullable Sketches> kept = new SoftReference<>(null);

    /// How alike each is to the query and when it was told. `likeness` is absent where it is below
    /// the floor, or unknown.
    record Found(Map<Long, Double> likeness, Map<Long, Instant> toldAt) {}

    Found of(
            Connection connection, Scope scope, String modelName, float[] query, Set<Long> wordHits)
            throws SQLException {
        byte[] direction = Direction.of(query);
        long model = VectorTable.model(connection, modelName, query.length);
        Set<Long> ids = new HashSet<>(wordHits);
        Set<Long> picked =
                model == 0 ? Set.of() : picked(connection, model, scope, Sketch.of(direction));
        ids.addAll(picked);
        Found found = compared(connection, scope, model, direction, ids);
        if (picked.size() - found.toldAt().size() > COMPARED / 4 && scope.hasBankOnly()) {
            forget(); // too many of them are gone
        }
        return found;
    }

    private Set<Long> picked(Connection connection, long model, Scope scope, long[] sketch)
            throws SQLException {
        lock.lock();
        try {
            Sketches sketches = kept.get();
            if (sketches == null || sketches.model() != model) {
                sketches = new Sketches(model);
            }
            sketches.refresh(connection);
            kept = new SoftReference<>(sketches);
            return sketches.nearest(scope.bank(), sketch, COMPARED);
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        lock.lock();
        try {
            kept.clear();
        } finally {
            lock.unlock();
        }
    }

    private static Found compared(
            Connection connection, Scope scope, long model, byte[] direction, Set<Long> ids)
            throws SQLException {
        Scope.Condition condition = scope.condition();
        String sql =
                """
                SELECT memory_item.id, memory_item.told_at_ms, memory_vector.vector
                FROM memory_item LEFT JOIN memory_vector
                    ON memory_vector.item_id = memory_item.id AND memory_vector.model_id = ?
                WHERE memory_item.id IN %s AND %s\
                """
                        .formatted(MemoryTable.list(ids), condition.sql());
        Map<Long, Double> likeness = new HashMap<>();
        Map<Long, Instant> toldAt = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, model);
            MemoryTable.bind(query, 2, condition.values());
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    long id = found.getLong(1);
                    toldAt.put(id, Instant.ofEpochMilli(found.getLong(2)));
                    byte[] vector = found.getBytes(3);
                    if (vector != null && vector.length == direction.length) {
                        double alike = Direction.likeness(direction, vector);
                        if (alike >= FLOOR) {
                            likeness.put(id, alike);
                        }
                    }
                }
            }
        }
        return new Found(likeness, toldAt);
    }
}
