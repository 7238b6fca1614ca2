package hal0.tui.state;

import hal0.agent.tool.ToolOutcome;
import hal0.tui.text.Role;
import hal0.tui.text.Row;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A call of a tool: one line with a mark, under it what there is to see of it.
///
/// **Shape** `last` is the last line that a running call wrote; `ended` is null while it runs.
/// Pure.
record ToolLine(String id, String title, String last, @Nullable Ended ended) {
    private static final long LONG_MILLIS = 1000;

    /// How it ended, and what there is to see of that.
    record Ended(String mark, Role role, List<Row> below, String duration) {}

    static ToolLine started(String id, String title) {
        return new ToolLine(id, title, "", null);
    }

    /// With a piece of what it writes.
    ToolLine wrote(String piece) {
        String line = last;
        for (String each : piece.split("[\n\r]", -1)) {
            line = each.isBlank() ? line : each;
        }
        return new ToolLine(id, title, line.strip(), ended);
    }

    /// What it changed, or the first line of why it failed.
    ToolLine ended(ToolOutcome outcome, boolean denied, long millis) {
        String duration =
                millis < LONG_MILLIS
                        ? ""
                        : String.format(Locale.ROOT, " · %.1f s", millis / 1000.0);
        String diff = outcome.diff();
        if (!outcome.failed()) {
            List<Row> below = diff == null ? List.of() : DiffRows.of(diff);
            return with(new Ended("✓ ", Role.NOTICE, below, duration));
        }
        String why = Safe.oneLine(why(outcome.text()));
        Row row = Row.plain((denied ? "  denied: " : "  failed: ") + why, Role.ERROR);
        return with(new Ended(denied ? "⊘ " : "✗ ", Role.ERROR, List.of(row), duration));
    }

    /// What a command wrote stands before how it ended, which is in brackets; others say first what
    /// is wrong.
    private static String why(String text) {
        List<String> lines = text.strip().lines().toList();
        if (lines.isEmpty()) {
            return "";
        }
        return lines.getLast().startsWith("[") ? lines.getLast() : lines.getFirst();
    }

    /// One that was left alone when its turn ended.
    ToolLine cancelled() {
        return ended == null ? with(new Ended("⊘ ", Role.NOTICE, List.of(), " · cancelled")) : this;
    }

    private ToolLine with(Ended how) {
        return new ToolLine(id, title, last, how);
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        if (ended == null) {
            rows.add(Row.plain("▸ " + Safe.oneLine(title), Role.ACCENT));
            if (!last.isEmpty()) {
                rows.add(Row.plain("  │ " + Safe.oneLine(last), Role.DIM));
            }
        } else {
            rows.add(
                    Row.plain(ended.mark() + Safe.oneLine(title) + ended.duration(), ended.role()));
            rows.addAll(ended.below());
        }
        return rows;
    }
}
