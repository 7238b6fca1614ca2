package hal0.tui.state;

import java.util.List;

/// Where in the transcript one reads. Pure.
final class Reading {
    private Reading() {}

    /// To what the user said before what is shown at the top, or after it.
    static UiState jumped(UiState state, int by) {
        Scroll.Anchored top = state.viewport().held(state.screen().scroll());
        List<Integer> said = state.transcript().said();
        int at = -1;
        for (int place : said) {
            if (by < 0 && (place < top.row() || (place == top.row() && top.line() > 0))) {
                at = place;
            } else if (by > 0 && at < 0 && place > top.row()) {
                at = place;
            }
        }
        if (at < 0) {
            return by < 0
                    ? state.withScroll(state.viewport().top())
                    : state.withScroll(new Scroll.Following());
        }
        Scroll there = new Scroll.Anchored(at, 0, top.newLines());
        return state.withScroll(state.viewport().moved(there, 0));
    }

    /// The text at the top of the screen stays there when lines break elsewhere.
    static UiState kept(UiState before, UiState after) {
        if (!(before.screen().scroll() instanceof Scroll.Anchored(var row, var line, var seen))
                || row >= before.transcript().size()) {
            return after;
        }
        int passed = before.viewport().charactersBefore(row, line);
        int now = after.viewport().lineAt(row, passed);
        return after.withScroll(new Scroll.Anchored(row, now, seen));
    }
}
