package hal0.providers.probe;

/// The beginning of a model's words, as one line without anything that a terminal obeys.
final class Excerpt {
    private static final int LONGEST = 60;

    private Excerpt() {}

    static String of(String text) {
        StringBuilder line = new StringBuilder();
        int taken = 0;
        for (int i = 0; i < text.length() && taken < LONGEST; taken++) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isWhitespace(c)) {
                line.append(' ');
            } else {
                line.appendCodePoint(isHarmless(c) ? c : '\uFFFD');
            }
        }
        return line.length() < text.length()
                ? line.toString().stripTrailing() + "…"
                : line.toString();
    }

    private static boolean isHarmless(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED;
    }
}
