package hal0.cli.config;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The user's editor.
///
/// **Shape** `command` may have arguments, as in `code --wait`.
record Editor(String command) {
    private static final List<String> USUAL = List.of("sensible-editor", "nano", "vim", "vi");

    /// `VISUAL`, else `EDITOR`, else one that most systems have.
    ///
    /// **Errors** [CommandException] when there is none.
    static Editor of(Map<String, String> environment) {
        for (String variable : List.of("VISUAL", "EDITOR")) {
            String command = environment.getOrDefault(variable, "").strip();
            if (!command.isEmpty()) {
                return new Editor(command);
            }
        }
        if (!Console.isTerminal(0) || !Console.isTerminal(1)) {
            // It would wait for keys that nobody can press.
            throw new CommandException(
                    ExitCode.FAILED,
                    "an editor needs a terminal; without one set EDITOR to a program that needs none");
        }
        for (String name : USUAL) {
            for (String folder :
                    environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
                if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                    return new Editor(name);
                }
            }
        }
        throw new CommandException(
                ExitCode.FAILED, "no editor is known: set EDITOR, for example EDITOR=nano");
    }

    /// Waits until it has ended; returns its exit code. It has this process's terminal meanwhile.
    int edit(Path file) throws IOException, InterruptedException {
        return new ProcessBuilder("/bin/sh", "-c", command + " \"$@\"", command, file.toString())
                .inheritIO()
                .start()
                .waitFor();
    }
}
