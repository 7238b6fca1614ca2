package hal0.tui.view;

import hal0.tui.state.Pointing;
import hal0.tui.state.UiState;
import hal0.tui.terminal.Canvas;

/// What is selected, shown on the lines of the transcript that are drawn.
final class SelectionView {
    private SelectionView() {}

    static void draw(Canvas canvas, UiState state) {
        for (Pointing.Stretch stretch : Pointing.selected(state)) {
            canvas.invert(stretch.column(), stretch.row(), stretch.columns());
        }
    }
}
