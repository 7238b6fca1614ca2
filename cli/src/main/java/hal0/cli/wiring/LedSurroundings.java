package hal0.cli.wiring;

import hal0.agent.ContextUse;
import hal0.agent.context.SlashCommands;
import hal0.agent.mcp.ServerSpec;
import hal0.agent.permission.Rule;
import hal0.agent.permission.Rules;
import hal0.agent.search.FileIndex;
import hal0.agent.tool.AgentTool;
import hal0.home.memory.Memorized;
import hal0.home.memory.Memory;
import hal0.home.memory.Note;
import hal0.tui.Belongings;
import hal0.tui.Surroundings;
import hal0.tui.state.ContextLines;
import hal0.tui.state.Page;
import hal0.tui.state.Sheet.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What an agent works with, for the screen.
record LedSurroundings(
        LedAgent led, Configuration configuration, FileIndex files, Path commandsFolder)
        implements Surroundings {
    private static final int MOST_NOTES = 100;
    private static final int MOST_FILES = 50;

    @Override
    public List<Line> read(Page page) {
        return switch (page) {
            case CONTEXT -> ContextLines.of(use());
            case MEMORY -> memory(led.inside().memory());
            case MCP -> mcp();
            case AGENTS -> agents();
            case PERMISSIONS -> permissions();
        };
    }

    private ContextUse use() {
        LedAgent.Inside inside = led.inside();
        Long window = inside.facts().of(led.agent().choice()).contextWindow();
        return ContextUse.of(
                inside.prompt(),
                inside.tools().tools().stream().map(AgentTool::definition).toList(),
                led.agent().history(),
                window == null ? 0 : window);
    }

    private static List<Line> memory(Memory memory) {
        List<Line> lines = new ArrayList<>();
        for (Memorized item : memory.newest(null, Long.MAX_VALUE, MOST_NOTES)) {
            String tags = item.note().tags().isEmpty() ? "" : "  " + item.note().tags();
            lines.add(Line.plain("%4d  %s%s".formatted(item.id(), item.note().text(), tags)));
        }
        if (lines.isEmpty()) {
            lines.add(Line.dim("nothing is remembered yet; #NOTE in the prompt adds a note"));
        }
        return lines;
    }

    private List<Line> mcp() {
        List<Line> lines = new ArrayList<>();
        List<AgentTool> tools = led.programs().servers().tools();
        for (ServerSpec spec : McpSetup.servers(configuration)) {
            String prefix = spec.name() + "__";
            List<String> names =
                    tools.stream()
                            .map(AgentTool::name)
                            .filter(name -> name.startsWith(prefix))
                            .map(name -> name.substring(prefix.length()))
                            .toList();
            lines.add(Line.head(spec.name()));
            lines.add(
                    !spec.enabled()
                            ? Line.dim("  off")
                            : names.isEmpty()
                                    ? Line.dim(
                                            "  no tools; `hal0 mcp test %s` says why"
                                                    .formatted(spec.name()))
                                    : Line.plain("  " + String.join(", ", names)));
        }
        if (lines.isEmpty()) {
            lines.add(Line.dim("none is configured; `hal0 mcp add --help` says how"));
        }
        return lines;
    }

    private List<Line> agents() {
        List<Line> lines = new ArrayList<>();
        led.inside()
                .agents()
                .all()
                .forEach(file -> {
                    lines.add(Line.head(file.agent().name()));
                    lines.add(
                            file.usable()
                                    ? Line.plain("  " + file.agent().description())
                                    : Line.dim("  cannot be used: " + file.problems().getFirst()));
                });
        if (lines.isEmpty()) {
            lines.add(Line.dim("there is none; `hal0 agents create --help` says how"));
        }
        return lines;
    }

    /// In the order in which they are asked.
    private List<Line> permissions() {
        List<Line> lines = new ArrayList<>();
        String mode = led.gate().mode().name().toLowerCase(Locale.ROOT);
        lines.add(Line.plain("mode " + mode + " (Shift+Tab changes it)"));
        Rules rules = led.gate().rules();
        add(lines, "denied", rules.deny());
        add(lines, "allowed in this session", rules.session());
        add(lines, "allowed on the command line", rules.named());
        add(lines, "asked, as this project wants it", rules.firm());
        add(lines, "allowed", rules.allow());
        add(lines, "asked", rules.ask());
        return lines;
    }

    private static void add(List<Line> lines, String head, List<Rule> rules) {
        if (!rules.isEmpty()) {
            lines.add(Line.head(head));
            rules.forEach(rule -> lines.add(Line.plain("  " + rule)));
        }
    }

    /// **Errors** [IllegalArgumentException] for a note that cannot be one.
    @Override
    public String note(String text) {
        Map<String, String> about = Map.of("folder", led.inside().workspace().root().toString());
        Memory.Kept kept =
                led.inside()
                        .memory()
                        .add(new Note(AgentParts.BANK, text, List.of(), about, "user"));
        return kept.known()
                ? "remembered already, as note " + kept.id()
                : "remembered as note " + kept.id();
    }

    @Override
    public Belongings belongings() {
        return new LedBelongings(led, configuration);
    }

    @Override
    public SlashCommands commands() {
        return SlashCommands.read(commandsFolder);
    }

    @Override
    public void onFiles(Runnable listener) {
        files.onChange(listener);
    }

    /// The names are read anew when an `@` was typed and nothing behind it.
    @Override
    public List<String> files(String typed) {
        if (typed.isEmpty() || files.size() == 0) {
            files.refresh();
        }
        return files.find(typed, MOST_FILES);
    }

    @Override
    public int running() {
        return led.programs().shell().running();
    }
}
