package hal0.cli.console;

import java.io.PrintStream;

/// Says what a longer piece of work is at: on a terminal in one line that changes, elsewhere in a
/// line for each step.
///
/// **Threads** any. Closing takes the changing line away.
public final class Progress implements AutoCloseable {
    private static final int LONGEST = 78;
    private static final String REST_OF_LINE_AWAY = "\u001b[K";

    private final PrintStream err;
    private final boolean terminal;
    private boolean shown;

    Progress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /// On standard error.
    public static Progress on(Console console) {
        return new Progress(console.err(), Console.isTerminal(2));
    }

    /// The work is at this.
    public synchronized void at(String step) {
        if (terminal) {
            int end = Math.min(step.length(), LONGEST);
            err.print("\r" + step.substring(0, end) + REST_OF_LINE_AWAY);
            err.flush();
            shown = true;
        }
    }

    /// A step is done; told where each has a line of its own.
    public synchronized void done(String step) {
        if (!terminal) {
            err.println(step);
        }
    }

    @Override
    public synchronized void close() {
        if (shown) {
            err.print("\r" + REST_OF_LINE_AWAY);
            err.flush();
            shown = false;
        }
    }
}
