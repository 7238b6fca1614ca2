package hal0.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.config.ConfigProblem;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The standard streams: always UTF-8, whatever the locale says, because pipes are read by
/// programs.
public final class Console {
    private final WatchedStream watched;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean standard;

    public Console(OutputStream out, OutputStream err) {
        this(out, err, false);
    }

    private Console(OutputStream out, OutputStream err, boolean standard) {
        this.standard = standard;
        this.watched = new WatchedStream(out);
        this.out = new PrintStream(watched, false, UTF_8);
        this.err = new PrintStream(err, true, UTF_8);
    }

    public static Console standard() {
        return new Console(
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                true);
    }

    public PrintWriter outWriter() {
        return new PrintWriter(out, true, UTF_8);
    }

    public PrintWriter errWriter() {
        return new PrintWriter(err, true, UTF_8);
    }

    /// For what was asked for.
    public PrintStream out() {
        return out;
    }

    /// For everything else.
    public PrintStream err() {
        return err;
    }

    /// How wide lines of the output may be: as the terminal, and of any width elsewhere.
    public int width() {
        return standard && isTerminal(1) ? TerminalWidth.ask() : Integer.MAX_VALUE;
    }

    /// Tells what is wrong in a file; what does not keep it from being used is marked.
    public void problem(ConfigProblem problem) {
        boolean warning = problem.severity() == ConfigProblem.Severity.WARNING;
        err.println(warning ? "warning: " + problem : problem);
    }

    /// Tells why one provider cannot be used while everything else can.
    public void leftOut(ConfigProblem problem) {
        err.println("warning: " + problem + "; this provider is left out");
    }

    /// Whether whoever read the output is gone, as with `| head -1`.
    public boolean isOutputGone() {
        return out.checkError();
    }

    /// Why the output could not be written; empty while it can, and when its reader chose to leave.
    public Optional<String> outputProblem() {
        return isOutputGone() ? watched.problem() : Optional.empty();
    }

    /// What stands on standard input, unless that is a terminal.
    public static String pipedInput() throws IOException {
        if (isTerminal(0)) {
            return "";
        }
        InputStream in = System.in;
        return new String(in.readAllBytes(), UTF_8);
    }

    /// The terminal that both input and output are. Java 25 has no console where they are none,
    /// those before it had one that said so.
    public static Optional<java.io.Console> findTerminal() {
        return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal);
    }

    /// Whether that descriptor is a terminal. The JDK can only tell for input and output together.
    public static boolean isTerminal(int descriptor) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return target.startsWith("/dev/pts")
                    || target.startsWith("/dev/tty")
                    || target.startsWith("/dev/console");
        } catch (IOException e) {
            // No /proc here (macOS): both together is the best that can be told.
            return findTerminal().isPresent();
        }
    }
}
