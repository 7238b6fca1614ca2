package hal0.tui.state;

import hal0.tui.text.Row.Part;
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

    /// What is read among calls that still run stays at the top when those above it grow.
    static UiState steady(UiState before, UiState after) {
        Transcript was = before.transcript();
        Transcript is = after.transcript();
        boolean moved = after.screen().scroll().equals(before.screen().scroll()) && !was.equals(is);
        if (!moved
                || !(after.screen().scroll()
                        instanceof Scroll.Anchored(var row, var line, var seen))
                || row < was.rows().size()
                || row >= was.size()
                || !(was.row(row) instanceof Part part)) {
            return after;
        }
        int first = first(was, was.rows().size(), part.block());
        int now = first(is, was.rows().size(), part.block());
        return now < 0
                ? after
                : after.withScroll(new Scroll.Anchored(now + row - first, line, seen));
    }

    private static int first(Transcript transcript, int from, int block) {
        for (int row = from; row < transcript.size(); row++) {
            if (transcript.row(row) instanceof Part part && part.block() == block) {
                return row;
            }
        }
        return -1;
    }
}
