package hal0.tui.terminal;

import org.jspecify.annotations.Nullable;

/// What a CSI sequence says.
final class Csi {
    private static final int RELEASED = 3;
    private static final int SHIFT = 1;
    private static final int ALT = 2;
    private static final int CTRL = 4;
    private static final int SUPER = 8;
    private static final int HYPER = 16;
    private static final int MOUSE_SHIFT = 4;
    private static final int MOTION = 32;
    private static final int WHEEL = 64;
    private static final int OTHER_BUTTONS = 128;

    private Csi() {}

    /// The input for `ESC [ body last`, or null when it is none of ours.
    static @Nullable Input decode(String body, char last) {
        if (body.startsWith("<")) {
            return mouse(body.substring(1), last);
        }
        if (body.startsWith("?")) {
            return new Input.Reported(body, last);
        }
        if (body.startsWith(">")) {
            return null;
        }
        if (body.isEmpty() && (last == 'I' || last == 'O')) {
            return new Input.Focus(last == 'I');
        }
        String[] fields = body.split(";", -1);
        Key key =
                switch (last) {
                    case '~' -> tilde(fields);
                    case 'u' -> unicode(fields);
                    default -> isReleased(fields) ? null : letter(last, number(fields, 1, 0, 1));
                };
        return key == null ? null : new Input.Pressed(key);
    }

    /// The key of a final letter, as in `ESC [ A` and `ESC O A`; null when unknown.
    static @Nullable Key letter(char last, int modifiers) {
        Key.Code code =
                switch (last) {
                    case 'A' -> Key.Code.UP;
                    case 'B' -> Key.Code.DOWN;
                    case 'C' -> Key.Code.RIGHT;
                    case 'D' -> Key.Code.LEFT;
                    case 'H' -> Key.Code.HOME;
                    case 'F' -> Key.Code.END;
                    case 'M' -> Key.Code.ENTER;
                    case 'Z' -> Key.Code.TAB;
                    case 'P', 'Q', 'R', 'S' -> Key.Code.FUNCTION;
                    default -> null;
                };
        if (code == null) {
            return null;
        }
        int function = code == Key.Code.FUNCTION ? last - 'P' + 1 : 0;
        Key key = modified(code, function, modifiers);
        return last == 'Z' && key != null ? key.withShift() : key;
    }

    private static @Nullable Key tilde(String[] fields) {
        int number = number(fields, 0, 0, 0);
        int modifiers = number(fields, 1, 0, 1);
        if (number == 27) {
            return coded(number(fields, 2, 0, 0), modifiers);
        }
        Key.Code code =
                switch (number) {
                    case 1, 7 -> Key.Code.HOME;
                    case 2 -> Key.Code.INSERT;
                    case 3 -> Key.Code.DELETE;
                    case 4, 8 -> Key.Code.END;
                    case 5 -> Key.Code.PAGE_UP;
                    case 6 -> Key.Code.PAGE_DOWN;
                    default -> number >= 11 && number <= 24 ? Key.Code.FUNCTION : null;
                };
        if (code == null || isReleased(fields)) {
            return null;
        }
        return modified(code, code == Key.Code.FUNCTION ? functionOf(number) : 0, modifiers);
    }

    /// The numbers of F1 to F12 have holes at 16 and 22.
    private static int functionOf(int number) {
        return number - 10 - (number > 16 ? 1 : 0) - (number > 22 ? 1 : 0);
    }

    private static @Nullable Key unicode(String[] fields) {
        if (isReleased(fields)) {
            return null;
        }
        int modifiers = number(fields, 1, 0, 1);
        boolean shift = ((modifiers - 1) & 1) != 0;
        int shifted = number(fields, 0, 1, 0);
        int base = number(fields, 0, 2, 0);
        int point = number(fields, 0, 0, 0);
        // On a keyboard of another script, Ctrl and Alt mean the key where a Latin one has it.
        boolean command = (modifiers - 1 & (CTRL | ALT)) != 0 && point > 0x7F && base > 0;
        return coded(command ? base : shift && shifted > 0 ? shifted : point, modifiers);
    }

    /// A key that is named by its code point.
    private static @Nullable Key coded(int point, int modifiers) {
        Key.Code code = special(point);
        if (code != Key.Code.CHARACTER) {
            return modified(code, 0, modifiers);
        }
        if (point < 0x20
                || (point >= 0xE000 && point <= 0xF8FF)
                || point > 0x10FFFF
                || isOfTheSystem(modifiers)) {
            return null;
        }
        int bits = modifiers - 1;
        boolean ctrl = (bits & CTRL) != 0;
        boolean alt = (bits & ALT) != 0;
        boolean shift = (bits & SHIFT) != 0;
        int typed =
                ctrl ? Character.toLowerCase(point) : shift ? Character.toUpperCase(point) : point;
        return ctrl ? control(typed, shift, alt) : new Key(code, typed, false, alt, false);
    }

    /// What terminals of old send as the same byte is the same key in every encoding.
    private static Key control(int point, boolean shift, boolean alt) {
        Key key =
                switch (point) {
                    case 'm' -> Key.of(Key.Code.ENTER);
                    case 'i' -> Key.of(Key.Code.TAB);
                    case 'h' -> Key.of(Key.Code.BACKSPACE);
                    case '[' -> Key.of(Key.Code.ESCAPE);
                    case '/', '_', '7' -> Key.ctrl('_');
                    case '-' -> Key.ctrl(shift ? '_' : '-');
                    case '@', '2' -> Key.ctrl(' ');
                    default -> new Key(Key.Code.CHARACTER, point, shift, false, true);
                };
        return alt ? key.withAlt() : key;
    }

    private static Key.Code special(int point) {
        return switch (point) {
            case 9 -> Key.Code.TAB;
            case 13, 57414 -> Key.Code.ENTER;
            case 27 -> Key.Code.ESCAPE;
            case 8, 127 -> Key.Code.BACKSPACE;
            case 57417 -> Key.Code.LEFT;
            case 57418 -> Key.Code.RIGHT;
            case 57419 -> Key.Code.UP;
            case 57420 -> Key.Code.DOWN;
            case 57421 -> Key.Code.PAGE_UP;
            case 57422 -> Key.Code.PAGE_DOWN;
            case 57423 -> Key.Code.HOME;
            case 57424 -> Key.Code.END;
            case 57425 -> Key.Code.INSERT;
            case 57426 -> Key.Code.DELETE;
            default -> Key.Code.CHARACTER;
        };
    }

    /// Super and Hyper belong to the desktop. The locks beside them are no modifiers of ours.
    private static boolean isOfTheSystem(int modifiers) {
        return (modifiers - 1 & (SUPER | HYPER)) != 0;
    }

    private static @Nullable Key modified(Key.Code code, int character, int modifiers) {
        int bits = Math.max(0, modifiers - 1);
        return isOfTheSystem(modifiers)
                ? null
                : new Key(
                        code,
                        character,
                        (bits & SHIFT) != 0,
                        (bits & ALT) != 0,
                        (bits & CTRL) != 0);
    }

    private static @Nullable Input mouse(String body, char last) {
        String[] fields = body.split(";", -1);
        int button = number(fields, 0, 0, 0);
        if ((button & WHEEL) != 0) {
            return last == 'M' ? wheel(button) : null;
        }
        int which = button & 3;
        int column = number(fields, 1, 0, 0) - 1;
        int row = number(fields, 2, 0, 0) - 1;
        // Shift is how the user asks the terminal itself to select.
        if (which == 3
                || button >= OTHER_BUTTONS
                || (button & MOUSE_SHIFT) != 0
                || column < 0
                || row < 0) {
            return null;
        }
        Input.Mouse.Action action =
                last == 'm'
                        ? Input.Mouse.Action.RELEASE
                        : (button & MOTION) != 0
                                ? Input.Mouse.Action.DRAG
                                : Input.Mouse.Action.PRESS;
        return new Input.Mouse(action, which, 1, column, row);
    }

    private static @Nullable Input wheel(int button) {
        return switch (button & 3) {
            case 0 -> new Input.Wheel(-1);
            case 1 -> new Input.Wheel(1);
            default -> null;
        };
    }

    private static boolean isReleased(String[] fields) {
        return number(fields, 1, 1, 1) == RELEASED;
    }

    /// A number of `a:b;c:d`, or `otherwise` where it is missing.
    private static int number(String[] fields, int field, int part, int otherwise) {
        if (field >= fields.length) {
            return otherwise;
        }
        String[] parts = fields[field].split(":", -1);
        if (part >= parts.length || parts[part].isEmpty() || parts[part].length() > 7) {
            return otherwise;
        }
        int value = 0;
        for (char c : parts[part].toCharArray()) {
            if (c < '0' || c > '9') {
                return otherwise;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
