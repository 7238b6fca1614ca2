package hal0.providers.event;

/// Why an answer ended.
public enum StopReason {
    /// The model was done.
    END,
    /// The output limit was reached.
    LENGTH,
    /// The model waits for the results of its tool calls.
    TOOL_CALLS,
    /// A stop sequence of the caller was written.
    STOP_SEQUENCE,
    /// The provider or the model refused to go on.
    REFUSAL,
    /// The provider paused a long turn; sending the conversation again continues it.
    PAUSE,
    /// The provider gave a reason that is none of the above.
    OTHER
}
