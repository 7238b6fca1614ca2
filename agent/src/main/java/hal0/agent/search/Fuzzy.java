package hal0.agent.search;

/// How well a name fits what was typed, letter after letter, without regard to case.
///
/// **Shape** pure. In this order: the whole last name, its beginning, the beginning of a word in
/// it, beginnings of words one after the other (`fs` for `FileSearch`), anywhere in it, anywhere in
/// the path, scattered letters of the last name, scattered letters of the path. Among equals the
/// tighter, then the shorter. **Threads** any.
final class Fuzzy {
    static final int NONE = Integer.MIN_VALUE;

    /// Of what fits, and less well than what was asked for.
    static final int LOW = NONE + 1;

    private static final int STEP = 1 << 20;
    private static final int SPAN = 1 << 10;

    private Fuzzy() {}

    /// **Shape** `folded` is `name` in lower case, of the same length, `base` where its last name
    /// begins; `typed` is in lower case and not empty. Returns [#NONE] or a number, the higher the
    /// better.
    static int score(String name, String folded, int base, String typed) {
        return score(name, folded, base, typed, NONE);
    }

    /// The same, where it is not worth to know how well a name fits that fits less well than
    /// `enough`.
    static int score(String name, String folded, int base, String typed, int enough) {
        int direct = direct(name, folded, base, typed);
        if (direct != NONE) {
            return direct - name.length();
        }
        if (enough > 4 * STEP) {
            return forward(folded, 0, typed) > 0 ? LOW : NONE;
        }
        // Most names end here: what is not scattered over the last one begins no words of it
        // either.
        boolean scattered = forward(folded, base, typed) > 0;
        if (scattered || typed.indexOf('/') >= 0) {
            int words = words(name, folded, base, typed);
            if (words > 0) {
                return 4 * STEP - words * SPAN - name.length();
            }
        }
        if (scattered) {
            int span = span(folded, base, typed);
            return STEP - Math.min(span, 500) * SPAN - name.length();
        }
        int span = span(folded, 0, typed);
        return span > 0 ? -Math.min(span, 500) * SPAN - name.length() : NONE;
    }

    /// For what stands in the name as it was typed.
    private static int direct(String name, String folded, int base, String typed) {
        int at = folded.indexOf(typed, base);
        if (at == base) {
            int rest = name.length() - base - typed.length();
            boolean whole = rest == 0 || name.lastIndexOf('.') == base + typed.length();
            return whole ? 7 * STEP : 6 * STEP;
        }
        for (int next = at; next >= 0; next = folded.indexOf(typed, next + 1)) {
            if (startsWord(name, next)) {
                return 5 * STEP;
            }
        }
        if (at >= 0) {
            return 3 * STEP;
        }
        if (folded.indexOf(typed) < 0) {
            return NONE;
        }
        at = folded.lastIndexOf(typed);
        return 2 * STEP + (startsWord(name, at) ? SPAN : 0);
    }

    /// How many words the letters begin or go on in, or 0.
    private static int words(String name, String folded, int base, String typed) {
        int at = typed.indexOf('/') < 0 ? base : 0;
        int jumps = 0;
        int done = 0;
        boolean inWord = false;
        for (; at < folded.length() && done < typed.length(); at++) {
            if (folded.charAt(at) == typed.charAt(done) && (inWord || startsWord(name, at))) {
                jumps += inWord ? 0 : 1;
                inWord = true;
                done++;
            } else {
                inWord = false;
            }
        }
        return done == typed.length() ? jumps : 0;
    }

    /// Over how many letters the typed ones are scattered from `from` on, or 0.
    private static int span(String folded, int from, String typed) {
        int end = forward(folded, from, typed);
        int at = end;
        // Back from the end: the same letters may stand closer together.
        for (int done = typed.length(); end > 0 && done > 0; done--) {
            at = folded.lastIndexOf(typed.charAt(done - 1), at - 1);
        }
        return end - at;
    }

    /// The end of the first place in which the typed letters stand one after the other, or 0.
    private static int forward(String folded, int from, String typed) {
        int at = from;
        for (int done = 0; done < typed.length(); done++) {
            at = folded.indexOf(typed.charAt(done), at) + 1;
            if (at == 0) {
                return 0;
            }
        }
        return at;
    }

    private static boolean startsWord(String name, int at) {
        if (at == 0) {
            return true;
        }
        char c = name.charAt(at);
        char before = name.charAt(at - 1);
        return switch (before) {
            case '/', '_', '-', '.', ' ' -> true;
            default ->
                    (Character.isUpperCase(c) && !Character.isUpperCase(before))
                            || (Character.isDigit(c) && !Character.isDigit(before));
        };
    }

    /// Which letters stand in a text, as bits: a name without those of what was typed cannot fit.
    static long letters(String folded) {
        long bits = 0;
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            int bit =
                    c >= 'a' && c <= 'z'
                            ? c - 'a'
                            : c >= '0' && c <= '9' ? 26 + c - '0' : 36 + (c * 31) % 28;
            bits |= 1L << bit;
        }
        return bits;
    }

    /// In lower case, letter for letter.
    static String folded(String name) {
        String folded = name.toLowerCase(java.util.Locale.ROOT);
        if (folded.length() == name.length()) {
            return folded.equals(name) ? name : folded;
        }
        StringBuilder letters = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            letters.setCharAt(i, Character.toLowerCase(name.charAt(i)));
        }
        return letters.toString();
    }
}
