package hal0.agent.permission.shell;

/// A file that a command line opens for a command.
public record Redirect(Word target, boolean writes) {}
