package hal0.tui.state;

import hal0.tui.text.Role;
import hal0.tui.text.Row;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;

/// The first and the last lines of a text, and how many lie between them. Pure.
record Excerpt(int head, int tail) {
    private static final int LONGEST_LINE = 1000;

    /// Rows behind a bar.
    List<Row> rows(String text, Role role) {
        List<String> lines = Safe.visible(text.stripTrailing()).lines().toList();
        List<Row> rows = new ArrayList<>();
        boolean whole = lines.size() <= head + tail + 1;
        for (int i = 0; i < lines.size(); i++) {
            if (whole || i < head || i >= lines.size() - tail) {
                rows.add(row(lines.get(i), role));
            } else if (i == head) {
                String more = "… %d more lines".formatted(lines.size() - head - tail);
                rows.add(row(more, Role.DIM));
            }
        }
        return rows;
    }

    private static Row row(String line, Role role) {
        boolean fits = line.length() <= LONGEST_LINE;
        boolean pair = !fits && Character.isHighSurrogate(line.charAt(LONGEST_LINE - 1));
        String shown = fits ? line : line.substring(0, LONGEST_LINE - (pair ? 1 : 0)) + "…";
        return new Row.Verbatim(List.of(Span.of("  │ ", Role.DIM)), List.of(Span.of(shown, role)));
    }
}
