package hal0.agent.process;

import java.time.Duration;
import java.util.List;

/// A program that was started, with all that it starts.
///
/// **Shape** `output` is what it writes; `errors` what it writes to standard error, null where that
/// is in `output`. Whoever has it reads both to their end or closes them. **Threads** any.
public final class Running {
    private final Process process;
    private final ProcessTree tree;
    private final OutputPipe output;
    private final OutputPipe errors;

    Running(Process process, ProcessTree tree, OutputPipe output, OutputPipe errors) {
        this.process = process;
        this.tree = tree;
        this.output = output;
        this.errors = errors;
    }

    public OutputPipe output() {
        return output;
    }

    /// The same as `output` where both are merged.
    public OutputPipe errors() {
        return errors;
    }

    public long pid() {
        return process.pid();
    }

    /// Whether the program itself runs; others that it has started may outlive it.
    public boolean isAlive() {
        return process.isAlive();
    }

    /// Runs `then` when the program is over, on a thread that must not be held up.
    public void onExit(Runnable then) {
        var _ = process.onExit().thenRun(then);
    }

    public boolean awaitExit(Duration patience) throws InterruptedException {
        return process.waitFor(patience);
    }

    /// **Errors** [IllegalThreadStateException] while it runs.
    public int exitCode() {
        return process.exitValue();
    }

    /// What lives of it now, the program itself and all that came of it.
    public List<ProcessHandle> members() {
        return tree.members();
    }

    /// Asks all of it to end, and makes it after `grace`. True when nothing of it is left.
    public boolean end(Duration grace) {
        return tree.end(grace);
    }
}
