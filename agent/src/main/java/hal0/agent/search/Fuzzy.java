package hal0.agent.search;

/// How well a name fits what was typed, letter after letter, without regard to case.
///
/// **Shape** pure. In this order: the whole last name, its beginning, the beginning of a word in
/// it, beginnings of words one after the other (`fs` for `FileSearch`), anywhere in it, anywhere in
/// the path, scattered letters of the last name, scattered letters of the path. Among equals the
/// tighter, then the shorter. **Threads** any.
final class Fuzzy {
    static final int NONE = Integer.MIN_VALUE;

    private static final int STEP = 1 << 20;
    private static final int SPAN = 1 << 10;

    private Fuzzy() {}

    /// **Shape** `folded` is `name` in lower case, of the same length, `base` where its last name
    /// begins; `typed` is in lower case and not empty. Returns [#NONE] or a number, the higher the
    /// better.
    static int score(String name, String folded, int base, String typed) {
        int direct = direct(name, folded, base, typed);
        if (direct != NONE) {
            return direct - name.length();
        }
        int words = words(name, folded, base, typed);
        if (words > 0) {
            return 4 * STEP - words * SPAN - name.length();
        }
        int span = span(folded, base, typed);
        if (span > 0) {
            return STEP - Math.min(span, 500) * SPAN - name.length();
        }
        span = span(folded, 0, typed);
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
        at = folded.lastIndexOf(typed);
        if (at < 0) {
            return NONE;
        }
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
        int done = 0;
        int at = from;
        for (; at < folded.length() && done < typed.length(); at++) {
            if (folded.charAt(at) == typed.charAt(done)) {
                done++;
            }
        }
        if (done < typed.length()) {
            return 0;
        }
        int end = at;
        // Back from the end: the same letters may stand closer together.
        while (done > 0) {
            if (folded.charAt(--at) == typed.charAt(done - 1)) {
                done--;
            }
        }
        return end - at;
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
