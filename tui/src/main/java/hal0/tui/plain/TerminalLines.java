package hal0.tui.plain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/// Lines that are edited at a terminal, a dumb one too.
///
/// **Shape** lists of completions are printed below the line and not walked through; nothing is
/// highlighted.
public final class TerminalLines implements Lines {
    /// Shows no sign for what is typed: stars are read aloud one by one.
    private static final char NOTHING = 0;

    private final Terminal terminal;
    private final LineReader reader;
    private volatile Function<String, List<String>> completions = _ -> List.of();

    private TerminalLines(Terminal terminal) {
        this.terminal = terminal;
        // A quote, a backslash and an exclamation mark are text in a message.
        DefaultParser parser = new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);
        parser.setEofOnUnclosedQuote(false);
        this.reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .appName("hal0")
                        .parser(parser)
                        .completer((_, line, candidates) -> complete(line, candidates))
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .option(LineReader.Option.AUTO_MENU, false)
                        .option(LineReader.Option.AUTO_FRESH_LINE, false)
                        .option(LineReader.Option.DISABLE_HIGHLIGHTER, true)
                        .option(LineReader.Option.BRACKETED_PASTE, !isDumb(terminal))
                        .build();
    }

    private static boolean isDumb(Terminal terminal) {
        return terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    /// **Errors** IOException when there is no terminal.
    public static TerminalLines open() throws IOException {
        return new TerminalLines(
                TerminalBuilder.builder()
                        .name("hal0")
                        .system(true)
                        .dumb(true)
                        .encoding(StandardCharsets.UTF_8)
                        .nativeSignals(true)
                        .signalHandler(_ -> {})
                        .graphemeCluster(false)
                        .build());
    }

    private void complete(ParsedLine line, List<Candidate> candidates) {
        String typed = line.line().substring(0, line.cursor());
        completions.apply(typed).forEach(word -> candidates.add(new Candidate(word)));
    }

    @Override
    public Read read(String prompt) {
        return read(prompt, null);
    }

    @Override
    public Read secret(String prompt) {
        return read(prompt, NOTHING);
    }

    private Read read(String prompt, @Nullable Character mask) {
        try {
            return new Read.Text(reader.readLine(prompt, mask));
        } catch (UserInterruptException e) {
            return new Read.Interrupted();
        } catch (EndOfFileException | IllegalStateException e) {
            // The second when the terminal is closed because the process ends.
            return new Read.End();
        }
    }

    @Override
    public void answer(String line) {
        terminal.writer().println(line);
        terminal.flush();
    }

    @Override
    public void aside(String line) {
        answer(line);
    }

    @Override
    public boolean interactive() {
        return true;
    }

    @Override
    public void onInterrupt(Runnable action) {
        terminal.handle(Terminal.Signal.INT, _ -> action.run());
    }

    @Override
    public void recall(List<String> entries) {
        entries.forEach(reader.getHistory()::add);
    }

    @Override
    public void offer(Function<String, List<String>> words) {
        completions = words;
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
