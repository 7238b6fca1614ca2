package hal0.cli.wiring;

import hal0.agent.permission.shell.ShellCommand;
import hal0.agent.permission.shell.ShellLine;
import java.util.List;

/// The words of a command line that is entered for an MCP server, as a shell would read them: no
/// shell runs it.
final class ServerCommand {
    private ServerCommand() {}

    /// **Errors** [IllegalArgumentException] for what only a shell could do, such as a pipe.
    static List<String> words(String line) {
        ShellLine read = ShellLine.ofSh(line);
        String unclear = read.unclear();
        if (unclear != null) {
            throw new IllegalArgumentException("this cannot be read as a command: " + unclear);
        }
        ShellCommand command = read.commands().isEmpty() ? null : read.commands().getFirst();
        boolean plain =
                command != null
                        && read.commands().size() == 1
                        && command.exact()
                        && command.redirects().isEmpty()
                        && command.assignments().isEmpty()
                        && !command.words().isEmpty();
        if (command == null || !plain) {
            throw new IllegalArgumentException(
                    "this is no single command; what needs a shell is written as sh -c '...', and"
                            + " variables belong under env in config.toml");
        }
        return command.texts();
    }
}
