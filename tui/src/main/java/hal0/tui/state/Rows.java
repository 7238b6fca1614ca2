package hal0.tui.state;

import hal0.tui.text.Row;
import java.util.Arrays;
import java.util.List;

/// Rows to which rows can be appended without copying those that are there.
///
/// **Shape** an immutable view of the first `size` rows of a shared log; appending to the newest
/// view extends the log, appending to an older one copies it. **Threads** one.
public final class Rows {
    public static final Rows EMPTY = new Rows(new Log(), 0);

    private final Log log;
    private final int size;

    private Rows(Log log, int size) {
        this.log = log;
        this.size = size;
    }

    public int size() {
        return size;
    }

    public Row get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return log.rows[index];
    }

    public Rows with(List<Row> more) {
        if (more.isEmpty()) {
            return this;
        }
        Log target = size == log.used && size > 0 ? log : log.copy(size);
        target.append(more);
        return new Rows(target, target.used);
    }

    private static final class Log {
        private Row[] rows = new Row[64];
        private int used;

        Log copy(int count) {
            Log copy = new Log();
            copy.rows = Arrays.copyOf(rows, Math.max(64, count));
            Arrays.fill(copy.rows, count, copy.rows.length, Row.BLANK);
            copy.used = count;
            return copy;
        }

        void append(List<Row> more) {
            if (used + more.size() > rows.length) {
                rows = Arrays.copyOf(rows, Math.max(used + more.size(), rows.length * 3 / 2));
            }
            for (Row row : more) {
                rows[used++] = row;
            }
        }
    }
}
