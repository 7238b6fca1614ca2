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

    public Key withAlt() {
        return new Key(code, character, shift, true, ctrl);
    }

    public Key withShift() {
        return new Key(code, character, true, alt, ctrl);
    }

    /// A character to be typed, not a command.
    public boolean isTyped() {
        return code == Code.CHARACTER && !alt && !ctrl;
    }

    public boolean isCtrl(char letter) {
        return code == Code.CHARACTER && ctrl && !alt && character == letter;
    }

    public boolean isAlt(char letter) {
        return code == Code.CHARACTER && alt && !ctrl && character == letter;
    }
}
