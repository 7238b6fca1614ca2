package hal0.cli.console;

import hal0.tui.text.Safe;
import java.io.PrintStream;

/// Prints a model's words as they come. A terminal is shown them with their control characters made
/// visible, so that no answer can act on it; a pipe gets them as they are.
///
/// **Threads** one.
public final class TerminalText {
    private final PrintStream out;
    private final boolean terminal;

    /// Half of a character whose other half is in the next piece.
    private String open = "";

    public TerminalText(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /// A text in one line, in which nothing can act on a terminal.
    public static String oneLine(String text) {
        return Safe.oneLine(text);
    }

    public void print(String piece) {
        String text = open + piece;
        int end = text.length();
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        open = text.substring(end);
        String whole = text.substring(0, end);
        out.print(terminal ? Safe.visible(whole) : whole);
        out.flush();
    }
}
