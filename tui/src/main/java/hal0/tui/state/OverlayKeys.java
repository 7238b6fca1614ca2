package hal0.tui.state;

import hal0.tui.state.Effect.Next;
import hal0.tui.state.Overlay.Choice;
import hal0.tui.state.Overlay.Pick;
import hal0.tui.state.Overlay.Picker;
import hal0.tui.terminal.Key;
import hal0.tui.text.Graphemes;
import java.util.List;

/// Keys while an overlay is open.
final class OverlayKeys {
    private static final int PAGE = 10;

    private OverlayKeys() {}

    static Next pressed(UiState state, Overlay overlay, Key key) {
        if (overlay instanceof Overlay.Question asking) {
            return key.code() == Key.Code.ESCAPE
                    ? QuestionKeys.escaped(state)
                    : QuestionKeys.pressed(state, asking, key);
        }
        if (overlay instanceof Board board) {
            return key.code() == Key.Code.ESCAPE
                    ? BoardKeys.escaped(state, board)
                    : BoardKeys.pressed(state, board, key);
        }
        if (key.code() == Key.Code.ESCAPE) {
            return Next.of(state.pop());
        }
        if (overlay instanceof Find find) {
            return Find.pressed(state, find, key);
        }
        int step = step(key);
        if (step != 0) {
            return moved(state, overlay, step);
        }
        return switch (overlay) {
            case Picker picker -> picker(state, picker, key);
            case Board board -> BoardKeys.pressed(state, board, key);
            case Overlay.Help _ -> help(state, key);
            case Find find -> Find.pressed(state, find, key);
            case Sheet sheet -> sheet(state, sheet, key);
            case Overlay.Question asking -> QuestionKeys.pressed(state, asking, key);
        };
    }

    static int step(Key key) {
        if (key.isCtrl('n') || key.isCtrl('r')) {
            return 1;
        }
        if (key.isCtrl('p')) {
            return -1;
        }
        return switch (key.code()) {
            case UP -> -1;
            case DOWN -> 1;
            case PAGE_UP -> -PAGE;
            case PAGE_DOWN -> PAGE;
            case CHARACTER,
                    ENTER,
                    TAB,
                    ESCAPE,
                    BACKSPACE,
                    DELETE,
                    INSERT,
                    LEFT,
                    RIGHT,
                    HOME,
                    END,
                    FUNCTION ->
                    0;
        };
    }

    /// As [#step], also to the ends.
    static int jump(Key key) {
        return switch (key.code()) {
            case HOME -> -100_000;
            case END -> 100_000;
            case CHARACTER,
                    ENTER,
                    TAB,
                    ESCAPE,
                    BACKSPACE,
                    DELETE,
                    INSERT,
                    UP,
                    DOWN,
                    LEFT,
                    RIGHT,
                    PAGE_UP,
                    PAGE_DOWN,
                    FUNCTION ->
                    step(key);
        };
    }

    static Next moved(UiState state, Overlay overlay, int steps) {
        return switch (overlay) {
            case Picker picker ->
                    Next.of(state.replaceTop(picker.withSelected(picker.selected() + steps)));
            case Board board -> Next.of(state.replaceTop(board.moved(steps)));
            case Overlay.Help(var scroll) ->
                    Next.of(state.replaceTop(new Overlay.Help(HelpText.clamped(scroll + steps))));
            case Overlay.Question asking -> QuestionKeys.scrolled(state, asking, steps);
            case Find _ -> Next.of(Keys.scrolled(state, steps * Reducer.WHEEL_LINES));
            case Sheet sheet -> Next.of(state.replaceTop(sheet.scrolled(steps)));
        };
    }

    private static Next picker(UiState state, Picker picker, Key key) {
        if (key.code() == Key.Code.ENTER) {
            List<Choice> shown = picker.shown();
            return shown.isEmpty()
                    ? Next.of(state)
                    : chosen(state.pop(), shown.get(Math.min(picker.selected(), shown.size() - 1)));
        }
        if (key.code() == Key.Code.HOME || key.code() == Key.Code.END) {
            int to = key.code() == Key.Code.HOME ? 0 : Integer.MAX_VALUE;
            return Next.of(state.replaceTop(picker.withSelected(to)));
        }
        String filter = filtered(picker.filter(), key);
        return filter.equals(picker.filter())
                ? Next.of(state)
                : Next.of(state.replaceTop(picker.withFilter(filter)));
    }

    /// The filter after a key that edits it.
    static String filtered(String filter, Key key) {
        if (key.isTyped()) {
            return filter + Character.toString(key.character());
        }
        if (key.code() == Key.Code.BACKSPACE) {
            return filter.substring(0, Graphemes.previous(filter, filter.length()));
        }
        return key.isCtrl('u') || key.isCtrl('w') ? "" : filter;
    }

    private static Next chosen(UiState state, Choice choice) {
        return switch (choice.pick()) {
            case Pick.Past(var text) -> Next.of(state.with(Prompt.of(text)));
            case Pick.Run(var command) -> Commands.run(state, command, "");
            case Pick.Users(var command) -> Commands.users(state, command, "");
            case Pick.Theme(var name, var palette) -> Themes.taken(state, name, palette);
        };
    }

    private static Next help(UiState state, Key key) {
        boolean closes =
                key.code() == Key.Code.ENTER
                        || (key.isTyped() && "q?".indexOf(key.character()) >= 0);
        return Next.of(closes ? state.pop() : state);
    }

    private static Next sheet(UiState state, Sheet sheet, Key key) {
        Effect.Work then = sheet.then();
        if (key.code() == Key.Code.ENTER) {
            return then == null ? Next.of(state.pop()) : Commands.between(state.pop(), then);
        }
        return Next.of(key.isTyped() && key.character() == 'q' ? state.pop() : state);
    }
}
