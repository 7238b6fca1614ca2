package hal0.agent.shell;

import java.util.List;

/// What is put around a command so that it reaches less.
@FunctionalInterface
public interface Sandbox {

    /// Commands run as the user does.
    Sandbox NONE = command -> command;

    /// The command that runs `command` inside.
    List<String> around(List<String> command);
}
