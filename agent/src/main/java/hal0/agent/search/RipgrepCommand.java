package hal0.agent.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How ripgrep is called so that it looks at what [Walker] looks at.
final class RipgrepCommand {
    private RipgrepCommand() {}

    /// Rules that give way to those of the repository.
    static List<String> rules(GrepRequest request) {
        List<String> rules = new ArrayList<>(request.hidden() ? List.of() : Ignores.HIDDEN_LINES);
        rules.add(".git");
        return rules;
    }

    static List<String> of(Path program, GrepRequest request, Path rules) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                program.toString(),
                                "--no-config",
                                "--no-messages",
                                "--no-require-git",
                                "--no-ignore-global",
                                "--hidden",
                                "--crlf",
                                "--ignore-file",
                                rules.toString()));
        command.addAll(
                switch (request.mode()) {
                    case LINES ->
                            List.of(
                                    "--json",
                                    "--max-count",
                                    Integer.toString(FileSearch.MOST_LINES + 1),
                                    "--context",
                                    Integer.toString(request.context()));
                    case FILES -> List.of("--files-with-matches", "--null");
                    case COUNT -> List.of("--count", "--null", "--with-filename");
                });
        if (request.ignoreCase()) {
            command.add("--ignore-case");
        }
        FileGlob glob = request.glob();
        if (glob != null && glob.ofNames() && request.place().folder()) {
            // A filter only: --glob would also bring back what is ignored.
            command.addAll(List.of("--type-add", "wanted:" + glob, "--type", "wanted"));
        }
        command.addAll(
                List.of("--regexp", request.regex(), "--", request.place().start().toString()));
        return command;
    }
}
