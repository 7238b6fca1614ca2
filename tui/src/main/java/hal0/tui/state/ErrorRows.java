package hal0.tui.state;

import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import hal0.tui.text.Row;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;

/// What went wrong, beside a bar: a title, why, what to do. Pure.
///
/// **Shape** of what is long, such as the body of a provider's answer, the beginning is shown and
/// the rest is folded.
final class ErrorRows {
    private static final int SHOWN_LINES = 4;
    private static final int SHOWN_CHARS = 300;

    private static final List<Span> BAR = List.of(Span.of("▌ ", Role.ERROR));

    private ErrorRows() {}

    static List<Row> of(String title, List<String> parts, Block block) {
        List<Row> rows = new ArrayList<>();
        Ink strong = Ink.of(Role.ERROR).withBold();
        rows.add(new Row.Flow(BAR, BAR, List.of(new Span(Safe.oneLine(title), strong))));
        parts.forEach(part -> part(Safe.visible(part.strip()).lines().toList(), block, rows));
        return rows;
    }

    private static void part(List<String> lines, Block block, List<Row> rows) {
        int shown = Math.min(SHOWN_LINES, lines.size());
        for (String line : lines.subList(0, shown)) {
            if (line.length() <= SHOWN_CHARS) {
                rows.add(line(line, Role.PLAIN));
            } else {
                boolean pair = Character.isHighSurrogate(line.charAt(SHOWN_CHARS - 1));
                String start = line.substring(0, SHOWN_CHARS - (pair ? 1 : 0));
                rows.add(block.folded(line(start + "… · Alt+E shows the rest", Role.PLAIN)));
                rows.add(block.unfolded(line(line, Role.PLAIN)));
            }
        }
        int more = lines.size() - shown;
        if (more > 0) {
            String said = more == 1 ? "… 1 more line" : "… %d more lines".formatted(more);
            rows.add(block.folded(line(said + " · Alt+E shows them", Role.DIM)));
            lines.subList(shown, lines.size())
                    .forEach(line -> rows.add(block.unfolded(line(line, Role.PLAIN))));
        }
    }

    private static Row line(String text, Role role) {
        return new Row.Flow(BAR, BAR, List.of(Span.of(text, role)));
    }
}
