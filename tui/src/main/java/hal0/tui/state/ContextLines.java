package hal0.tui.state;

import hal0.agent.ContextUse;
import hal0.agent.ContextUse.Item;
import hal0.tui.state.Sheet.Line;
import hal0.tui.text.Cells;
import hal0.tui.text.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What fills the window of a model, with a bar for each piece. Pure.
public final class ContextLines {
    private static final int NAME = 14;
    private static final int BAR = 6;

    private ContextLines() {}

    /// Bars are shares of the window; of what is used where the window is not known.
    public static List<Line> of(ContextUse use) {
        long whole = use.window() == 0 ? use.used() : use.window();
        List<Line> lines = new ArrayList<>();
        for (Item item : use.items()) {
            lines.add(line(name(item), item.tokens(), whole, Role.PLAIN));
        }
        lines.add(line("used", use.used(), whole, Role.ACCENT));
        Long free = use.free();
        if (free != null) {
            lines.add(line("free", free, whole, Role.DIM));
        }
        lines.add(Line.plain(""));
        lines.add(
                Line.dim(
                        use.counted()
                                ? "scaled to what the provider counted last"
                                : "estimated: no answer was counted yet"));
        if (use.window() == 0) {
            lines.add(Line.dim("the model's window is not known"));
        }
        return lines;
    }

    private static Line line(String name, long tokens, long whole, Role role) {
        double share = whole <= 0 ? 0 : Math.min(1, (double) tokens / whole);
        int full = share > 0 ? Math.max(1, (int) Math.round(share * BAR)) : 0;
        String bar = "█".repeat(full) + "░".repeat(BAR - full);
        String percent = String.format(Locale.ROOT, "%6.1f%%", share * 100);
        String count = String.format(Locale.ROOT, "%,8d", tokens);
        return new Line(Cells.pad(name, NAME) + count + percent + " " + bar, role);
    }

    private static String name(Item item) {
        return switch (item.kind()) {
            case SYSTEM -> "system prompt";
            case AGENT -> "agent";
            case SKILLS -> "skills";
            case INSTRUCTIONS -> "instructions";
            case TOOLS -> "tools";
            case MCP_TOOLS -> "mcp " + item.name();
            case SUMMARY -> "summary";
            case USER -> "your messages";
            case ANSWERS -> "answers";
            case TOOL_CALLS -> "tool calls";
            case TOOL_RESULTS -> "tool results";
        };
    }
}
