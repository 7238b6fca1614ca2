package hal0.tui.view;

import hal0.tui.text.Cells;
import hal0.tui.text.Graphemes;
import hal0.tui.text.Layout;
import hal0.tui.text.Role;
import hal0.tui.text.Row;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;

/// Words in the lines of a box.
final class Words {
    private Words() {}

    /// What is indented, or stands beside a name, goes on under itself where there is room for
    /// that.
    static List<List<Span>> hanging(List<Span> spans, int width) {
        int hang = hang(spans);
        if (hang == 0 || hang > width / 2) {
            return Layout.lines(new Row.Flow(List.of(), List.of(), spans), width, true);
        }
        Span head = spans.getFirst();
        boolean named = !head.text().isBlank() && head.text().charAt(0) != ' ';
        int at = named ? head.text().length() : hang;
        List<Span> body = new ArrayList<>(spans);
        body.set(0, new Span(head.text().substring(at), head.ink()));
        Row.Flow flow =
                new Row.Flow(
                        List.of(new Span(head.text().substring(0, at), head.ink())),
                        List.of(Span.of(" ".repeat(hang), Role.PLAIN)),
                        body);
        return Layout.lines(flow, width, true);
    }

    /// **Units** cells; names are filled with blanks up to what belongs to them.
    private static int hang(List<Span> spans) {
        String head = spans.isEmpty() ? "" : spans.getFirst().text();
        int blanks = 0;
        while (blanks < head.length() && head.charAt(blanks) == ' ') {
            blanks++;
        }
        return blanks > 0 || spans.size() < 2 || !head.endsWith("  ") ? blanks : Cells.width(head);
    }

    /// `text` in as many lines as there may be; the last one says whether there is more.
    static List<String> wrapped(String text, int width, int most) {
        List<String> lines = new ArrayList<>();
        for (List<Span> line :
                Layout.lines(Row.plain(text, Role.PLAIN), Math.max(1, width), true)) {
            StringBuilder out = new StringBuilder();
            line.forEach(span -> out.append(span.text()));
            lines.add(out.toString().stripTrailing());
        }
        if (lines.size() <= most) {
            return lines;
        }
        String last = String.join(" ", lines.subList(most - 1, lines.size()));
        List<String> shown = new ArrayList<>(lines.subList(0, most - 1));
        shown.add(Cells.ellipsis(last, width));
        return shown;
    }

    /// `text` with its beginning and its end, where not all fits.
    static String middle(String text, int width) {
        int cells = Cells.width(text);
        if (cells <= width) {
            return text;
        }
        String begin = Cells.cut(text, width / 2);
        int left = width - Cells.width(begin) - 1;
        int from = Cells.fit(text, 0, cells - Math.max(0, left));
        while (Cells.width(text.substring(from)) > left) {
            from = Graphemes.next(text, from);
        }
        return begin + "…" + text.substring(from);
    }
}
