package hal0.agent.permission.shell;

/// Reads what follows `$` or a backtick, and the commands inside. **Threads** one.
///
/// **Source** https://www.gnu.org/software/bash/manual/bash.html#Shell-Expansions, read 2026-11-21.
final class ExpansionReader {
    private static final int DEEPEST = 20;
    private static final String SPECIAL = "@*#?-$!0123456789";

    /// Bash evaluates names in arithmetic as expressions again, `a[$(command)]` among them, so only
    /// numbers are plain.
    private static final String ARITHMETIC = "0123456789+-*/%<>=!&|^~?: ";

    private static final String UNCLEAR_IN_BRACES = "'\"\\`{}()<>\n";

    private final Source in;
    private final Found found;
    private final int depth;
    private int open;

    ExpansionReader(Source in, Found found, int depth) {
        this.in = in;
        this.found = found;
        this.depth = depth;
    }

    /// After a `$`; false when it stands for itself.
    boolean dollar() {
        char c = in.peek();
        return switch (c) {
            case '(' -> {
                in.at++;
                if (in.peek() == '(') {
                    in.at++;
                    arithmetic();
                } else {
                    commands();
                }
                yield true;
            }
            case '{' -> {
                in.at++;
                braces();
                yield true;
            }
            case '[' -> throw new Unclear("it computes ($[…])");
            case '\\' -> {
                if (in.peek(1) == '\n') {
                    throw new Unclear("a word of it goes on in the next line");
                }
                yield false;
            }
            default -> {
                if (c != Source.END && SPECIAL.indexOf(c) >= 0) {
                    in.at++;
                    yield true;
                }
                yield !in.identifier().isEmpty();
            }
        };
    }

    /// After `$(`, `<(` or `>(`.
    void commands() {
        new ListReader(in, found, depth + 1).upToParenthesis();
    }

    /// After a backtick.
    void backticks() {
        int end = in.text.indexOf('`', in.at);
        if (end < 0) {
            throw new Unclear("a backtick is not closed");
        }
        String inner = in.text.substring(in.at, end);
        if (inner.indexOf('\\') >= 0) {
            throw new Unclear("there is a backslash between backticks");
        }
        in.at = end + 1;
        new ListReader(new Source(inner), found, depth + 1).all();
    }

    private void arithmetic() {
        int open = 0;
        while (true) {
            char c = in.next();
            if (c == '(') {
                open++;
            } else if (c == ')' && open > 0) {
                open--;
            } else if (c == ')' && in.peek() == ')') {
                in.at++;
                return;
            } else if (c == Source.END || ARITHMETIC.indexOf(c) < 0) {
                throw new Unclear("it computes with more than numbers ($((…)))");
            }
        }
    }

    /// After `${`: a name, and what to do where it is not set, or with its value.
    private void braces() {
        if (++open > DEEPEST) {
            throw new Unclear("it is nested too deeply");
        }
        if (in.peek() == '#' && in.peek(1) != '}') {
            in.at++;
        }
        if (in.identifier().isEmpty()) {
            if (in.peek() == Source.END || SPECIAL.indexOf(in.next()) < 0) {
                throw new Unclear("it holds an expansion with braces that is not plain");
            }
            while (Source.digit(in.peek())) {
                in.at++;
            }
        }
        operator();
        while (true) {
            char c = in.next();
            if (c == '}') {
                open--;
                return;
            }
            if (c == '$') {
                dollar();
            } else if (c == Source.END || UNCLEAR_IN_BRACES.indexOf(c) >= 0) {
                throw new Unclear("it holds an expansion with braces that is not plain");
            }
        }
    }

    private void operator() {
        char c = in.peek();
        boolean plain =
                switch (c) {
                    case '}', '-', '+', '?', '#', '%', '/', '^', ',' -> true;
                    case ':' -> "-+?".indexOf(in.peek(1)) >= 0 || Source.digit(in.peek(1));
                    default -> false;
                };
        if (!plain) {
            throw new Unclear("it holds an expansion with braces that is not plain");
        }
        if (c == ':' && Source.digit(in.peek(1))) {
            in.at++;
            while (Source.digit(in.peek()) || in.peek() == ':') {
                in.at++;
            }
            if (in.peek() != '}') {
                throw new Unclear("it computes in an expansion with braces");
            }
        }
    }
}
