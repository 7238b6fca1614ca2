package hal0.tui.state;

import hal0.agent.FileDiff;
import hal0.tui.state.Sheet.Line;
import hal0.tui.text.Role;
import java.util.ArrayList;
import java.util.List;

/// What a conversation changed, file by file. Pure.
public final class DiffSheet {
    /// A sheet is laid out whole.
    private static final int MOST_LINES = 2000;

    private DiffSheet() {}

    public static Sheet of(List<FileDiff> changes) {
        List<Line> lines = new ArrayList<>();
        int added = 0;
        int removed = 0;
        for (FileDiff change : changes) {
            Diff diff = Diff.of(change.diff());
            added += diff.added();
            removed += diff.removed();
            lines.add(Line.head(change.path() + diff.counts()));
            if (diff.isEmpty()) {
                lines.add(Line.dim("  changed, but no text that could be shown"));
            }
            diff.lines().forEach(line -> lines.add(line(line)));
            lines.add(Line.plain(""));
        }
        if (changes.isEmpty()) {
            lines.add(Line.dim("no file was changed in this conversation"));
        }
        List<Line> shown = lines;
        if (lines.size() > MOST_LINES) {
            shown = new ArrayList<>(lines.subList(0, MOST_LINES));
            shown.add(Line.dim("… %d more lines".formatted(lines.size() - MOST_LINES)));
        }
        String files = changes.size() == 1 ? "1 file" : changes.size() + " files";
        String title =
                changes.isEmpty()
                        ? "Changes"
                        : "Changes: %s · +%d −%d".formatted(files, added, removed);
        return Sheet.of(title, shown);
    }

    private static Line line(Diff.Line line) {
        String number = line.number() == 0 ? "     " : "%4d ".formatted(line.number());
        return switch (line.kind()) {
            case ADDED -> new Line(number + "+ " + line.text(), Role.ADDED);
            case REMOVED -> new Line(number + "- " + line.text(), Role.REMOVED);
            case SAME -> new Line(number + "  " + line.text(), Role.DIM);
            case GAP -> Line.dim("   ⋯");
            case FILE, NOTE -> Line.dim(number + line.text());
        };
    }
}
