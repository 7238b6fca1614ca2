package hal0.tui.state;

/// Which part of the transcript is shown.
public sealed interface Scroll {
    /// The end, whatever comes.
    record Following() implements Scroll {}

    /// From a screen line of a row on; `newLines` came at the end since.
    record Anchored(int row, int line, int newLines) implements Scroll {}
}
