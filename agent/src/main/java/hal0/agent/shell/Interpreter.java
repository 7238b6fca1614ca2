package hal0.agent.shell;

import hal0.agent.process.Programs;
import hal0.agent.tool.ToolException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The shell that reads command lines: bash, or sh where there is none.
final class Interpreter {
    private Interpreter() {}

    static boolean isBash(Map<String, String> environment) {
        return Programs.find("bash", environment).isPresent();
    }

    /// **Errors** [ToolException] where there is neither.
    static List<String> command(String line, Map<String, String> environment) {
        Path program =
                Programs.find("bash", environment)
                        .or(() -> Programs.find("sh", environment))
                        .orElseThrow(() ->
                                new ToolException(
                                        "no command can be run: there is neither bash nor sh on"
                                                + " PATH"));
        return List.of(program.toString(), "-c", line);
    }
}
