package hal0.tui.state;

/// The part `[from, to)` of a line that another line has otherwise, in whole words. Pure.
record Changed(int from, int to) {
    static final Changed NONE = new Changed(0, 0);

    private static final int LONGEST = 400;

    boolean isEmpty() {
        return from >= to;
    }

    /// [#NONE] where most of the line is other: then all of it is new.
    static Changed of(String line, String other) {
        if (line.length() > LONGEST || other.length() > LONGEST) {
            return NONE;
        }
        int most = Math.min(line.length(), other.length());
        int head = 0;
        while (head < most && line.charAt(head) == other.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < most - head
                && line.charAt(line.length() - 1 - tail)
                        == other.charAt(other.length() - 1 - tail)) {
            tail++;
        }
        int from = head;
        while (from > 0 && !isBoundary(line, from)) {
            from--;
        }
        int to = line.length() - tail;
        while (to < line.length() && !isBoundary(line, to)) {
            to++;
        }
        boolean mostOfIt = (to - from) * 3 > line.strip().length() * 2;
        return mostOfIt ? NONE : new Changed(from, to);
    }

    /// Between two words. Beyond ASCII a place between two characters may lie inside of one that is
    /// shown.
    private static boolean isBoundary(String line, int at) {
        char before = line.charAt(at - 1);
        char here = at < line.length() ? line.charAt(at) : ' ';
        boolean ascii = before < 0x80 && here < 0x80;
        return ascii && !(isWord(before) && isWord(here));
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
