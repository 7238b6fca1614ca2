package hal0.tui;

import java.util.Map;

/// What tells a user who looks elsewhere that hal0 waits for them.
///
/// **Shape** a fixed sentence: nothing of a model's. Behind tmux and screen it is the bell, which
/// they pass on as their user wants it. **Source** OSC 99:
/// sw.kovidgoyal.net/kitty/desktop-notifications; OSC 9:
/// iterm2.com/documentation-escape-codes.html, wezterm.org/escape-sequences.html,
/// ghostty.org/docs/vt; OSC 777: codeberg.org/dnkl/foot (foot-ctlseqs), all read 2026-11-21.
final class Attention {
    private static final String BELL = "\u0007";
    private static final String SAID = "hal0 waits for you";

    private Attention() {}

    /// What to write; empty for nothing.
    static String of(TuiSettings.Notify wish, Map<String, String> environment) {
        return switch (wish) {
            case OFF -> "";
            case BELL -> BELL;
            case AUTO -> byDesktop(environment);
        };
    }

    private static String byDesktop(Map<String, String> environment) {
        if (environment.containsKey("TMUX") || environment.containsKey("STY")) {
            return BELL;
        }
        String term = environment.getOrDefault("TERM", "");
        if (term.equals("xterm-kitty") || environment.containsKey("KITTY_WINDOW_ID")) {
            return "\u001b]99;;" + SAID + "\u001b\\";
        }
        if (term.startsWith("foot") || term.startsWith("rxvt-unicode")) {
            return "\u001b]777;notify;hal0;" + SAID + "\u001b\\";
        }
        return switch (environment.getOrDefault("TERM_PROGRAM", "")) {
            case "iTerm.app", "WezTerm", "ghostty", "WarpTerminal" ->
                    "\u001b]9;" + SAID + "\u001b\\";
            default -> BELL;
        };
    }
}
