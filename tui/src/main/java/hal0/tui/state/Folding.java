package hal0.tui.state;

import hal0.tui.text.Row;
import hal0.tui.text.Row.Part;
import org.jspecify.annotations.Nullable;

/// Folds and unfolds blocks of the transcript without moving what is being read.
final class Folding {
    private Folding() {}

    /// Turns all blocks of a kind.
    static UiState all(UiState state, Part.Kind kind) {
        Folds folds = state.screen().folds().turnedAll(kind);
        return state.with(state.screen().with(folds));
    }

    /// Turns the block on a line of the screen, counted from the top; null when none is there.
    static @Nullable UiState at(UiState state, int line) {
        Viewport viewport = state.viewport();
        int row = viewport.rowAt(state.screen().scroll(), line);
        if (row < 0 || !(state.transcript().row(row) instanceof Part part)) {
            return null;
        }
        return turned(state, part);
    }

    /// Turns the last block that is shown; null when none is.
    static @Nullable UiState last(UiState state) {
        Viewport viewport = state.viewport();
        for (int line = viewport.height() - 1; line >= 0; line--) {
            int row = viewport.rowAt(state.screen().scroll(), line);
            Row shown = row < 0 ? Row.BLANK : state.transcript().row(row);
            if (shown instanceof Part part) {
                return turned(state, part);
            }
        }
        return null;
    }

    /// The line at the top of the screen stays there.
    private static UiState turned(UiState state, Part part) {
        Scroll held = state.viewport().held(state.screen().scroll());
        Folds folds = state.screen().folds().turned(part);
        UiState next = state.with(state.screen().with(folds));
        return next.withScroll(next.viewport().moved(held, 0));
    }
}
