package hal0.home.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The sketches of one model, read into memory, to pick out the few of many that may be near.
///
/// **Shape** at most [#MOST] of them, the newest: 140 bytes each. What is deleted stays in it, and
/// is found to be gone by who looks at what was picked. **Threads** one at a time.
final class Sketches {
    private static final int MOST = 250_000;

    private final long model;
    private final Map<String, Integer> banks = new HashMap<>();
    private long[] ids = new long[256];
    private int[] bankOf = new int[256];
    private long[] bits = new long[256 * Sketch.WORDS];
    private int size;
    private long last;

    Sketches(long model) {
        this.model = model;
    }

    long model() {
        return model;
    }

    /// Reads what came since it was read last.
    void refresh(Connection connection) throws SQLException {
        if (size == 0) {
            last = Math.max(last, beforeNewest(connection));
        }
        String sql =
                "SELECT seq, item_id, bank, sketch FROM memory_sketch WHERE seq > ? AND model_id = ? ORDER BY seq";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, last);
            query.setLong(2, model);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    add(found.getLong(2), found.getString(3), found.getBytes(4));
                    last = found.getLong(1);
                }
            }
        }
    }

    /// The number after which the newest begin.
    private static long beforeNewest(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT seq FROM memory_sketch ORDER BY seq DESC LIMIT 1 OFFSET ?")) {
            query.setInt(1, MOST);
            try (ResultSet found = query.executeQuery()) {
                return found.next() ? found.getLong(1) : 0;
            }
        }
    }

    void add(long id, String bank, byte[] sketch) {
        if (size == MOST) {
            dropOldest(MOST / 4);
        } else if (size == ids.length) {
            int more = Math.min(MOST, size * 2);
            ids = Arrays.copyOf(ids, more);
            bankOf = Arrays.copyOf(bankOf, more);
            bits = Arrays.copyOf(bits, more * Sketch.WORDS);
        }
        ids[size] = id;
        bankOf[size] = banks.computeIfAbsent(bank, _ -> banks.size());
        Sketch.read(sketch, bits, size * Sketch.WORDS);
        size++;
    }

    private void dropOldest(int count) {
        size -= count;
        System.arraycopy(ids, count, ids, 0, size);
        System.arraycopy(bankOf, count, bankOf, 0, size);
        System.arraycopy(bits, count * Sketch.WORDS, bits, 0, size * Sketch.WORDS);
    }

    /// The ids of those nearest to a sketch, about as many as asked for, or a few more where
    /// several are as near as the last.
    Set<Long> nearest(@Nullable String bank, long[] sketch, int most) {
        Integer wanted = bank == null ? Integer.valueOf(-1) : banks.get(bank);
        if (wanted == null) {
            return Set.of();
        }
        short[] differences = new short[size];
        int[] counts = new int[Sketch.BITS + 1];
        for (int i = 0; i < size; i++) {
            if (wanted >= 0 && bankOf[i] != wanted) {
                differences[i] = -1;
                continue;
            }
            int differing = differing(sketch, i * Sketch.WORDS);
            differences[i] = (short) differing;
            counts[differing]++;
        }
        int limit = limit(counts, most);
        Set<Long> nearest = new LinkedHashSet<>();
        for (int i = size - 1; i >= 0 && nearest.size() < 2 * most; i--) {
            if (differences[i] >= 0 && differences[i] <= limit) {
                nearest.add(ids[i]);
            }
        }
        return nearest;
    }

    private int differing(long[] sketch, int at) {
        int differing = 0;
        for (int word = 0; word < Sketch.WORDS; word++) {
            differing += Long.bitCount(sketch[word] ^ bits[at + word]);
        }
        return differing;
    }

    /// How many bits may differ so that there are enough.
    private static int limit(int[] counts, int most) {
        int found = 0;
        for (int differing = 0; differing < counts.length; differing++) {
            found += counts[differing];
            if (found >= most) {
                return differing;
            }
        }
        return counts.length;
    }
}
