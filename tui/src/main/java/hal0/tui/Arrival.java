package hal0.tui;

import hal0.tui.plain.Lines;
import hal0.tui.state.UiEvent;

/// What reaches the UI thread.
sealed interface Arrival {
    record Event(UiEvent event) implements Arrival {}

    /// Bytes that were typed; the array is the receiver's.
    record Bytes(byte[] bytes) implements Arrival {}

    record Resize() implements Arrival {}

    /// The program is to be stopped, as Ctrl+Z does.
    record Stop() implements Arrival {}

    /// The program was continued.
    record Resumed() implements Arrival {}

    /// SIGINT: the program is to end.
    record Interrupted() implements Arrival {}

    /// The process is ending; the terminal is restored already.
    record Ending() implements Arrival {}

    /// A thread died of a fault of the program.
    record Broken(String thread, Throwable fault) implements Arrival {}

    /// A line was asked for, and this came.
    record Typed(Lines.Read read) implements Arrival {}

    /// Nothing that was begun is under way any more.
    record Settled() implements Arrival {}

    /// The terminal has gone.
    record Gone() implements Arrival {}
}
