package hal0.tui.state;

import hal0.tui.text.Cells;
import hal0.tui.text.Graphemes;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;

/// A prompt as lines of a width, and where its caret stands.
public record PromptLayout(List<Line> lines, int caretLine, int caretColumn) {

    /// `[from, to)` of the prompt's text, and how that is shown.
    public record Line(int from, int to, String shown) {}

    public static PromptLayout of(Prompt prompt, int width) {
        List<Line> lines = new ArrayList<>();
        String text = prompt.text();
        StringBuilder shown = new StringBuilder();
        int start = 0;
        int used = 0;
        int caretLine = 0;
        int caretColumn = 0;
        int at = 0;
        while (at <= text.length()) {
            int end = at < text.length() ? Graphemes.next(text, at) : at + 1;
            boolean newline = at < text.length() && text.charAt(at) == '\n';
            String cluster = at < text.length() && !newline ? shown(prompt, at, end) : "";
            int cells = Cells.width(cluster);
            boolean caretNeedsRoom = (at == text.length() || newline) && used >= width;
            boolean full = used > 0 && used + cells > width;
            if (full || (caretNeedsRoom && at == prompt.caret())) {
                lines.add(new Line(start, at, shown.toString()));
                shown.setLength(0);
                start = at;
                used = 0;
            }
            if (at == prompt.caret()) {
                caretLine = lines.size();
                caretColumn = used;
            }
            if (newline) {
                lines.add(new Line(start, at, shown.toString()));
                shown.setLength(0);
                start = end;
                used = 0;
            } else {
                shown.append(cluster);
                used += cells;
            }
            at = end;
        }
        lines.add(new Line(start, text.length(), shown.toString()));
        return new PromptLayout(List.copyOf(lines), caretLine, caretColumn);
    }

    private static String shown(Prompt prompt, int from, int to) {
        int chip = prompt.chipIndex(prompt.text().codePointAt(from));
        return chip >= 0
                ? prompt.chips().get(chip).label()
                : Safe.visible(prompt.text().substring(from, to));
    }

    /// The first line that is shown where there is room for so many: the caret is always seen.
    public int firstShown(int rows) {
        int last = Math.max(0, lines.size() - rows);
        return Math.clamp(caretLine - rows / 2L, 0, last);
    }

    /// What is shown of `[from, to)` on a line, and from which column on.
    public record Part(int column, String shown) {}

    public Part part(Prompt prompt, Line line, int from, int to) {
        StringBuilder before = new StringBuilder();
        StringBuilder within = new StringBuilder();
        int end;
        for (int at = line.from(); at < line.to(); at = end) {
            end = Graphemes.next(prompt.text(), at);
            if (at >= from && at < to) {
                within.append(shown(prompt, at, end));
            } else if (at < from) {
                before.append(shown(prompt, at, end));
            }
        }
        boolean broken = line.to() >= from && line.to() < to && within.isEmpty();
        return new Part(Cells.width(before.toString()), broken ? " " : within.toString());
    }

    /// The index of the text that stands at `column` of `line`, or before it.
    int indexAt(Prompt prompt, int line, int column) {
        Line target = lines.get(line);
        int at = target.from();
        int used = 0;
        while (at < target.to()) {
            int end = Graphemes.next(prompt.text(), at);
            used += Cells.width(shown(prompt, at, end));
            if (used > column) {
                break;
            }
            at = end;
        }
        return at;
    }
}
