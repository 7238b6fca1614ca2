package hal0.tui.terminal;

import org.jspecify.annotations.Nullable;

/// Lines that stand elsewhere than before: between two rows of the screen everything has moved.
///
/// **Shape** rows `top` to `bottom`, both included, moved by `by` rows, up where it is positive;
/// what they leave is blank. Found by comparing rows, so that whoever draws need not say that he
/// scrolled, and only where writing less is sure.
record Shift(int top, int bottom, int by) {
    static final Shift NONE = new Shift(0, -1, 0);

    /// What a shift costs itself, in cells.
    private static final int PRICE = 24;

    /// Nothing of what was there is left.
    static Shift away(int rows) {
        return new Shift(0, rows - 1, rows);
    }

    /// Where fewer rows changed, nothing is looked for: most frames show a key or some words.
    private static final int LEAST_CHANGED = 3;

    /// The row where a row was before; -1 for one that is blank now.
    int source(int row) {
        if (row < top || row > bottom) {
            return row;
        }
        int from = row + by;
        return from < top || from > bottom ? -1 : from;
    }

    /// The shift that leaves least to write, or null when writing what differs is as short.
    static @Nullable Shift between(Canvas old, Canvas now) {
        int rows = now.size().rows();
        int changed = 0;
        for (int y = 0; y < rows; y++) {
            changed += now.sameRow(y, old) ? 0 : 1;
        }
        if (changed < LEAST_CHANGED) {
            return null;
        }
        long[] before = hashes(old);
        long[] after = hashes(now);
        int by = likeliest(before, after, now);
        if (by == 0) {
            return null;
        }
        Shift found = around(before, after, by);
        Shift best = found;
        Moves moves = new Moves(old, before, now, after);
        int least = moves.cost(found, Integer.MAX_VALUE);
        // The last line that moved may have grown meanwhile, so it was not recognised.
        for (int more = 1; by > 0 && more <= by + 1 && found.bottom() + more < rows; more++) {
            Shift wider = new Shift(found.top(), found.bottom() + more, by);
            int cost = moves.cost(wider, least);
            if (cost < least) {
                least = cost;
                best = wider;
            }
        }
        return least + PRICE < moves.cost(NONE, least + PRICE) ? best : null;
    }

    private static long[] hashes(Canvas canvas) {
        long[] out = new long[canvas.size().rows()];
        for (int y = 0; y < out.length; y++) {
            out[y] = canvas.hash(y);
        }
        return out;
    }

    /// By how many rows most of what changed has moved; 0 when nothing has.
    private static int likeliest(long[] before, long[] after, Canvas now) {
        int rows = after.length;
        int[] votes = new int[2 * rows];
        int best = 0;
        for (int y = 0; y < rows; y++) {
            if (before[y] == after[y] || now.isBlank(y)) {
                continue;
            }
            for (int from = 0; from < rows; from++) {
                if (before[from] == after[y]) {
                    int by = from - y;
                    votes[by + rows]++;
                    boolean better = best == 0 || votes[by + rows] > votes[best + rows];
                    best = better ? by : best;
                }
            }
        }
        return best;
    }

    private static Shift around(long[] before, long[] after, int by) {
        int first = -1;
        int last = -1;
        for (int y = Math.max(0, -by); y < Math.min(after.length, after.length - by); y++) {
            if (before[y + by] == after[y] && before[y] != after[y]) {
                first = first < 0 ? y : first;
                last = y;
            }
        }
        return new Shift(Math.min(first, first + by), Math.max(last, last + by), by);
    }

    /// Two screens and what their rows are told apart by.
    private record Moves(Canvas old, long[] before, Canvas now, long[] after) {
        /// How many cells are left to write; more than `most` is told as soon as it is known.
        int cost(Shift shift, int most) {
            int cells = 0;
            for (int y = 0; y < after.length && cells <= most; y++) {
                int from = shift.source(y);
                if (from < 0 || before[from] != after[y]) {
                    cells += now.changes(y, old, from);
                }
            }
            return cells;
        }
    }
}
