package hal0.tui.terminal;

import org.jspecify.annotations.Nullable;

/// What a CSI sequence says.
final class Csi {
    private static final int RELEASED = 3;

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
        return last == 'Z' ? key.withShift() : key;
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
        return coded(shift && shifted > 0 ? shifted : number(fields, 0, 0, 0), modifiers);
    }

    /// A key that is named by its code point.
    private static @Nullable Key coded(int point, int modifiers) {
        Key.Code code =
                switch (point) {
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
        if (code != Key.Code.CHARACTER) {
            return modified(code, 0, modifiers);
        }
        if (point < 0x20 || (point >= 0xE000 && point <= 0xF8FF) || point > 0x10FFFF) {
            return null;
        }
        int bits = modifiers - 1;
        boolean ctrl = (bits & 4) != 0;
        boolean shift = (bits & 1) != 0;
        int typed =
                ctrl ? Character.toLowerCase(point) : shift ? Character.toUpperCase(point) : point;
        return new Key(code, typed, ctrl && shift, (bits & 2) != 0, ctrl);
    }

    private static Key modified(Key.Code code, int character, int modifiers) {
        int bits = Math.max(0, modifiers - 1);
        return new Key(code, character, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
    }

    private static @Nullable Input mouse(String body, char last) {
        int button = number(body.split(";", -1), 0, 0, 0);
        if (last != 'M' || (button & 64) == 0) {
            return null;
        }
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
