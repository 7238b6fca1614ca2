package hal0.cli.doctor;

import hal0.agent.hook.HookSettings;
import hal0.agent.hook.HookSettings.Command;
import hal0.agent.process.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether the programs are there that hooks begin with.
///
/// **Shape** only a plain first word is looked for; what else a line does only a shell can tell.
record HooksCheck(HookSettings hooks, Map<String, String> environment) implements Check {
    private static final Set<String> OF_THE_SHELL =
            Set.of(
                    ".", ":", "[", "break", "case", "cd", "command", "echo", "eval", "exec", "exit",
                    "export", "false", "for", "if", "printf", "read", "return", "set", "test",
                    "trap", "true", "umask", "unset", "until", "wait", "while");

    @Override
    public String id() {
        return "hooks";
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        look("before_tool", hooks.beforeTool(), rows);
        look("after_tool", hooks.afterTool(), rows);
        look("on_stop", hooks.onStop(), rows);
        int all = hooks.beforeTool().size() + hooks.afterTool().size() + hooks.onStop().size();
        if (rows.isEmpty() && all > 0) {
            rows.add(Row.pass("hooks", all == 1 ? "1 hook" : all + " hooks"));
        }
        return rows;
    }

    private void look(String key, List<Command> commands, List<Row> rows) {
        for (Command command : commands) {
            String word = command.line().strip().split("\\s", 2)[0];
            if (isMissing(word)) {
                rows.add(
                        Row.fail(
                                "hooks." + key,
                                "%s begins with %s, which is no program here".formatted(key, word),
                                key.equals("before_tool")
                                        ? "mend or remove it: while it fails, every call that it is for is denied"
                                        : "mend or remove it"));
            }
        }
    }

    private boolean isMissing(String word) {
        if (!word.matches("[A-Za-z0-9_./~+-]+") || OF_THE_SHELL.contains(word)) {
            return false;
        }
        if (word.startsWith("~/")) {
            return !isProgram(Path.of(environment.getOrDefault("HOME", "/"), word.substring(2)));
        }
        if (word.startsWith("/")) {
            return !isProgram(Path.of(word));
        }
        // A path that begins nowhere is one of the folder that the agent works in.
        return !word.contains("/") && Programs.find(word, environment).isEmpty();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
