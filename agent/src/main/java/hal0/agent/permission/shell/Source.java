package hal0.agent.permission.shell;

/// The text of a line and how far it was read. **Threads** one.
final class Source {
    /// What [#peek] and [#next] give at the end; no line holds it, see [Characters].
    static final char END = '\0';

    private static final String AFTER_WORD = " \t\n;&|()<>";

    final String text;
    int at;

    Source(String text) {
        this.text = text;
    }

    boolean ended() {
        return at >= text.length();
    }

    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : END;
    }

    char next() {
        char c = peek();
        at++;
        return c;
    }

    boolean take(String expected) {
        if (!text.startsWith(expected, at)) {
            return false;
        }
        at += expected.length();
        return true;
    }

    /// Blanks, and line ends that a backslash hides after a blank. Elsewhere bash joins what stands
    /// before and after such a line end, operators too, which is left to it.
    void skipBlanks() {
        while (true) {
            char c = peek();
            boolean hidden =
                    c == '\\'
                            && peek(1) == '\n'
                            && at > 0
                            && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t');
            if (hidden) {
                at += 2;
            } else if (c == ' ' || c == '\t') {
                at++;
            } else {
                return;
            }
        }
    }

    void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
    }

    /// Letters, digits and `_` from here, not beginning with a digit; empty when there are none.
    String identifier() {
        int end = at;
        while (end < text.length() && nameCharacter(text.charAt(end), end > at)) {
            end++;
        }
        String name = text.substring(at, end);
        at = end;
        return name;
    }

    private static boolean nameCharacter(char c, boolean digits) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (digits && digit(c));
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Whether an unquoted `c` ends a word.
    static boolean endsWord(char c) {
        return c == END || AFTER_WORD.indexOf(c) >= 0;
    }
}
