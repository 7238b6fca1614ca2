package hal0.tui.state;

import hal0.tui.terminal.Key;

/// A line of text that is entered over the transcript.
final class Field {
    private Field() {}

    /// The text after a key that edits it.
    static Prompt edited(Prompt text, Key key) {
        if (key.isTyped()) {
            return text.insert(Character.toString(key.character()));
        }
        if (key.isCtrl('u')) {
            return text.killToStart();
        }
        if (key.isCtrl('w')) {
            return text.killWordBefore();
        }
        if (key.isCtrl('k')) {
            return text.killToEnd();
        }
        if (key.isCtrl('a')) {
            return text.lineStart();
        }
        if (key.isCtrl('e')) {
            return text.lineEnd();
        }
        return switch (key.code()) {
            case BACKSPACE -> text.backspace();
            case DELETE -> text.delete();
            case LEFT -> text.left();
            case RIGHT -> text.right();
            case HOME -> text.lineStart();
            case END -> text.lineEnd();
            case CHARACTER, ENTER, TAB, ESCAPE, INSERT, UP, DOWN, PAGE_UP, PAGE_DOWN, FUNCTION ->
                    text;
        };
    }
}
