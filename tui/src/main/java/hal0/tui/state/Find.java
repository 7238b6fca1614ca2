package hal0.tui.state;

import hal0.tui.state.Effect.Next;
import hal0.tui.terminal.Key;
import hal0.tui.text.Graphemes;
import hal0.tui.text.Layout;
import hal0.tui.text.Row;
import hal0.tui.text.Row.Part;
import hal0.tui.text.Span;
import java.util.List;
import java.util.Locale;

/// Seeks words in the transcript: what is typed is sought at once, from what is shown on upwards.
///
/// **Shape** `row` is where it was found, or where seeking stopped; `walking` when letters move on
/// instead of being typed. **Units** a key looks at no more than [#MOST] rows.
public record Find(String query, int row, boolean walking, State state, Scroll before)
        implements Overlay {
    private static final int MOST = 8_000;

    /// Rows are looked at as if the screen were so wide, so that no break hides a word.
    private static final int WIDE = 1 << 20;

    public enum State {
        NOTHING_SOUGHT,
        FOUND,
        MISSED,
        /// There is more to look at.
        GOES_ON
    }

    static Find begun(UiState state) {
        return new Find(
                "",
                state.transcript().size() - 1,
                false,
                State.NOTHING_SOUGHT,
                state.screen().scroll());
    }

    /// Open, and looking for `wanted` unless that is empty.
    static UiState opened(UiState state, String wanted) {
        Find find = begun(state);
        UiState open = state.push(find);
        return wanted.isEmpty() ? open : find.typed(open, wanted);
    }

    static Next pressed(UiState state, Find find, Key key) {
        int step = find.step(key);
        if (step != 0) {
            return Next.of(find.seek(state, find.query, find.row + step, step, true));
        }
        if (key.code() == Key.Code.BACKSPACE) {
            int end = Graphemes.previous(find.query, find.query.length());
            return Next.of(find.typed(state, find.query.substring(0, end)));
        }
        if (key.isCtrl('u')) {
            return Next.of(find.typed(state, ""));
        }
        if (key.isTyped()) {
            return Next.of(find.typed(state, find.query + Character.toString(key.character())));
        }
        return Next.of(state);
    }

    /// Upwards is back in time, which is where one looks first.
    private int step(Key key) {
        if (key.isCtrl('s') || key.isCtrl('r') || key.isCtrl('f')) {
            return key.isCtrl('s') && walking ? 1 : -1;
        }
        if (walking && key.isTyped() && (key.character() == 'n' || key.character() == 'N')) {
            return key.character() == 'n' ? -1 : 1;
        }
        return switch (key.code()) {
            case ENTER -> key.shift() ? 1 : -1;
            case UP -> -1;
            case DOWN -> 1;
            case CHARACTER,
                    TAB,
                    ESCAPE,
                    BACKSPACE,
                    DELETE,
                    INSERT,
                    LEFT,
                    RIGHT,
                    HOME,
                    END,
                    PAGE_UP,
                    PAGE_DOWN,
                    FUNCTION ->
                    0;
        };
    }

    UiState typed(UiState state, String other) {
        if (other.isEmpty()) {
            Find empty = begun(state.withScroll(before));
            return state.withScroll(before).replaceTop(empty);
        }
        return seek(state, other, other.startsWith(query) ? row : size(state) - 1, -1, false);
    }

    private static int size(UiState state) {
        return state.transcript().size();
    }

    private UiState seek(UiState state, String wanted, int from, int step, boolean walks) {
        if (wanted.isEmpty()) {
            return state;
        }
        String low = wanted.toLowerCase(Locale.ROOT);
        int at = from;
        for (int looked = 0; looked < MOST && at >= 0 && at < size(state); looked++) {
            if (text(state.transcript().row(at)).contains(low)) {
                return shown(state, new Find(wanted, at, walks, State.FOUND, before));
            }
            at += step;
        }
        boolean more = at >= 0 && at < size(state);
        Find next =
                more
                        ? new Find(wanted, at, walks, State.GOES_ON, before)
                        : new Find(wanted, row, walks, State.MISSED, before);
        return state.replaceTop(next);
    }

    /// Scrolls to what was found, in the middle of the screen, and unfolds it.
    private static UiState shown(UiState state, Find found) {
        Row row = state.transcript().row(found.row);
        Folds folds = state.screen().folds();
        boolean hidden = row instanceof Part && Layout.lines(row, WIDE, folds.opens(row)).isEmpty();
        UiState open =
                hidden && row instanceof Part part
                        ? state.with(state.screen().with(folds.turned(part)))
                        : state;
        Viewport viewport = open.viewport();
        Scroll at = new Scroll.Anchored(found.row, 0, 0);
        return open.withScroll(viewport.moved(at, -viewport.height() / 2)).replaceTop(found);
    }

    private static String text(Row row) {
        StringBuilder text = new StringBuilder();
        for (List<Span> line : Layout.lines(row, WIDE, true)) {
            line.forEach(span -> text.append(span.text()));
        }
        return text.toString().toLowerCase(Locale.ROOT);
    }

    /// What to say beside what is typed.
    public String note() {
        return switch (state) {
            case NOTHING_SOUGHT -> "type to find · Esc closes";
            case FOUND -> walking ? "n older · N newer · Esc closes" : "Enter older · Esc closes";
            case MISSED -> "nothing more · Esc closes";
            case GOES_ON -> "not in the last %,d rows · Enter goes on".formatted(MOST);
        };
    }
}
