package hal0.tui.terminal;

import java.io.IOException;

/// A terminal as the screen needs it; the one place through which bytes go in and out.
///
/// **Threads** `read` blocks its own thread; the rest belongs to the UI thread, except `restore`,
/// which any thread may call.
public interface Tty extends AutoCloseable {

    Size size();

    /// Keys come unechoed, unbuffered and uninterpreted from now on.
    void raw();

    /// Undoes [#raw].
    void restore();

    /// Arguments of `stty` that undo [#raw] from another process; empty where that cannot be.
    String sttyWords();

    /// Bytes that were typed, -1 when the terminal has gone. Blocks.
    int read(byte[] buffer) throws IOException;

    /// Writes and flushes in one go.
    void write(byte[] bytes);

    /// Runs an action, on a thread of the terminal's, when the size changes.
    void onResize(Runnable action);

    /// Runs an action when the program is told to end by SIGINT; Ctrl+C comes as a key.
    void onInterrupt(Runnable action);

    /// Runs an action when the program is told to stop (`kill -TSTP`) and after it was continued.
    void onSuspend(Runnable stop, Runnable resumed);

    /// Stops the program as Ctrl+Z does and returns once it is continued.
    void suspend();

    /// Runs something that has the terminal for itself: what is typed meanwhile is its own, and so
    /// are the signals of the keyboard. Returns when it has.
    void lend(Runnable user);

    @Override
    void close();
}
