package hal0.agent.shell;

import java.util.List;
import java.util.Optional;

/// What is put around a command so that it reaches less.
public interface Sandbox {

    /// Commands run as the user does.
    Sandbox NONE =
            new Sandbox() {
                @Override
                public List<String> around(List<String> command) {
                    return command;
                }

                @Override
                public String told() {
                    return "";
                }

                @Override
                public Optional<String> problem() {
                    return Optional.empty();
                }
            };

    /// The command that runs `command` inside.
    ///
    /// **Errors** [hal0.agent.tool.ToolException] where there is a `problem`: nothing is ever run
    /// outside instead.
    List<String> around(List<String> command);

    /// What a model has to know of it, as a sentence; empty for nothing.
    String told();

    /// Why it cannot work here and what to do; tries it out at the first call.
    Optional<String> problem();
}
