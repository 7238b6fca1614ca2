package hal0.tui.text;

import java.util.ArrayList;
import java.util.List;

/// Markdown inside a line: code, emphasis, links, tags. What does not close stays as it was
/// written; in a line that is still being written it is shown as if it closed at its end.
///
/// **Shape** the work grows with the length of the text and no faster: what was sought in vain is
/// not sought again.
final class Inline {
    private static final int DEEPEST = 8;
    private static final int LONGEST_ENTITY = 10;
    private static final String SPECIAL = "\\`*_~[!hw<&$";

    private final String text;
    private final boolean typed;
    private final List<List<Span>> done = new ArrayList<>();
    private List<Span> out = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private final Marks marks;

    private Inline(String text, boolean typed) {
        this.text = text;
        this.typed = typed;
        this.marks = new Marks(text);
    }

    static List<Span> spans(String text, Ink ink) {
        return lines(text, ink, false).stream().flatMap(List::stream).toList();
    }

    /// The lines of the text, which are more than one where it has `<br>`.
    static List<List<Span>> lines(String text, Ink ink, boolean typed) {
        if (text.chars().allMatch(c -> SPECIAL.indexOf(c) < 0)) {
            return List.of(text.isEmpty() ? List.of() : List.of(new Span(text, ink)));
        }
        Inline inline = new Inline(text, typed);
        inline.run(0, text.length(), ink, 0);
        inline.newLine(ink);
        return inline.done;
    }

    private void run(int from, int to, Ink ink, int depth) {
        int at = from;
        Ink now = ink;
        while (at < to) {
            int end = depth < DEEPEST ? markup(at, to, now, depth) : at;
            if (end == at && text.charAt(at) == '<') {
                Tag tag = Tag.at(text, at, to, typed);
                if (tag != null) {
                    now = tagged(tag, now, ink);
                    end = tag.end();
                }
            }
            if (end > at) {
                at = end;
            } else {
                plain.append(text.charAt(at));
                at++;
            }
        }
        flush(now);
    }

    private Ink tagged(Tag tag, Ink now, Ink outer) {
        if (tag.kind() == Tag.Kind.BREAK) {
            newLine(now);
            return now;
        }
        flush(now);
        if (tag.kind() == Tag.Kind.LINK) {
            out.add(new Span(tag.text(), now.withRole(Role.LINK).withTarget(tag.target())));
        } else if (tag.kind() == Tag.Kind.SHOWN) {
            out.add(new Span(tag.text(), now.withRole(Role.DIM)));
        }
        return tag.ink(now, outer);
    }

    /// The end of the markup that begins at `at`, or `at` when none does.
    private int markup(int at, int to, Ink ink, int depth) {
        return switch (text.charAt(at)) {
            case '\\' -> escape(at, to, ink);
            case '`' -> code(at, to, ink);
            case '*', '_', '~' -> emphasis(at, to, ink, depth);
            case '[' -> link(at, at, to, ink, depth);
            case '!' ->
                    at + 1 < to && text.charAt(at + 1) == '['
                            ? link(at, at + 1, to, ink, depth)
                            : at;
            case 'h', 'w' -> address(at, to, ink);
            case '&' -> entity(at, to);
            case '$' -> mathematics(at, to, ink);
            default -> at;
        };
    }

    private int escape(int at, int to, Ink ink) {
        if (at + 1 >= to) {
            return typed && to == text.length() ? to : at;
        }
        char next = text.charAt(at + 1);
        if (next == '(' || next == '[') {
            int close = marks.formulaEnd(next == '(' ? "\\)" : "\\]", at + 2);
            if (close > 0 && close < to) {
                return formula(at + 2, close, close + 2, ink);
            }
        }
        if ("\\`*_~[]()#+-.!|>{}<$&\"'".indexOf(next) >= 0) {
            plain.append(next);
            return at + 2;
        }
        return at;
    }

    /// `$x$`, but not the two prices in "from $5 to $10".
    private int mathematics(int at, int to, Ink ink) {
        int width = text.startsWith("$$", at) ? 2 : 1;
        int from = at + width;
        int close = from < to ? text.indexOf('$', from) : -1;
        boolean closes =
                close > from
                        && close + width <= to
                        && text.startsWith("$".repeat(width), close)
                        && text.charAt(from) != ' '
                        && text.charAt(close - 1) != ' '
                        && text.charAt(close - 1) != '\\'
                        && !(close + width < to && Character.isDigit(text.charAt(close + width)));
        if (closes) {
            return formula(from, close, close + width, ink);
        }
        plain.repeat('$', width);
        return at + width;
    }

    private int formula(int from, int close, int end, Ink ink) {
        flush(ink);
        out.add(new Span(text.substring(from, close).strip(), ink.withRole(Role.CODE)));
        return end;
    }

    private int code(int at, int to, Ink ink) {
        int ticks = marks.runLength(at, to);
        int close = marks.ticks(at + ticks, ticks);
        boolean open = typed && to == text.length() && (close < 0 || close + ticks > to);
        if (open || (close >= 0 && close + ticks <= to)) {
            flush(ink);
            String body = text.substring(at + ticks, open ? openEnd(at + ticks, to) : close);
            if (!body.isEmpty()) {
                out.add(new Span(unpadded(body), ink.withRole(Role.CODE)));
            }
            return open ? to : close + ticks;
        }
        plain.repeat('`', ticks);
        return at + ticks;
    }

    /// Without ticks at the end, which may be a part of those that close.
    private int openEnd(int from, int to) {
        int end = to;
        while (end > from && text.charAt(end - 1) == '`') {
            end--;
        }
        return end;
    }

    /// A blank at both sides is there to keep ticks apart.
    private static String unpadded(String code) {
        boolean padded = code.startsWith(" ") && code.endsWith(" ") && !code.isBlank();
        return padded ? code.substring(1, code.length() - 1) : code;
    }

    private int emphasis(int at, int to, Ink ink, int depth) {
        char mark = text.charAt(at);
        int length = marks.runLength(at, to);
        int inner = at + length;
        boolean atEnd = typed && to == text.length();
        if (length > 3 || (mark == '~' && length != 2) || !opens(at, length, to, atEnd)) {
            plain.repeat(mark, length);
            return inner;
        }
        int close = inner < to ? marks.closing(mark, length, inner, to) : -1;
        if (mark == '_' && close > 0 && Marks.isName(text, at, close + length)) {
            plain.append(text, at, close + length);
            return close + length;
        }
        if (close < 0 && !atEnd) {
            plain.repeat(mark, length);
            return inner;
        }
        flush(ink);
        Ink emphasised = mark == '~' ? ink.withStrike() : emphasised(ink, length);
        run(inner, close < 0 ? to : close, emphasised, depth + 1);
        return close < 0 ? to : close + length;
    }

    private boolean opens(int at, int length, int to, boolean atEnd) {
        boolean word = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
        char mark = text.charAt(at);
        if (at + length >= to) {
            return atEnd && !(word && mark == '_');
        }
        char next = text.charAt(at + length);
        boolean inWord = word && (mark == '_' || (length == 1 && isAscii(at - 1, at + length)));
        return next != ' ' && !inWord;
    }

    /// `2*3*4` is no emphasis.
    private boolean isAscii(int before, int after) {
        return text.charAt(before) < 0x80
                && text.charAt(after) < 0x80
                && Character.isLetterOrDigit(text.charAt(after));
    }

    private static Ink emphasised(Ink ink, int length) {
        Ink out = length >= 2 ? ink.withBold() : ink;
        return length != 2 ? out.withItalic() : out;
    }

    private int link(int at, int bracket, int to, Ink ink, int depth) {
        int middle = marks.partner(bracket);
        if (middle < 0 || middle >= to) {
            return at;
        }
        if (text.startsWith("[^", bracket) && middle > bracket + 2) {
            return mark(text.substring(bracket + 2, middle), middle + 1, ink);
        }
        if (middle + 1 >= to) {
            return at;
        }
        String label = text.substring(bracket + 1, middle);
        if (text.charAt(middle + 1) == '[') {
            int end = marks.partner(middle + 1);
            return end < 0 || end >= to ? at : reference(bracket, middle, end, ink, depth);
        }
        if (text.charAt(middle + 1) != '(') {
            return at;
        }
        int end = Marks.targetEnd(text, middle + 1, to);
        boolean open = end < 0 && typed && to == text.length();
        if (end < 0 && !open) {
            return at;
        }
        String target = open ? "" : Marks.target(text.substring(middle + 2, end));
        flush(ink);
        Ink linked = ink.withRole(Role.LINK).withTarget(target);
        run(bracket + 1, middle, linked, depth + 1);
        if (!target.isEmpty() && !target.equals(label)) {
            out.add(
                    new Span(
                            label.isEmpty() ? target : " (" + target + ")",
                            ink.withRole(Role.DIM)));
        }
        return open ? to : end + 1;
    }

    private int reference(int bracket, int middle, int end, Ink ink, int depth) {
        flush(ink);
        run(bracket + 1, middle, ink.withRole(Role.LINK), depth + 1);
        String name = text.substring(middle + 2, end);
        return name.isEmpty() ? end + 1 : mark(name, end + 1, ink);
    }

    private int mark(String name, int end, Ink ink) {
        flush(ink);
        out.add(new Span("[" + name + "]", ink.withRole(Role.MARKER)));
        return end;
    }

    private int address(int at, int to, Ink ink) {
        boolean bare = text.startsWith("www.", at);
        boolean begins = bare || text.startsWith("https://", at) || text.startsWith("http://", at);
        if (!begins || (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1)))) {
            return at;
        }
        int end = Marks.addressEnd(text, at, to);
        String shown = text.substring(at, end);
        if (bare && shown.indexOf('.', 5) < 0) {
            return at;
        }
        flush(ink);
        String target = bare ? "http://" + shown : shown;
        out.add(new Span(shown, ink.withRole(Role.LINK).withTarget(target)));
        return end;
    }

    private int entity(int at, int to) {
        int end = text.indexOf(';', at, Math.min(to, at + LONGEST_ENTITY));
        String shown = end > at ? Marks.entity(text, at, end) : null;
        if (shown == null) {
            return at;
        }
        plain.append(shown);
        return end + 1;
    }

    private void newLine(Ink ink) {
        flush(ink);
        done.add(out);
        out = new ArrayList<>();
    }

    private void flush(Ink ink) {
        if (!plain.isEmpty()) {
            out.add(new Span(plain.toString(), ink));
            plain.setLength(0);
        }
    }
}
