package hal0.tui.text;

import java.util.List;

/// A cell of a table. **Shape** the lines that its text asks for; no line holds a line break.
public record Cell(List<List<Span>> lines) {
    public Cell {
        lines = lines.stream().map(List::copyOf).toList();
    }

    int width() {
        return lines.stream().mapToInt(Span::width).max().orElse(0);
    }
}
