package hal0.tui.state;

import hal0.tui.text.Cells;
import hal0.tui.text.Graphemes;
import hal0.tui.text.Row;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row as its text without the breaks and gutters that a screen adds, and where its lines stand
/// in that.
///
/// **Shape** `marker` is what stands before the text and belongs to it, such as the number of a
/// list; rows that are more than a text, such as those of tables, are taken as they are shown.
/// **Units** `indent` in cells, `[from, to)` in characters of `text`.
record RowText(String marker, String text, List<Line> lines) {
    private static final String GUTTERS = "│▌›∴";

    record Line(int from, int to, int indent) {}

    static RowText of(Row row, List<List<Span>> laidOut) {
        RowText exact = exact(row, laidOut);
        return exact == null ? shown(laidOut) : exact;
    }

    private static @Nullable RowText exact(Row row, List<List<Span>> laidOut) {
        return switch (row) {
            case Row.Flow(var first, var rest, var body) ->
                    matched(text(first), text(rest), text(body), laidOut);
            case Row.Verbatim(var prefix, var body) ->
                    matched(text(prefix), text(prefix), text(body), laidOut);
            case Row.Part part -> exact(part.row(), laidOut);
            case Row _ -> null;
        };
    }

    /// Null where the lines are not the body in order, with nothing but blanks left out.
    private static @Nullable RowText matched(
            String first, String rest, String body, List<List<Span>> laidOut) {
        List<Line> lines = new ArrayList<>();
        int at = 0;
        for (List<Span> spans : laidOut) {
            String line = text(spans);
            String prefix = lines.isEmpty() ? first : rest;
            boolean prefixed = !prefix.isEmpty() && line.startsWith(prefix);
            String piece = prefixed ? line.substring(prefix.length()) : line;
            int from = body.indexOf(piece, at);
            if (from < 0 || !body.substring(at, from).isBlank()) {
                return null;
            }
            at = from + piece.length();
            lines.add(new Line(from, at, prefixed ? Cells.width(prefix) : 0));
        }
        return new RowText(marker(first), body, lines);
    }

    private static String marker(String first) {
        boolean gutter = first.isBlank() || first.chars().anyMatch(c -> GUTTERS.indexOf(c) >= 0);
        return gutter ? "" : first;
    }

    private static RowText shown(List<List<Span>> laidOut) {
        StringBuilder text = new StringBuilder();
        List<Line> lines = new ArrayList<>();
        for (List<Span> spans : laidOut) {
            text.append(lines.isEmpty() ? "" : "\n");
            int from = text.length();
            text.append(text(spans).stripTrailing());
            lines.add(new Line(from, text.length(), 0));
        }
        return new RowText("", text.toString(), lines);
    }

    private static String text(List<Span> spans) {
        StringBuilder out = new StringBuilder();
        spans.forEach(span -> out.append(span.text()));
        return out.toString();
    }

    /// The character that stands at a column of a line, or the nearest.
    int offsetAt(int line, int column) {
        if (line >= lines.size()) {
            return text.length();
        }
        Line at = lines.get(line);
        return Math.min(at.to(), Cells.fit(text, at.from(), Math.max(0, column - at.indent())));
    }

    /// Cells from the start of a line to a character.
    int columnOf(int line, int offset) {
        Line at = lines.get(line);
        int to = Math.clamp(offset, at.from(), at.to());
        return at.indent() + Cells.width(text.substring(at.from(), to));
    }

    /// The end of the cluster at an offset.
    int after(int offset) {
        return offset >= text.length() ? text.length() : Graphemes.next(text, offset);
    }

    /// Where the word at an offset begins; a sign is a word of its own.
    int wordStart(int offset) {
        int at = Math.min(offset, text.length());
        if (at < text.length() && !isWord(text.codePointAt(at))) {
            return at;
        }
        while (at > 0 && isWord(text.codePointBefore(at))) {
            at -= Character.charCount(text.codePointBefore(at));
        }
        return at;
    }

    int wordEnd(int offset) {
        int at = Math.min(offset, text.length());
        if (at < text.length() && !isWord(text.codePointAt(at))) {
            return after(at);
        }
        while (at < text.length() && isWord(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    /// Paths and addresses are taken whole, as terminals do.
    private static boolean isWord(int point) {
        return Character.isLetterOrDigit(point) || "_-./~:@%+?&=#".indexOf(point) >= 0;
    }
}
