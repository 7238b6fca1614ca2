package hal0.tui.terminal;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The modes that the screen needs, and their undoing.
///
/// **Shape** `enter` and `leave` do nothing when that is how things are; nothing is written to the
/// screen after `leave`, so a frame that is late cannot spoil the restored terminal. **Threads**
/// any: a shutdown hook leaves while the UI thread draws.
public final class TerminalModes {
    private static final System.Logger LOG = System.getLogger(TerminalModes.class.getName());

    /// A mode that was found out to be there, and what undoes it.
    private record Extra(String on, String off) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Tty tty;
    private final Modes modes;
    private final List<Extra> extras = new ArrayList<>();
    private Consumer<String> watcher = _ -> {};
    private volatile boolean entered;

    public TerminalModes(Tty tty) {
        this(tty, Modes.FULL_SCREEN);
    }

    public TerminalModes(Tty tty, Modes modes) {
        this.tty = tty;
        this.modes = modes;
    }

    /// Tells what would have to be written if the process ended now, at once and at each change;
    /// empty while nothing would. **Threads** on those that change the modes.
    public void watch(Consumer<String> told) {
        lock.lock();
        try {
            watcher = told;
            told.accept(entered ? leaving() : "");
        } finally {
            lock.unlock();
        }
    }

    public void enter() {
        lock.lock();
        try {
            if (!entered) {
                entered = true;
                tty.raw();
                StringBuilder out = new StringBuilder(modes.enter());
                extras.forEach(extra -> out.append(extra.on()));
                tty.write(bytes(out.toString()));
                watcher.accept(leaving());
            }
        } finally {
            lock.unlock();
        }
    }

    /// Switches something on, now and at each entering; `off` undoes it at each leaving.
    public void also(String on, String off) {
        lock.lock();
        try {
            extras.add(new Extra(on, off));
            if (entered) {
                tty.write(bytes(on));
                watcher.accept(leaving());
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
                watcher.accept("");
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
            tty.write(bytes(leaving()));
        } catch (UncheckedIOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the terminal has gone, nothing to restore", e);
        }
    }

    /// What was switched on last is switched off first; some of it belongs to the alternate screen.
    private String leaving() {
        StringBuilder out = new StringBuilder();
        extras.reversed().forEach(extra -> out.append(extra.off()));
        return out.append(modes.leave()).toString();
    }

    /// Writes to the screen, if it is on.
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
