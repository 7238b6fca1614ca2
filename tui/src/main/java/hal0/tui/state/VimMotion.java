package hal0.tui.state;

import hal0.tui.text.Graphemes;
import org.jspecify.annotations.Nullable;

/// Where the motions of vim lead in a text. Pure.
final class VimMotion {
    private final String text;
    private final int caret;

    VimMotion(String text, int caret) {
        this.text = text;
        this.caret = caret;
    }

    /// Where it leads; `inclusive` when the cluster there belongs to it, `lines` when whole lines
    /// do.
    record Target(int at, boolean inclusive, boolean lines) {
        static Target before(int at) {
            return new Target(at, false, false);
        }

        static Target on(int at) {
            return new Target(at, true, false);
        }

        static Target line(int at) {
            return new Target(at, false, true);
        }
    }

    /// Null for what is no motion or leads nowhere. `find` is what `;` and `,` seek again.
    @Nullable Target of(VimCommand command, Vim.@Nullable Find find) {
        int times = command.times();
        return switch (command.rest().charAt(0)) {
            case 'h' -> Target.before(sideways(-times));
            case 'l', ' ' -> Target.before(sideways(times));
            case 'j' -> vertical(times);
            case 'k' -> vertical(-times);
            case 'w' -> Target.before(repeated(times, at -> wordOn(at, false)));
            case 'W' -> Target.before(repeated(times, at -> wordOn(at, true)));
            case 'b' -> Target.before(repeated(times, at -> wordBack(at, false)));
            case 'B' -> Target.before(repeated(times, at -> wordBack(at, true)));
            case 'e' -> Target.on(repeated(times, at -> wordEnd(at, false)));
            case 'E' -> Target.on(repeated(times, at -> wordEnd(at, true)));
            case '0' -> Target.before(lineStart(caret));
            case '^' -> Target.before(indent(lineStart(caret)));
            case '$' -> Target.before(lineEnd(repeated(times - 1, this::nextLine)));
            case 'g' -> Target.line(line(Math.max(0, command.count() - 1)));
            case 'G' -> Target.line(line(command.count() == 0 ? Integer.MAX_VALUE : times - 1));
            case '{' -> Target.before(repeated(times, this::paragraphBack));
            case '}' -> Target.before(repeated(times, this::paragraphOn));
            case 'f', 'F', 't', 'T' -> found(findOf(command), times, false);
            case ';' -> find == null ? null : found(find, times, true);
            case ',' -> find == null ? null : found(reversed(find), times, true);
            default -> null;
        };
    }

    static Vim.Find findOf(VimCommand command) {
        return new Vim.Find(command.rest().charAt(0), command.rest().codePointAt(1));
    }

    private static Vim.Find reversed(Vim.Find find) {
        char kind = find.kind();
        return new Vim.Find(
                Character.isLowerCase(kind)
                        ? Character.toUpperCase(kind)
                        : Character.toLowerCase(kind),
                find.point());
    }

    private interface Step {
        int from(int at);
    }

    private int repeated(int times, Step step) {
        int at = caret;
        for (int i = 0; i < times; i++) {
            int next = step.from(at);
            if (next == at) {
                break;
            }
            at = next;
        }
        return at;
    }

    private int sideways(int by) {
        int low = lineStart(caret);
        int high = lineEnd(caret);
        return repeated(
                Math.abs(by),
                at ->
                        by < 0
                                ? Math.max(low, Graphemes.previous(text, at))
                                : at >= high ? at : Graphemes.next(text, at));
    }

    private @Nullable Target vertical(int by) {
        int column = text.codePointCount(lineStart(caret), caret);
        int at = lineStart(caret);
        for (int i = 0; i < Math.abs(by); i++) {
            int next = by < 0 ? (at == 0 ? at : lineStart(at - 1)) : nextLine(at);
            if (next == at) {
                return i == 0 ? null : Target.line(at);
            }
            at = next;
        }
        int length = text.codePointCount(at, lineEnd(at));
        return Target.line(text.offsetByCodePoints(at, Math.min(column, length)));
    }

    private int nextLine(int at) {
        int end = lineEnd(at);
        return end < text.length() ? end + 1 : lineStart(at);
    }

    int lineStart(int at) {
        return at == 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
    }

    int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    /// The first letter of a line.
    int indent(int start) {
        int at = start;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private int line(int number) {
        int at = 0;
        for (int i = 0; i < number; i++) {
            int end = lineEnd(at);
            if (end == text.length()) {
                break;
            }
            at = end + 1;
        }
        return indent(at);
    }

    private int wordOn(int from, boolean big) {
        int at = from;
        int kind = kind(at, big);
        while (at < text.length() && kind != 0 && kind(at, big) == kind) {
            at = Graphemes.next(text, at);
        }
        while (at < text.length() && kind(at, big) == 0) {
            at = Graphemes.next(text, at);
        }
        return at;
    }

    private int wordBack(int from, boolean big) {
        int at = from;
        while (at > 0 && kind(Graphemes.previous(text, at), big) == 0) {
            at = Graphemes.previous(text, at);
        }
        int kind = at == 0 ? 0 : kind(Graphemes.previous(text, at), big);
        while (at > 0 && kind(Graphemes.previous(text, at), big) == kind) {
            at = Graphemes.previous(text, at);
        }
        return at;
    }

    private int wordEnd(int from, boolean big) {
        int at = from < text.length() ? Graphemes.next(text, from) : from;
        while (at < text.length() && kind(at, big) == 0) {
            at = Graphemes.next(text, at);
        }
        if (at >= text.length()) {
            return from;
        }
        int kind = kind(at, big);
        int next = Graphemes.next(text, at);
        while (next < text.length() && kind(next, big) == kind) {
            at = next;
            next = Graphemes.next(text, at);
        }
        return at;
    }

    /// 0 is blank, 1 a word, 2 signs.
    private int kind(int at, boolean big) {
        return at >= text.length() ? 0 : kindOf(text.codePointAt(at), big);
    }

    static int kindOf(int point, boolean big) {
        if (Character.isWhitespace(point)) {
            return 0;
        }
        return big || Character.isLetterOrDigit(point) || point == '_' ? 1 : 2;
    }

    private int paragraphOn(int from) {
        int at = text.indexOf("\n\n", from + (text.startsWith("\n", from) ? 1 : 0));
        return at < 0 ? text.length() : at + 1;
    }

    private int paragraphBack(int from) {
        int at = from < 2 ? -1 : text.lastIndexOf("\n\n", from - 2);
        return at < 0 ? 0 : at + 1;
    }

    /// `again` steps over what `t` stopped before.
    private @Nullable Target found(Vim.Find find, int times, boolean again) {
        boolean back = Character.isUpperCase(find.kind());
        boolean till = Character.toLowerCase(find.kind()) == 't';
        int at = caret;
        if (again && till) {
            at = back ? Math.max(0, at - 1) : Math.min(text.length(), at + 1);
        }
        for (int i = 0; i < times; i++) {
            at = back ? text.lastIndexOf(find.point(), at - 1) : text.indexOf(find.point(), at + 1);
            if (at < lineStart(caret) || at > lineEnd(caret)) {
                return null;
            }
        }
        if (back) {
            return Target.before(till ? Graphemes.next(text, at) : at);
        }
        return Target.on(till ? Graphemes.previous(text, at) : at);
    }
}
