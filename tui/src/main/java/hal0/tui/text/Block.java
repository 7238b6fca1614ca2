package hal0.tui.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a line of Markdown is, decided by the line alone.
final class Block {
    private static final String CODE_INDENT = "  ";

    private Block() {}

    static Row row(String line) {
        int indent = indentOf(line);
        String body = line.substring(indent);
        if (body.isEmpty()) {
            return Row.BLANK;
        }
        int level = headingLevel(body);
        if (level > 0) {
            return heading(body, level);
        }
        if (isRule(body)) {
            return new Row.Rule();
        }
        if (body.startsWith(">")) {
            return quote(body);
        }
        int marker = listMarker(body);
        return marker > 0 ? item(indent, body, marker) : flow(line);
    }

    static Row flow(String line) {
        return new Row.Flow(List.of(), List.of(), Inline.spans(line, Ink.PLAIN));
    }

    static Row code(String line) {
        return new Row.Verbatim(
                List.of(Span.of(CODE_INDENT, Role.PLAIN)), List.of(Span.of(line, Role.CODE_BLOCK)));
    }

    private static Row heading(String body, int level) {
        String title = body.substring(level).strip();
        int end = title.length();
        while (end > 0 && title.charAt(end - 1) == '#') {
            end--;
        }
        boolean closed = end > 0 && end < title.length() && title.charAt(end - 1) == ' ';
        Ink ink = Ink.of(Role.HEADING).withBold();
        Ink levelled = level > 2 ? ink.withItalic() : ink;
        String shown = closed ? title.substring(0, end).strip() : title;
        return new Row.Flow(List.of(), List.of(), Inline.spans(shown, levelled));
    }

    private static Row quote(String body) {
        int depth = 0;
        int at = 0;
        while (at < body.length()
                && (body.charAt(at) == '>' || (body.charAt(at) == ' ' && depth > 0))) {
            depth += body.charAt(at) == '>' ? 1 : 0;
            at++;
        }
        List<Span> bar = List.of(Span.of("│ ".repeat(Math.min(depth, 6)), Role.MARKER));
        return new Row.Flow(bar, bar, Inline.spans(body.substring(at), Ink.of(Role.QUOTE)));
    }

    private static Row item(int indent, String body, int marker) {
        boolean numbered = isDigit(body.charAt(0));
        String rest = body.substring(marker).stripLeading();
        String sign = numbered ? body.substring(0, marker) : "•";
        if (rest.startsWith("[ ] ")) {
            sign = "☐";
            rest = rest.substring(4);
        } else if (rest.startsWith("[x] ") || rest.startsWith("[X] ")) {
            sign = "☑";
            rest = rest.substring(4);
        }
        String first = " ".repeat(Math.min(indent, 24)) + sign + " ";
        return new Row.Flow(
                List.of(Span.of(first, Role.MARKER)),
                List.of(Span.of(" ".repeat(Cells.width(first)), Role.PLAIN)),
                Inline.spans(rest, Ink.PLAIN));
    }

    static boolean isTableLine(String line) {
        return line.stripLeading().startsWith("|");
    }

    /// The run of marks that opens a code block, or null.
    static @Nullable String fenceOf(String line) {
        String body = line.stripLeading();
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

    static @Nullable Row fenceLabel(String line, String fence) {
        String language = line.strip().substring(fence.length()).strip();
        return language.isEmpty() ? null : Row.plain(CODE_INDENT + language, Role.DIM);
    }

    static boolean closes(String line, String fence) {
        String body = line.strip();
        return body.startsWith(fence) && body.chars().allMatch(c -> c == fence.charAt(0));
    }

    private static int indentOf(String line) {
        int at = 0;
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static int headingLevel(String body) {
        int level = 0;
        while (level < body.length() && body.charAt(level) == '#') {
            level++;
        }
        boolean heading = level >= 1 && level <= 6 && level < body.length();
        return heading && body.charAt(level) == ' ' ? level : 0;
    }

    private static boolean isRule(String body) {
        char mark = body.charAt(0);
        int marks = 0;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c != mark && c != ' ') {
                return false;
            }
            marks += c == mark ? 1 : 0;
        }
        return marks >= 3 && (mark == '-' || mark == '*' || mark == '_');
    }

    /// The length of the list marker that `body` begins with, or 0.
    private static int listMarker(String body) {
        char first = body.charAt(0);
        if (first == '-' || first == '*' || first == '+') {
            return body.length() > 1 && body.charAt(1) == ' ' ? 1 : 0;
        }
        int digits = 0;
        while (digits < body.length() && digits < 9 && isDigit(body.charAt(digits))) {
            digits++;
        }
        boolean marked =
                digits > 0
                        && digits + 1 < body.length()
                        && (body.charAt(digits) == '.' || body.charAt(digits) == ')')
                        && body.charAt(digits + 1) == ' ';
        return marked ? digits + 1 : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
