package hal0.tui;

import hal0.tui.terminal.Modes;
import hal0.tui.terminal.TerminalModes;
import hal0.tui.terminal.Tty;
import hal0.tui.terminal.Watchdog;
import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/// The terminal while the client has it: whatever ends the client, the terminal is as it was.
///
/// **Shape** leaving restores it; so does a hook when the process is told to end, and another
/// process when this one is killed. A thread that dies of a fault ends the client, because nobody
/// knows what it leaves undone. **Threads** one opens and closes.
final class TakenTerminal implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TakenTerminal.class.getName());

    private final TerminalModes modes;
    private final Watchdog watchdog;
    private final Thread hook;
    private final @Nullable UncaughtExceptionHandler before;

    private TakenTerminal(Tty tty, Modes modes, UiQueue queue) {
        this.modes = new TerminalModes(tty, modes);
        this.watchdog = new Watchdog(tty.sttyWords());
        this.hook = new Thread(() -> ending(queue), "tty-restore");
        this.before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> {
            LOG.log(System.Logger.Level.ERROR, "a fault in " + thread.getName(), fault);
            queue.put(new Arrival.Broken(thread.getName(), fault));
        });
        Runtime.getRuntime().addShutdownHook(hook);
        tty.onInterrupt(() -> queue.put(new Arrival.Interrupted()));
        tty.onResize(() -> queue.put(new Arrival.Resize()));
        tty.onSuspend(() -> queue.put(new Arrival.Stop()), () -> queue.put(new Arrival.Resumed()));
    }

    static TakenTerminal of(Tty tty, Modes modes, UiQueue queue) {
        return new TakenTerminal(tty, modes, queue);
    }

    TerminalModes modes() {
        return modes;
    }

    /// Has another process watch from now on.
    void watch() {
        modes.watch(watchdog::expect);
        watchdog.start();
    }

    /// The terminal first; then the turn that runs gets its moment to be written down.
    private void ending(UiQueue queue) {
        try {
            modes.leave();
        } finally {
            queue.put(new Arrival.Ending());
        }
    }

    @Override
    public void close() {
        modes.leave();
        watchdog.close();
        Thread.setDefaultUncaughtExceptionHandler(before);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "the program is ending; the hook has run", e);
        }
    }
}
