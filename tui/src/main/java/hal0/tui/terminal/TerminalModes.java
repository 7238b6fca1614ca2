package hal0.tui.terminal;

import java.nio.charset.StandardCharsets;

/// The modes that the screen needs, and their undoing.
///
/// **Shape** `enter` and `leave` do nothing when that is how things are; nothing is written to the
/// screen after `leave`, so a frame that is late cannot spoil the restored terminal. **Threads**
/// any: a shutdown hook leaves while the UI thread draws.
public final class TerminalModes {
    /// Alternate screen, bracketed paste, wheel (button events in SGR form), focus, kitty's
    /// disambiguated keys, xterm's modifyOtherKeys.
    static final String ENTER =
            "\u001b[?1049h\u001b[?2004h\u001b[?1000h\u001b[?1006h\u001b[?1004h\u001b[>1u\u001b[>4;1m";

    static final String LEAVE =
            "\u001b[?2026l\u001b[>4;0m\u001b[<u\u001b[?1004l\u001b[?1006l\u001b[?1000l\u001b[?2004l"
                    + "\u001b[0m\u001b[?25h\u001b[?1049l";

    private final Object lock = new Object();
    private final Tty tty;
    private boolean entered;

    public TerminalModes(Tty tty) {
        this.tty = tty;
    }

    public void enter() {
        synchronized (lock) {
            if (!entered) {
                entered = true;
                tty.raw();
                tty.write(bytes(ENTER));
            }
        }
    }

    public void leave() {
        synchronized (lock) {
            if (entered) {
                entered = false;
                tty.write(bytes(LEAVE));
                tty.restore();
            }
        }
    }

    /// Writes to the full screen, if it is on.
    public void write(String text) {
        synchronized (lock) {
            if (entered && !text.isEmpty()) {
                tty.write(bytes(text));
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
