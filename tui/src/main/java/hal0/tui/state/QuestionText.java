package hal0.tui.state;

import hal0.agent.permission.Approver;
import hal0.tui.terminal.Size;
import hal0.tui.text.Cells;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;

/// What a question is about, in lines that fit: nothing of it is cut, because the user allows all
/// of it.
public final class QuestionText {
    private QuestionText() {}

    /// What a line is part of.
    public enum Kind {
        TITLE,
        WHY,
        PREVIEW,
        ADDED,
        REMOVED
    }

    public record Line(String text, Kind kind) {}

    /// For a panel on a screen of that size.
    public static List<Line> of(Approver.Question question, Size screen) {
        int width = Geometry.panelWidth(Geometry.panelColumns(screen));
        List<Line> lines = new ArrayList<>();
        add(lines, question.intent().title(), Kind.TITLE, width);
        add(lines, Safe.oneLine(question.why()), Kind.WHY, width);
        String preview = question.intent().preview();
        if (preview != null) {
            for (String line : preview.split("\n", -1)) {
                add(lines, line, kind(line), width);
            }
        }
        return lines;
    }

    private static void add(List<Line> lines, String text, Kind kind, int width) {
        for (String line : Safe.visible(text).split("\n", -1)) {
            Cells.lines(line, width).forEach(piece -> lines.add(new Line(piece, kind)));
        }
    }

    private static Kind kind(String line) {
        if (line.startsWith("+")) {
            return Kind.ADDED;
        }
        return line.startsWith("-") ? Kind.REMOVED : Kind.PREVIEW;
    }
}
