package hal0.agent.permission.shell;

/// A variable that a command line sets, for one command or for those that follow.
public record Assignment(String name, Word value) {}
