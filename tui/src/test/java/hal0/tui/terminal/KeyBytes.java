package hal0.tui.terminal;

import java.util.LinkedHashMap;
import java.util.Map;

/// What terminals send for a key, in each of the encodings that there are.
///
/// **Source** https://invisible-island.net/xterm/modified-keys.html and
/// https://sw.kovidgoyal.net/kitty/keyboard-protocol/ (read 2026-11-21).
public final class KeyBytes {
    private KeyBytes() {}

    /// By the name of the encoding; those that cannot tell the key from another are not there.
    public static Map<String, String> of(Key key) {
        Map<String, String> all = new LinkedHashMap<>();
        int modifiers = 1 + (key.shift() ? 1 : 0) + (key.alt() ? 2 : 0) + (key.ctrl() ? 4 : 0);
        String legacy = legacy(key, modifiers);
        if (legacy != null) {
            all.put("legacy", legacy);
        }
        Integer code = code(key);
        if (code != null && (modifiers > 1 || key.code() == Key.Code.ESCAPE)) {
            all.put("kitty", "\u001b[" + code + (modifiers > 1 ? ";" + modifiers : "") + "u");
            // Num Lock is on.
            all.put("kitty with locks", "\u001b[" + code + ";" + (modifiers + 128) + "u");
            all.put("kitty with event", "\u001b[" + code + ";" + modifiers + ":1u");
        }
        if (code != null && modifiers > 1) {
            int point = key.shift() && Character.isLetter(code) ? code - 32 : code;
            all.put("modifyOtherKeys", "\u001b[27;" + modifiers + ";" + point + "~");
        }
        return all;
    }

    private static Integer code(Key key) {
        return switch (key.code()) {
            case CHARACTER -> key.character();
            case ENTER -> 13;
            case TAB -> 9;
            case ESCAPE -> 27;
            case BACKSPACE -> 127;
            default -> null;
        };
    }

    private static String legacy(Key key, int modifiers) {
        boolean plain = modifiers == 1;
        return switch (key.code()) {
            case CHARACTER -> character(key);
            case ENTER -> plain ? "\r" : key.alt() && !key.ctrl() ? "\u001b\r" : null;
            case TAB -> plain ? "\t" : modifiers == 2 ? "\u001b[Z" : null;
            case ESCAPE -> null;
            case BACKSPACE -> plain ? "\u007f" : key.alt() && !key.ctrl() ? "\u001b\u007f" : null;
            case DELETE -> tilde(3, modifiers);
            case INSERT -> tilde(2, modifiers);
            case PAGE_UP -> tilde(5, modifiers);
            case PAGE_DOWN -> tilde(6, modifiers);
            case UP -> letter('A', modifiers);
            case DOWN -> letter('B', modifiers);
            case RIGHT -> letter('C', modifiers);
            case LEFT -> letter('D', modifiers);
            case HOME -> letter('H', modifiers);
            case END -> letter('F', modifiers);
            case FUNCTION -> null;
        };
    }

    private static String character(Key key) {
        String typed = Character.toString(key.character());
        if (key.ctrl()) {
            boolean byteOfItsOwn = key.character() >= 'a' && key.character() <= 'z';
            boolean known = (byteOfItsOwn || key.character() == '_') && !key.shift() && !key.alt();
            return known ? Character.toString(key.character() & 0x1f) : null;
        }
        return key.alt() ? "\u001b" + typed : typed;
    }

    private static String tilde(int number, int modifiers) {
        return "\u001b[" + number + (modifiers == 1 ? "" : ";" + modifiers) + "~";
    }

    private static String letter(char last, int modifiers) {
        return "\u001b[" + (modifiers == 1 ? "" : "1;" + modifiers) + last;
    }
}
