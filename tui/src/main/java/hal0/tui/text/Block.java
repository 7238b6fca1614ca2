package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a line of Markdown looks like that is no code and no table, decided by the line alone.
final class Block {
    private Block() {}

    /// The rows of a line. `typed` when its end has not come: what is not closed yet is shown as if
    /// it were, so that the text does not move when its mark comes.
    static List<Row> rows(Line line, boolean typed) {
        String body = line.body().stripTrailing();
        if (body.isEmpty() || (typed && isMarkOnly(body))) {
            return List.of(empty(line));
        }
        int level = headingLevel(body);
        if (level > 0) {
            return heading(line, body.substring(level), level, typed);
        }
        if (isRule(body)) {
            return List.of(new Row.Rule());
        }
        if (isUnderline(body)) {
            return List.of(flow(line.margin(), List.of(Span.of(body, Role.HEADING))));
        }
        int label = labelEnd(body);
        return label > 0
                ? labelled(line, body, label, typed)
                : flows(line.margin(), Inline.lines(hardBreak(body), line.ink(), typed));
    }

    /// Text without any meaning of its line's beginning.
    static List<Row> flow(String text, boolean typed) {
        return flows(Margin.NONE, Inline.lines(text, Ink.PLAIN, typed));
    }

    private static Row empty(Line line) {
        return line.margin().first().isEmpty()
                ? Row.BLANK
                : new Row.Flow(line.margin().first(), line.margin().rest(), List.of());
    }

    private static Row flow(Margin margin, List<Span> body) {
        return new Row.Flow(margin.first(), margin.rest(), body);
    }

    private static List<Row> flows(Margin margin, List<List<Span>> lines) {
        List<Row> rows = new ArrayList<>();
        Margin next = margin;
        for (List<Span> line : lines) {
            rows.add(flow(next, line));
            next = margin.following();
        }
        return rows;
    }

    private static List<Row> heading(Line line, String body, int level, boolean typed) {
        String title = body.strip();
        int end = title.length();
        while (end > 0 && title.charAt(end - 1) == '#') {
            end--;
        }
        boolean closed = end < title.length() && (end == 0 || title.charAt(end - 1) == ' ');
        String shown = closed ? title.substring(0, end).strip() : title;
        Ink ink = Ink.of(Role.HEADING).withBold();
        return flows(line.margin(), Inline.lines(shown, level > 2 ? ink.withItalic() : ink, typed));
    }

    /// `[1]: address` and `[^1]: note`.
    private static List<Row> labelled(Line line, String body, int end, boolean typed) {
        String name = body.substring(body.startsWith("[^") ? 2 : 1, end);
        String sign = "[" + name + "] ";
        Margin margin =
                line.margin()
                        .with(
                                Span.of(sign, Role.MARKER),
                                Span.of(" ".repeat(Math.min(8, Cells.width(sign))), Role.PLAIN));
        String text = body.substring(end + 2).strip();
        return flows(margin, Inline.lines(text, line.ink(), typed));
    }

    private static int labelEnd(String body) {
        int end = body.charAt(0) == '[' ? body.indexOf("]:") : -1;
        int name = body.startsWith("[^") ? 2 : 1;
        return end > name && body.indexOf('[', 1) < 0 && end < 64 ? end : 0;
    }

    /// A backslash at the end asks for the line break that is there anyway.
    private static String hardBreak(String body) {
        boolean asks = body.endsWith("\\") && !body.endsWith("\\\\") && body.length() > 1;
        return asks ? body.substring(0, body.length() - 1) : body;
    }

    /// Whether the line's beginning has a meaning.
    static boolean isMarked(String body) {
        return headingLevel(body) > 0 || isRule(body) || labelEnd(body) > 0;
    }

    private static int headingLevel(String body) {
        int level = 0;
        while (level < body.length() && body.charAt(level) == '#') {
            level++;
        }
        boolean heading = level >= 1 && level <= 6 && level < body.length();
        return heading && body.charAt(level) == ' ' ? level : 0;
    }

    static boolean isRule(String body) {
        char mark = body.charAt(0);
        if (mark != '-' && mark != '*' && mark != '_') {
            return false;
        }
        int marks = 0;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c != mark && c != ' ') {
                return false;
            }
            marks += c == mark ? 1 : 0;
        }
        return marks >= 3;
    }

    /// The line under a heading of the old form, which is on the screen by now.
    private static boolean isUnderline(String body) {
        return body.length() >= 3 && body.chars().allMatch(c -> c == '=');
    }

    /// What is only the beginning of a mark says nothing yet.
    private static boolean isMarkOnly(String body) {
        char first = body.charAt(0);
        boolean same = body.chars().allMatch(c -> c == first);
        return same
                && ("#".indexOf(first) >= 0 || (body.length() < 3 && "-*_`~=".indexOf(first) >= 0));
    }

    /// The marks that open a block of code, or null.
    static @Nullable String fenceOf(String body) {
        if (!body.startsWith("```") && !body.startsWith("~~~")) {
            return null;
        }
        int end = 0;
        while (end < body.length() && body.charAt(end) == body.charAt(0)) {
            end++;
        }
        boolean inline = body.charAt(0) == '`' && body.indexOf('`', end) >= 0;
        return inline ? null : body.substring(0, end);
    }
}
