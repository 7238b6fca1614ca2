package hal0.tui.text;

import java.util.List;

/// Text in one ink. **Shape** safe to show ([Safe]) and without line breaks.
public record Span(String text, Ink ink) {

    public static Span of(String text, Role role) {
        return new Span(text, Ink.of(role));
    }

    /// Cells of all spans together.
    public static int width(List<Span> spans) {
        int cells = 0;
        for (Span span : spans) {
            cells += Cells.width(span.text());
        }
        return cells;
    }
}
