package hal0.agent.checkpoint;

/// Which way changes are gone through.
public enum Direction {
    /// Takes them back.
    UNDO,
    /// Makes them again.
    REDO
}
