package hal0.tui.state;

import org.jspecify.annotations.Nullable;

/// A command of vim's normal mode, read from its letters.
///
/// **Shape** `operator` is one of `d c y > <`, one of `u U ~` for those that begin with `g`, or 0
/// for none; `rest` is what follows it: a motion, an object such as `i"`, or the operator again for
/// whole lines; without an operator a motion or a command of its own such as `x` or `r7`. `count`
/// is 0 when none was typed. Pure.
record VimCommand(int count, char operator, String rest) {
    private static final String OPERATORS = "dcy><";
    private static final String AFTER_G = "uU~";
    private static final String TWO_LETTERS = "gfFtTr";
    private static final int MOST = 9999;

    /// What letters are: a command, the beginning of one, or nothing.
    record Read(@Nullable VimCommand command, boolean more) {
        static final Read MORE = new Read(null, true);
        static final Read WRONG = new Read(null, false);
    }

    /// In visual mode operators need nothing behind them, and `i` and `a` begin objects.
    static Read read(String letters, boolean visual) {
        int at = digits(letters, 0);
        int count = number(letters, 0, at);
        if (at == letters.length()) {
            return Read.MORE;
        }
        char first = letters.charAt(at);
        if (first == 'g' && !visual && at + 1 < letters.length()) {
            char second = letters.charAt(at + 1);
            if (AFTER_G.indexOf(second) >= 0) {
                return operating(letters, at + 2, count, second);
            }
        }
        boolean operates = OPERATORS.indexOf(first) >= 0 && !visual;
        if (!operates) {
            return finished(count, (char) 0, letters.substring(at), visual);
        }
        return operating(letters, at + 1, count, first);
    }

    /// What an operator is told, from `at` on.
    private static Read operating(String letters, int at, int count, char operator) {
        int next = digits(letters, at);
        int second = number(letters, at, next);
        int both = count == 0 ? second : second == 0 ? count : Math.min(MOST, count * second);
        return next == letters.length()
                ? Read.MORE
                : finished(both, operator, letters.substring(next), false);
    }

    private static Read finished(int count, char operator, String rest, boolean visual) {
        char first = rest.charAt(0);
        boolean object = (operator != 0 || visual) && (first == 'i' || first == 'a');
        boolean two = object || TWO_LETTERS.indexOf(first) >= 0;
        int length = rest.codePointCount(0, rest.length());
        if (two && length < 2) {
            return Read.MORE;
        }
        boolean cases = visual && length == 2 && AFTER_G.indexOf(rest.charAt(1)) >= 0;
        boolean known = first != 'g' || rest.equals("gg") || cases;
        boolean replaces = operator != 0 && first == 'r';
        return known && !replaces
                ? new Read(new VimCommand(count, operator, rest), false)
                : Read.WRONG;
    }

    /// A zero at the beginning is a motion.
    private static int digits(String letters, int from) {
        int at = from;
        while (at < letters.length()
                && letters.charAt(at) >= (at == from ? '1' : '0')
                && letters.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static int number(String letters, int from, int to) {
        return to - from > 4
                ? MOST
                : to == from ? 0 : Integer.parseInt(letters.substring(from, to));
    }

    int times() {
        return Math.max(1, count);
    }

    VimCommand withCount(int other) {
        return new VimCommand(other, operator, rest);
    }

    /// Whether it is about whole lines, as `dd`.
    boolean isLines() {
        return operator != 0 && rest.length() == 1 && rest.charAt(0) == operator;
    }

    boolean isObject() {
        return rest.length() == 2 && (rest.charAt(0) == 'i' || rest.charAt(0) == 'a');
    }
}
