package hal0.tui.state;

/// Whether an answer is being given.
public sealed interface Turn {
    record Idle() implements Turn {}

    /// **Units** seconds since it was sent. `interrupted` once the user asked it to stop; `ended`
    /// once its last event has come and only the conversation's return is awaited.
    record Running(int seconds, boolean interrupted, boolean ended) implements Turn {}
}
