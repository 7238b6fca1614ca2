package hal0.agent.hook;

import hal0.agent.hook.HookSettings.Command;
import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.util.ArrayList;
import java.util.List;

/// `[hooks] before_tool, after_tool, on_stop`: lists of command lines, each as text or, to run it
/// for some tools only, as `{ tool = "shell|edit", command = "…" }`.
public final class HooksSection implements Section<HookSettings> {
    public static final HooksSection SECTION = new HooksSection();

    private HooksSection() {}

    @Override
    public String name() {
        return "hooks";
    }

    @Override
    public HookSettings read(TableReader table) {
        return new HookSettings(
                commands(table, "before_tool", true),
                commands(table, "after_tool", true),
                commands(table, "on_stop", false));
    }

    private static List<Command> commands(TableReader table, String key, boolean ofTools) {
        List<Command> commands = new ArrayList<>();
        for (TableReader.TextOrTable item : table.textsOrTables(key)) {
            switch (item) {
                case TableReader.TextOrTable.Text(var line) -> {
                    if (line.isBlank()) {
                        table.problem(key, "has an empty command", "leave it out");
                    } else {
                        commands.add(Command.of(line, ""));
                    }
                }
                case TableReader.TextOrTable.Table(var own) -> {
                    String line = own.string("command", "");
                    String tools = ofTools ? own.string("tool", "") : "";
                    if (line.isBlank()) {
                        own.problem(
                                own.has("command") ? "command" : null,
                                "has no command",
                                "for example { command = \"notify-send done\" }");
                    } else {
                        commands.add(Command.of(line, tools));
                    }
                }
            }
        }
        return commands;
    }
}
