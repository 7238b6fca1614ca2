package hal0.tui.plain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/// Lines of a pipe, or of a terminal whose output goes elsewhere.
public final class StreamLines implements Lines {
    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;

    /// `interactive` when somebody types.
    public StreamLines(InputStream in, PrintStream out, PrintStream err, boolean interactive) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.err = err;
        this.interactive = interactive;
    }

    @Override
    public Read read(String prompt) throws IOException {
        if (interactive) {
            err.print(prompt);
            err.flush();
        }
        String line = in.readLine();
        return line == null ? new Read.End() : new Read.Text(line);
    }

    @Override
    public Read secret(String prompt) {
        aside("what is typed here would be seen: hal0 providers credentials set ID takes a key");
        return new Read.Interrupted();
    }

    @Override
    public void answer(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void aside(String line) {
        err.println(line);
    }

    @Override
    public boolean interactive() {
        return interactive;
    }

    /// The process ends by it.
    @Override
    public void onInterrupt(Runnable action) {}

    @Override
    public void recall(List<String> entries) {}

    @Override
    public void offer(Function<String, List<String>> completions) {}

    @Override
    public void close() {}
}
