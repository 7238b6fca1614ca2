package hal0.tui.plain;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/// Where lines are typed and printed.
///
/// **Threads** `read` blocks a thread of its own; the rest is for any.
public interface Lines extends AutoCloseable {

    /// What reading a line gave.
    sealed interface Read {
        record Text(String line) implements Read {}

        /// Ctrl+C instead of a line.
        record Interrupted() implements Read {}

        /// There will be no more.
        record End() implements Read {}
    }

    Read read(String prompt) throws IOException;

    /// A line that is not shown while it is typed, nor remembered. Where it could not be hidden
    /// nothing is read: it says why, and gives [Read.Interrupted].
    Read secret(String prompt) throws IOException;

    /// A line of what was asked for. It must be safe to show.
    void answer(String line);

    /// A line of everything else.
    void aside(String line);

    /// Whether somebody is there who can be asked.
    boolean interactive();

    /// Runs an action at Ctrl+C while nothing is read.
    void onInterrupt(Runnable action);

    /// What was typed in earlier sessions, oldest first.
    void recall(List<String> entries);

    /// What can stand for the last word of what is typed.
    void offer(Function<String, List<String>> completions);

    @Override
    void close() throws IOException;
}
