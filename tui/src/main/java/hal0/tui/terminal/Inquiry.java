package hal0.tui.terminal;

import java.util.Map;

/// What a terminal is asked about itself after the first paint, and what its answers switch on.
///
/// **Shape** nobody waits for answers: a terminal that does not give any is used without. The last
/// question is one that nearly every terminal answers, so what was not answered before it is not
/// offered. **Source** kitty keyboard protocol (sw.kovidgoyal.net/kitty/keyboard-protocol),
/// synchronized output (github.com/contour-terminal/vt-extensions), both read 2026-11-21.
/// **Threads** one.
public final class Inquiry {
    private static final String KITTY = "\u001b[?u";
    private static final String SYNCHRONIZED = "\u001b[?2026$p";
    private static final String ATTRIBUTES = "\u001b[c";

    private final TerminalModes modes;
    private final Runnable unsynchronized;
    private boolean kitty;
    private boolean over;

    /// `unsynchronized` is run when frames need not be marked.
    public Inquiry(TerminalModes modes, Runnable unsynchronized) {
        this.modes = modes;
        this.unsynchronized = unsynchronized;
    }

    /// What to write; the Linux console has nothing to offer, and Terminal.app shows the end of the
    /// question about synchronized output as text (github.com/neovim/neovim/pull/28453).
    public static String questions(Map<String, String> environment) {
        if (environment.getOrDefault("TERM", "").startsWith("linux")) {
            return "";
        }
        boolean apple = environment.getOrDefault("TERM_PROGRAM", "").equals("Apple_Terminal");
        return KITTY + (apple ? "" : SYNCHRONIZED) + ATTRIBUTES;
    }

    /// Takes an answer over; a second answer to the same changes nothing.
    public void heard(Input.Reported answer) {
        if (over) {
            return;
        }
        String body = answer.body();
        switch (answer.last()) {
            case 'u' -> {
                if (!kitty) {
                    kitty = true;
                    modes.also("\u001b[>5u", "\u001b[<u");
                }
            }
            case 'y' -> {
                if (body.equals("?2026;0$") || body.equals("?2026;4$")) {
                    unsynchronized.run();
                }
            }
            case 'c' -> {
                over = true;
                if (!kitty) {
                    modes.also("\u001b[>4;1m", "\u001b[>4;0m");
                }
            }
            default -> {
                // Answers to questions of others, such as those of a program that ran before.
            }
        }
    }
}
