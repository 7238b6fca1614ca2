package hal0.tui.view;

import hal0.tui.state.Find;
import hal0.tui.state.Geometry;
import hal0.tui.state.UiState;
import hal0.tui.terminal.Canvas;
import hal0.tui.text.Cells;
import hal0.tui.text.Ink;
import hal0.tui.text.Span;
import hal0.tui.view.ScreenView.Cursor;
import java.util.List;
import java.util.Locale;

/// What is sought, on the line over the prompt, and where it is shown.
final class FindView {
    private static final String SIGN = " find: ";

    private FindView() {}

    static Cursor draw(Canvas canvas, UiState state, Find find, Theme theme) {
        Geometry geometry = Geometry.of(state);
        int columns = canvas.size().columns();
        int row = geometry.ruleRows() > 0 ? geometry.ruleRow() : geometry.promptRow();
        canvas.fill(0, row, columns, 1, theme.style(Ink.PLAIN));
        String query = tail(find.query(), columns - SIGN.length() - 1);
        int at = canvas.put(0, row, SIGN, theme.title());
        int caret = canvas.put(at, row, query, theme.style(Ink.PLAIN));
        String note = find.note();
        if (columns - caret > Cells.width(note) + 3) {
            canvas.put(columns - Cells.width(note) - 1, row, note, theme.style(Ink.DIM));
        }
        if (!find.query().isEmpty()) {
            mark(canvas, state, find.query().toLowerCase(Locale.ROOT), theme);
        }
        return new Cursor(Math.min(caret, columns - 1), row);
    }

    /// The end of what is typed is what one looks at.
    private static String tail(String query, int columns) {
        String shown = query;
        while (Cells.width(shown) > Math.max(1, columns)) {
            shown = shown.substring(shown.offsetByCodePoints(0, 1));
        }
        return shown;
    }

    private static void mark(Canvas canvas, UiState state, String query, Theme theme) {
        int row = 0;
        for (List<Span> line : state.viewport().window(state.screen().scroll()).lines()) {
            StringBuilder all = new StringBuilder();
            line.forEach(span -> all.append(span.text()));
            String text = all.toString();
            String low = text.toLowerCase(Locale.ROOT);
            // A letter whose small form is longer would shift the places of those after it.
            int found = low.length() == text.length() ? low.indexOf(query) : -1;
            while (found >= 0) {
                int end = found + query.length();
                int column = Cells.width(text.substring(0, found));
                canvas.put(column, row, text.substring(found, end), theme.selected());
                found = low.indexOf(query, end);
            }
            row++;
        }
    }
}
