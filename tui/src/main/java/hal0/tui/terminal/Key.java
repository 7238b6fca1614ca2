package hal0.tui.terminal;

/// A key with its modifiers. `character` is the code point of a [Code#CHARACTER], else 0.
///
/// **Shape** Ctrl with a letter is the small letter; Shift is part of a printing character, not a
/// modifier of it.
public record Key(Code code, int character, boolean shift, boolean alt, boolean ctrl) {

    public enum Code {
        CHARACTER,
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
        HOME,
        END,
        PAGE_UP,
        PAGE_DOWN,
        FUNCTION
    }

    public static Key of(Code code) {
        return new Key(code, 0, false, false, false);
    }

    public static Key of(int character) {
        return new Key(Code.CHARACTER, character, false, false, false);
    }

    public static Key ctrl(char letter) {
        return new Key(Code.CHARACTER, letter, false, false, true);
    }

    public static Key alt(char letter) {
        return new Key(Code.CHARACTER, letter, false, true, false);
    }

    public static Key ctrlShift(char letter) {
        return new Key(Code.CHARACTER, letter, true, false, true);
    }

    public static Key ctrl(Code code) {
        return new Key(code, 0, false, false, true);
    }

    public static Key alt(Code code) {
        return new Key(code, 0, false, true, false);
    }

    public Key withAlt() {
        return new Key(code, character, shift, true, ctrl);
    }

    public Key withShift() {
        return new Key(code, character, true, alt, ctrl);
    }

    public Key withoutShift() {
        return new Key(code, character, false, alt, ctrl);
    }

    /// What people call it, as in `Ctrl+Shift+C`.
    public String name() {
        String letter =
                ctrl || alt
                        ? Character.toString(Character.toUpperCase(character))
                        : Character.toString(character);
        String own =
                switch (code) {
                    case CHARACTER -> character == ' ' ? "Space" : letter;
                    case ENTER -> "Enter";
                    case TAB -> "Tab";
                    case ESCAPE -> "Esc";
                    case BACKSPACE -> "Backspace";
                    case DELETE -> "Delete";
                    case INSERT -> "Insert";
                    case UP -> "↑";
                    case DOWN -> "↓";
                    case LEFT -> "←";
                    case RIGHT -> "→";
                    case HOME -> "Home";
                    case END -> "End";
                    case PAGE_UP -> "PgUp";
                    case PAGE_DOWN -> "PgDn";
                    case FUNCTION -> "F" + character;
                };
        return (ctrl ? "Ctrl+" : "") + (alt ? "Alt+" : "") + (shift ? "Shift+" : "") + own;
    }

    /// A character to be typed, not a command.
    public boolean isTyped() {
        return code == Code.CHARACTER && !alt && !ctrl;
    }

    public boolean isTyped(char letter) {
        return isTyped() && character == letter;
    }

    public boolean isCtrl(char letter) {
        return code == Code.CHARACTER && ctrl && !alt && character == letter;
    }

    public boolean isAlt(char letter) {
        return code == Code.CHARACTER && alt && !ctrl && character == letter;
    }
}
