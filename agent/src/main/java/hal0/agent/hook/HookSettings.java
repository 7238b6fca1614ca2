package hal0.agent.hook;

import java.util.Arrays;
import java.util.List;

/// `[hooks]`: the commands, in the order in which they run.
public record HookSettings(
        List<Command> beforeTool, List<Command> afterTool, List<Command> onStop) {
    public static final HookSettings NONE = new HookSettings(List.of(), List.of(), List.of());

    public HookSettings {
        beforeTool = List.copyOf(beforeTool);
        afterTool = List.copyOf(afterTool);
        onStop = List.copyOf(onStop);
    }

    /// One command and the tools that it is run for.
    ///
    /// **Shape** `tools` are names, where `*` stands for anything; none is every tool.
    public record Command(String line, List<String> tools) {
        public Command {
            tools = List.copyOf(tools);
        }

        /// `names` as in the configuration: `shell|edit`, `github__*`.
        public static Command of(String line, String names) {
            return new Command(
                    line,
                    Arrays.stream(names.split("\\|", -1))
                            .map(String::strip)
                            .filter(name -> !name.isEmpty())
                            .toList());
        }

        boolean isFor(String tool) {
            return tools.isEmpty() || tools.stream().anyMatch(name -> matches(name, tool));
        }

        /// Piece by piece, which takes no longer than the name is long.
        private static boolean matches(String pattern, String name) {
            String[] pieces = pattern.split("\\*", -1);
            if (pieces.length == 1) {
                return pattern.equals(name);
            }
            String last = pieces[pieces.length - 1];
            if (!name.startsWith(pieces[0])) {
                return false;
            }
            int at = pieces[0].length();
            for (int i = 1; i < pieces.length - 1; i++) {
                int found = name.indexOf(pieces[i], at);
                if (found < 0) {
                    return false;
                }
                at = found + pieces[i].length();
            }
            return name.length() - at >= last.length() && name.endsWith(last);
        }
    }
}
