package hal0.cli.launch;

import hal0.cli.console.CommandException;
import hal0.cli.console.ExitCode;
import hal0.home.config.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The programs that `hal0 launch` knows.
final class Tools {
    private static final List<Tool> ALL =
            List.of(
                    new ClaudeCode(),
                    new Codex(),
                    new OpenCode(),
                    new GeminiCli(),
                    new QwenCode(),
                    new Aider(),
                    new Pi());

    private Tools() {}

    /// **Errors** [CommandException] with those that there are.
    static Tool named(String name) {
        return ALL.stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private static CommandException unknown(String name) {
        List<String> names = ALL.stream().map(Tool::name).toList();
        String nearest = Nearest.to(name, names);
        return new CommandException(
                ExitCode.USAGE,
                "hal0 launch knows %s, not \"%s\"%s"
                        .formatted(
                                names.stream().collect(Collectors.joining(", ")),
                                name,
                                nearest == null ? "" : "; did you mean %s?".formatted(nearest)));
    }

    /// Where the tool is.
    ///
    /// **Errors** [CommandException] with how to install it.
    static Path executable(Tool tool, @Nullable String path) {
        for (String folder : (path == null ? "" : path).split(":", -1)) {
            // An empty entry means the current folder, which anybody may have put a program into.
            Path file = Path.of(folder.isEmpty() ? "/nowhere" : folder).resolve(tool.name());
            if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                return file;
            }
        }
        throw new CommandException(
                ExitCode.FAILED,
                "%s is not on the PATH; to install it: %s".formatted(tool.name(), tool.install()));
    }
}
