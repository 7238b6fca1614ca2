package hal0.tui.view;

import hal0.tui.state.Geometry;
import hal0.tui.state.Overlay;
import hal0.tui.state.UiState;
import hal0.tui.state.Viewport;
import hal0.tui.terminal.Canvas;
import hal0.tui.terminal.Frame;
import hal0.tui.text.Span;
import java.util.List;

/// The whole screen.
public final class ScreenView {
    private ScreenView() {}

    /// Where the cursor stands. Negative columns hide it.
    record Cursor(int column, int row) {
        static final Cursor HIDDEN = new Cursor(-1, -1);
    }

    public static Frame draw(UiState state, Theme theme) {
        Canvas canvas = new Canvas(state.screen().size());
        Geometry geometry = Geometry.of(state);
        int laidOut = transcript(canvas, state, theme);
        SelectionView.draw(canvas, state);
        BottomView.aside(canvas, state, geometry, theme);
        BottomView.rule(canvas, state, geometry, theme);
        Cursor cursor = BottomView.prompt(canvas, state, geometry, theme);
        BottomView.status(canvas, state, geometry, theme);
        BottomView.completions(canvas, state, geometry, theme);
        Overlay overlay = state.top();
        if (overlay != null) {
            cursor = OverlayView.draw(canvas, state, overlay, theme);
        }
        return new Frame(canvas, cursor.column(), cursor.row(), laidOut);
    }

    private static int transcript(Canvas canvas, UiState state, Theme theme) {
        if (state.transcript().size() == 0) {
            WelcomeView.draw(canvas, state, theme);
            return 0;
        }
        Viewport.Window window = state.viewport().window(state.screen().scroll());
        int row = 0;
        for (List<Span> line : window.lines()) {
            line(canvas, 0, row, line, theme);
            row++;
        }
        return window.laidOut();
    }

    public static void line(Canvas canvas, int column, int row, List<Span> spans, Theme theme) {
        int x = column;
        for (Span span : spans) {
            x = canvas.put(x, row, span.text(), theme.style(span.ink()));
        }
    }
}
