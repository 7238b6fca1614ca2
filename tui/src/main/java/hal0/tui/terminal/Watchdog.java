package hal0.tui.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Restores the terminal when this process is killed so that it cannot do so itself: a shell that
/// reads a pipe, whose end it sees when the process is gone.
///
/// **Shape** the last line of the pipe is what has to be written; an empty one means nothing. Modes
/// of the line are put back only where they are still ours: the user's shell may have been faster.
/// **Threads** any.
public final class Watchdog implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());

    /// It has to live through what ends the process, and to write though it is in the background.
    private static final String SCRIPT =
            """
            : hal0 restores the terminal if it is killed
            trap '' INT HUP QUIT TERM TSTP TTIN TTOU PIPE
            raw=$(stty -g </dev/tty)
            last=$2
            while IFS= read -r line; do last=$line; done
            if [ -n "$last" ]; then
                [ "$(stty -g </dev/tty)" = "$raw" ] && stty $1 </dev/tty
                printf "$last" >/dev/tty
            fi
            """;

    private final ReentrantLock lock = new ReentrantLock();
    private final String sttyWords;
    private String leave = "";
    private boolean closed;
    private @Nullable OutputStream pipe;

    /// `sttyWords` are the arguments of `stty` that undo what raw mode changed.
    public Watchdog(String sttyWords) {
        this.sttyWords = sttyWords;
    }

    /// Starts it; where there is no shell, the terminal is restored by this process alone.
    public void start() {
        lock.lock();
        try {
            if (!closed && pipe == null && !sttyWords.isEmpty()) {
                String known = escaped(leave);
                Process shell =
                        new ProcessBuilder("/bin/sh", "-c", SCRIPT, "hal0", sttyWords, known)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start();
                pipe = shell.getOutputStream();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no shell watches over the terminal", e);
        } finally {
            lock.unlock();
        }
    }

    /// What has to be written to the terminal from now on.
    public void expect(String sequence) {
        lock.lock();
        try {
            leave = sequence;
            tell();
        } finally {
            lock.unlock();
        }
    }

    private void tell() {
        if (pipe == null) {
            return;
        }
        try {
            pipe.write((escaped(leave) + "\n").getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "nobody watches over the terminal any more", e);
        }
    }

    /// As a format of `printf`: one line of plain text.
    static String escaped(String sequence) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < sequence.length(); i++) {
            char c = sequence.charAt(i);
            if (c < ' ' || c == '\\') {
                out.append("\\%03o".formatted((int) c));
            } else {
                out.append(c == '%' ? "%%" : c);
            }
        }
        return out.toString();
    }

    /// Ends it; what is expected now is nothing.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            leave = "";
            tell();
            if (pipe != null) {
                pipe.close();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the watchdog was gone already", e);
        } finally {
            lock.unlock();
        }
    }
}
