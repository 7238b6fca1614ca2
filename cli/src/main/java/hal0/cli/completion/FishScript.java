package hal0.cli.completion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Completions for fish, which picocli does not write.
///
/// **Shape** one line for each command and option; a function tells which command is being written.
/// **Source** fishshell.com/docs/current/cmds/complete.html, read 2026-11-21.
record FishScript(String program) {

    String of(CommandLine top) {
        Map<String, CommandLine> commands = new LinkedHashMap<>();
        collect("", top, commands);
        StringBuilder script = new StringBuilder();
        script.append(where(commands));
        commands.forEach((path, command) -> lines(script, path, command));
        return script.toString();
    }

    /// Every command by the words that lead to it; aliases are left to who knows them.
    private static void collect(String path, CommandLine at, Map<String, CommandLine> commands) {
        commands.put(path, at);
        at.getSubcommands()
                .forEach((name, each) -> {
                    if (name.equals(each.getCommandName())) {
                        collect(path.isEmpty() ? name : path + " " + name, each, commands);
                    }
                });
    }

    /// The words that name commands, in the order in which they stand; all other words are options
    /// and their values.
    private String where(Map<String, CommandLine> commands) {
        List<String> paths = new ArrayList<>(commands.keySet());
        paths.remove("");
        return """
        # Completions of %1$s for fish.
        set -g __%1$s_commands %2$s

        function __%1$s_at
            set -l at
            for word in (commandline -opc)[2..]
                if contains -- (string join ' ' $at $word) $__%1$s_commands
                    set -a at $word
                end
            end
            test "$at" = "$argv[1]"
        end

        """
                .formatted(
                        program,
                        paths.stream().map(FishScript::quoted).collect(Collectors.joining(" ")));
    }

    private void lines(StringBuilder script, String path, CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        command.getSubcommands()
                .forEach((name, each) -> {
                    if (name.equals(each.getCommandName())) {
                        line(script, path)
                                .append(" -f -a ")
                                .append(quoted(name))
                                .append(
                                        described(
                                                each.getCommandSpec().usageMessage().description()))
                                .append('\n');
                    }
                });
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                option(line(script, path), option);
            }
        }
    }

    private StringBuilder line(StringBuilder script, String path) {
        return script.append("complete -c ")
                .append(program)
                .append(" -n ")
                .append(quoted("__" + program + "_at " + quoted(path)));
    }

    private static void option(StringBuilder line, OptionSpec option) {
        for (String name : option.names()) {
            line.append(name.startsWith("--") ? " -l " : name.length() == 2 ? " -s " : " -o ")
                    .append(quoted(name.replaceFirst("^--?", "")));
        }
        String values = values(option);
        boolean wantsValue = option.arity().min() > 0;
        if (!values.isEmpty()) {
            line.append(" -x -a ").append(quoted(values));
        } else if (wantsValue) {
            line.append(" -r");
        }
        line.append(described(option.description())).append('\n');
    }

    private static String values(OptionSpec option) {
        return option.completionCandidates() == null
                ? ""
                : StreamSupport.stream(option.completionCandidates().spliterator(), false)
                        .map(value -> value.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" "));
    }

    private static String described(String... lines) {
        return lines.length == 0
                ? ""
                : " -d " + quoted(lines[0].replace("%%", "%").replaceFirst("[.;](?: .*)?$", ""));
    }

    /// In single quotes only these two mean anything.
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
