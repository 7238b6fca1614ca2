package hal0.tui.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Addresses that a terminal opens when they are clicked.
///
/// **Source** https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda (read 2026-11-22):
/// `OSC 8 ; parameters ; URI ST`, the URI of printable ASCII and at most about 2000 bytes.
public final class Hyperlinks {
    private static final int LONGEST = 2000;
    private static final Set<String> PROGRAMS =
            Set.of("iterm.app", "wezterm", "ghostty", "vscode", "rio");
    private static final Set<String> TERMS =
            Set.of("xterm-kitty", "xterm-ghostty", "foot", "foot-extra", "alacritty", "contour");

    private Hyperlinks() {}

    /// Whether the terminal is known to take them; others might show what they do not know.
    public static boolean areTaken(Map<String, String> environment) {
        String program = environment.getOrDefault("TERM_PROGRAM", "").toLowerCase(Locale.ROOT);
        if (program.equals("tmux")) {
            return version(environment.getOrDefault("TERM_PROGRAM_VERSION", "")) >= 304;
        }
        String term = environment.getOrDefault("TERM", "");
        if (environment.containsKey("TMUX") || term.startsWith("screen") || term.equals("dumb")) {
            return false;
        }
        return PROGRAMS.contains(program)
                || TERMS.contains(term)
                || environment.containsKey("WT_SESSION")
                || number(environment.getOrDefault("VTE_VERSION", "")) >= 5002
                || number(environment.getOrDefault("KONSOLE_VERSION", "")) >= 201200;
    }

    /// `target` as a terminal may be told it; empty when it is not one to be opened by a click.
    public static String address(String target) {
        String lower = target.toLowerCase(Locale.ROOT);
        boolean known =
                lower.startsWith("https://")
                        || lower.startsWith("http://")
                        || lower.startsWith("file:///");
        if (!known || target.length() > LONGEST) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        for (byte each : target.getBytes(StandardCharsets.UTF_8)) {
            int value = each & 0xff;
            if (value > 0x20 && value < 0x7f && value != ';') {
                out.append((char) value);
            } else {
                out.append('%').append("%02X".formatted(value));
            }
        }
        return out.length() > LONGEST ? "" : out.toString();
    }

    /// What begins the link, or ends the one before where there is none.
    static String sequence(String address) {
        return "\u001b]8;;" + address + "\u001b\\";
    }

    /// `3.4a` as 304; 0 when it is none.
    private static int version(String text) {
        String[] parts = text.split("\\.", 3);
        return parts.length < 2 ? 0 : number(parts[0]) * 100 + number(parts[1]);
    }

    /// The number that the text begins with, or 0.
    private static int number(String text) {
        int value = 0;
        for (int i = 0; i < Math.min(text.length(), 8); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return value;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }
}
