package hal0.tui.terminal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The question what background the terminal has, and its answer.
///
/// **Source** https://invisible-island.net/xterm/ctlseqs/ctlseqs.html, OSC 11 (read 2026-11-22):
/// the answer is `ESC ] 11 ; rgb:RRRR/GGGG/BBBB` with one to four digits each.
public final class Background {
    public static final String QUESTION = "\u001b]11;?\u001b\\";

    private static final String ANSWER = "]11;rgb:";

    private Background() {}

    /// What to write to a terminal that is asked; the Linux console would show it.
    public static String question(Map<String, String> environment) {
        return environment.getOrDefault("TERM", "").startsWith("linux") ? "" : QUESTION;
    }

    /// What the environment says before the terminal has answered, as some terminals set
    /// `COLORFGBG=15;0`: light where its last number is that of white.
    public static boolean isLight(Map<String, String> environment) {
        String colors = environment.getOrDefault("COLORFGBG", "");
        return colors.endsWith(";7") || colors.endsWith(";15");
    }

    /// The answer without its ESC and its end; null when it is another.
    static @Nullable Input decode(String reply) {
        if (!reply.startsWith(ANSWER)) {
            return null;
        }
        String[] parts = reply.substring(ANSWER.length()).split("/", -1);
        if (parts.length != 3) {
            return null;
        }
        double red = channel(parts[0]);
        double green = channel(parts[1]);
        double blue = channel(parts[2]);
        boolean valid = red >= 0 && green >= 0 && blue >= 0;
        return valid
                ? new Input.Background(0.299 * red + 0.587 * green + 0.114 * blue > 0.5)
                : null;
    }

    /// From 0 to 1, or -1 when it is no number.
    private static double channel(String digits) {
        boolean valid =
                !digits.isEmpty()
                        && digits.length() <= 4
                        && digits.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return valid ? Integer.parseInt(digits, 16) / (Math.pow(16, digits.length()) - 1) : -1;
    }
}
