package hal0.agent.permission;

/// How much the agent does of its own accord, where no rule says otherwise.
public enum Mode {
    /// Reads in the workspace; asks for everything else.
    ASK,
    /// Edits files of the workspace too.
    EDIT,
    /// Runs commands and tools too; asks only for what must always be asked.
    AUTO,
    /// Has no tool that writes.
    PLAN
}
