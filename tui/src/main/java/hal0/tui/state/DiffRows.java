package hal0.tui.state;

import hal0.tui.state.Diff.Kind;
import hal0.tui.state.Diff.Line;
import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import hal0.tui.text.Row;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;

/// A diff as rows: numbers, signs, and in a line that was changed what is new of it in bold. Pure.
final class DiffRows {
    private static final int SHOWN = 16;
    private static final int SHOWN_OF_NEW = 8;

    /// Fewer are not worth a line that says so.
    private static final int LEAST_FOLDED = 3;

    private DiffRows() {}

    /// The first lines; the others are folded in `block`.
    static List<Row> of(Diff diff, Block block) {
        List<Row> all = all(diff);
        int most = diff.created() ? SHOWN_OF_NEW : SHOWN;
        if (all.size() < most + LEAST_FOLDED) {
            return all.stream().map(block::always).toList();
        }
        List<Row> rows = new ArrayList<>();
        all.subList(0, most).forEach(row -> rows.add(block.always(row)));
        String more = "  … %d more lines · Alt+E shows them".formatted(all.size() - most);
        rows.add(block.folded(Row.plain(more, Role.DIM)));
        rows.addAll(block.unfolded(all.subList(most, all.size())));
        return rows;
    }

    static List<Row> all(Diff diff) {
        List<Line> lines = diff.lines();
        int largest = lines.stream().mapToInt(Line::number).max().orElse(0);
        int digits = Math.max(2, Integer.toString(largest).length());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            switch (line.kind()) {
                case SAME -> rows.add(row(line, digits, List.of(Span.of(line.text(), Role.DIM))));
                case ADDED, REMOVED -> rows.add(row(line, digits, changed(lines, i)));
                case FILE -> rows.add(Row.plain("  " + line.text(), Role.ACCENT));
                case GAP -> rows.add(Row.plain(" ".repeat(digits + 1) + "⋯", Role.DIM));
                case NOTE -> rows.add(Row.plain("  " + line.text(), Role.DIM));
            }
        }
        return rows;
    }

    private static Row row(Line line, int digits, List<Span> body) {
        Role role = role(line.kind());
        String sign =
                switch (line.kind()) {
                    case ADDED -> "+ ";
                    case REMOVED -> "- ";
                    case SAME, FILE, GAP, NOTE -> "  ";
                };
        String number = ("%" + (digits + 2) + "d ").formatted(line.number());
        List<Span> first = List.of(Span.of(number, Role.DIM), Span.of(sign, role));
        List<Span> rest = List.of(Span.of(" ".repeat(digits + 5), Role.PLAIN));
        return new Row.Flow(first, rest, body);
    }

    private static Role role(Kind kind) {
        return switch (kind) {
            case ADDED -> Role.ADDED;
            case REMOVED -> Role.REMOVED;
            case SAME, FILE, GAP, NOTE -> Role.DIM;
        };
    }

    private static List<Span> changed(List<Line> lines, int at) {
        Line line = lines.get(at);
        Role role = role(line.kind());
        int other = counterpart(lines, at);
        Changed middle =
                other < 0 ? Changed.NONE : Changed.of(line.text(), lines.get(other).text());
        if (middle.isEmpty()) {
            return List.of(Span.of(line.text(), role));
        }
        List<Span> spans = new ArrayList<>();
        if (middle.from() > 0) {
            spans.add(Span.of(line.text().substring(0, middle.from()), role));
        }
        String bold = line.text().substring(middle.from(), middle.to());
        spans.add(new Span(bold, Ink.of(role).withBold()));
        if (middle.to() < line.text().length()) {
            spans.add(Span.of(line.text().substring(middle.to()), role));
        }
        return spans;
    }

    /// The line that the one at `at` stands for: where as many lines come as go, in their order; -1
    /// where none does.
    private static int counterpart(List<Line> lines, int at) {
        int start = at;
        while (start > 0 && isChange(lines.get(start - 1))) {
            start--;
        }
        int middle = start;
        while (middle < lines.size() && lines.get(middle).kind() == Kind.REMOVED) {
            middle++;
        }
        int end = middle;
        while (end < lines.size() && lines.get(end).kind() == Kind.ADDED) {
            end++;
        }
        int size = middle - start;
        if (size != end - middle || at >= end) {
            return -1;
        }
        return at < middle ? at + size : at - size;
    }

    private static boolean isChange(Line line) {
        return line.kind() == Kind.ADDED || line.kind() == Kind.REMOVED;
    }
}
