package hal0.tui.terminal;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The modes that the screen needs, and their undoing.
///
/// **Shape** `enter` and `leave` do nothing when that is how things are; nothing is written to the
/// screen after `leave`, so a frame that is late cannot spoil the restored terminal. **Threads**
/// any: a shutdown hook leaves while the UI thread draws.
public final class TerminalModes {
    /// Alternate screen, bracketed paste, mouse buttons and what is dragged (in SGR form), focus,
    /// kitty's disambiguated keys with those of the Latin layout, xterm's modifyOtherKeys.
    static final String ENTER =
            "\u001b[?1049h\u001b[?2004h\u001b[?1002h\u001b[?1006h\u001b[?1004h\u001b[>5u\u001b[>4;1m";

    static final String LEAVE =
            "\u001b[?2026l\u001b[>4;0m\u001b[<u\u001b[?1004l\u001b[?1006l\u001b[?1002l\u001b[?2004l"
                    + "\u001b[0m\u001b[0 q\u001b[?25h\u001b[?1049l";

    private static final System.Logger LOG = System.getLogger(TerminalModes.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Tty tty;
    private volatile boolean entered;

    public TerminalModes(Tty tty) {
        this.tty = tty;
    }

    public void enter() {
        lock.lock();
        try {
            if (!entered) {
                entered = true;
                tty.raw();
                tty.write(bytes(ENTER));
            }
        } finally {
            lock.unlock();
        }
    }

    /// A write that the terminal does not take (output stopped, connection dead) is waited for only
    /// a moment, so that the program can end; the modes of the line are then all that is restored.
    public void leave() {
        boolean free = acquired();
        try {
            if (entered) {
                entered = false;
                if (free) {
                    writeLeave();
                }
                tty.restore();
            }
        } finally {
            if (free) {
                lock.unlock();
            }
        }
    }

    private boolean acquired() {
        try {
            return lock.tryLock(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return lock.tryLock();
        }
    }

    private void writeLeave() {
        try {
            tty.write(bytes(LEAVE));
        } catch (UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the terminal has gone, nothing to restore", e);
        }
    }

    /// Writes to the full screen, if it is on.
    public void write(String text) {
        lock.lock();
        try {
            if (entered && !text.isEmpty()) {
                tty.write(bytes(text));
            }
        } finally {
            lock.unlock();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
