package hal0.tui.terminal;

/// Which modes of the terminal the client uses: the alternate screen, and the mouse, which in the
/// normal screen stays the terminal's.
public record Modes(boolean alternate, boolean mouse) {
    public static final Modes FULL_SCREEN = new Modes(true, true);
    public static final Modes INLINE = new Modes(false, false);

    private static final String MOUSE_ON = "\u001b[?1002h\u001b[?1006h";
    private static final String MOUSE_OFF = "\u001b[?1006l\u001b[?1002l";

    /// Bracketed paste and focus beside what was chosen.
    String enter() {
        return (alternate ? "\u001b[?1049h" : "")
                + "\u001b[?2004h"
                + (mouse ? MOUSE_ON : "")
                + "\u001b[?1004h";
    }

    /// In the normal screen what is below the cursor is ours and goes; what is above stays.
    String leave() {
        return "\u001b[?2026l\u001b[?1004l"
                + (mouse ? MOUSE_OFF : "")
                + "\u001b[?2004l\u001b[0m\u001b[?25h"
                + (alternate ? "\u001b[?1049l" : "\r\n\u001b[J");
    }
}
