package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;

/// The columns of a table: how wide they want to be, and where their text stands.
///
/// **Shape** `grows` when rows came after the widths were settled: there is room for somewhat
/// longer cells then. **Units** cells.
public record Columns(List<Integer> widths, List<Side> sides, boolean grows) {
    private static final int SMALLEST_GROWTH = 8;
    private static final int GROWTH_OF_NUMBERS = 4;

    public enum Side {
        LEFT,
        MIDDLE,
        RIGHT
    }

    public Columns {
        widths = List.copyOf(widths);
        sides = List.copyOf(sides);
    }

    int count() {
        return widths.size();
    }

    Side side(int column) {
        return column < sides.size() ? sides.get(column) : Side.LEFT;
    }

    /// The widths that fit into `room` cells, without what stands between the columns.
    List<Integer> fitted(int room) {
        int total = sum(widths);
        if (total > room) {
            return narrowed(room);
        }
        return grows ? grown(room - total) : widths;
    }

    /// The widest columns give way first.
    private List<Integer> narrowed(int room) {
        int low = 1;
        int high = Math.max(1, room);
        while (low < high) {
            int cap = (low + high + 1) >>> 1;
            if (sum(capped(cap)) <= room) {
                low = cap;
            } else {
                high = cap - 1;
            }
        }
        List<Integer> out = new ArrayList<>(capped(Math.max(low, 1)));
        int spare = room - sum(out);
        for (int i = 0; i < out.size() && spare > 0; i++) {
            if (out.get(i) < widths.get(i)) {
                out.set(i, out.get(i) + 1);
                spare--;
            }
        }
        return out;
    }

    private List<Integer> capped(int cap) {
        return widths.stream().map(width -> Math.min(width, cap)).toList();
    }

    private List<Integer> grown(int spare) {
        List<Integer> wanted = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            wanted.add(growth(widths.get(i), side(i)));
        }
        int all = Math.max(1, sum(wanted));
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            int share = all <= spare ? wanted.get(i) : wanted.get(i) * spare / all;
            out.add(widths.get(i) + share);
        }
        return out;
    }

    /// What stands at the right is numbers mostly, which differ little in length.
    private static int growth(int width, Side side) {
        return side == Side.RIGHT ? GROWTH_OF_NUMBERS : Math.max(SMALLEST_GROWTH, width);
    }

    private static int sum(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }
}
