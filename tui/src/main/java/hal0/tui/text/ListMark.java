package hal0.tui.text;

/// The mark that a list item begins with.
///
/// **Shape** `taken` characters stand for it in the source, its box included; the text of the item
/// is `contentAt` characters in.
record ListMark(String sign, int contentAt, int taken) {
    private static final String BULLETS = "•◦▪";
    private static final int MOST_DIGITS = 9;

    static ListMark of(String body, int marker, int indent) {
        int blanks = Line.blanks(body, marker);
        int contentAt = marker + (blanks > Line.CODE_INDENT ? 1 : blanks);
        String rest = body.substring(contentAt);
        // Also before the blank behind it has come: else a bullet would turn into a box.
        String box = rest.length() == 3 ? rest + " " : rest;
        if (box.startsWith("[ ] ")) {
            return new ListMark("☐", contentAt, contentAt + Math.min(4, rest.length()));
        }
        if (box.startsWith("[x] ") || box.startsWith("[X] ")) {
            return new ListMark("☑", contentAt, contentAt + Math.min(4, rest.length()));
        }
        boolean numbered = isDigit(body.charAt(0));
        int level = Math.min(indent / 2, BULLETS.length() - 1);
        String sign = numbered ? body.substring(0, marker) : BULLETS.substring(level, level + 1);
        return new ListMark(sign, contentAt, contentAt);
    }

    /// The length of the mark that `body` begins with, or 0.
    static int length(String body) {
        if (body.isEmpty()) {
            return 0;
        }
        char first = body.charAt(0);
        int end = first == '-' || first == '*' || first == '+' ? 1 : numberEnd(body);
        return end > 0 && (end == body.length() || body.charAt(end) == ' ') ? end : 0;
    }

    private static int numberEnd(String body) {
        int digits = 0;
        while (digits < body.length() && digits < MOST_DIGITS && isDigit(body.charAt(digits))) {
            digits++;
        }
        boolean marked =
                digits > 0
                        && digits < body.length()
                        && (body.charAt(digits) == '.' || body.charAt(digits) == ')');
        return marked ? digits + 1 : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
