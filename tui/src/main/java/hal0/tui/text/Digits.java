package hal0.tui.text;

/// Numbers that are long.
public final class Digits {
    private Digits() {}

    /// With thousands set apart, such as `12,345`.
    ///
    /// By hand: `%,d` loads the number formats of a language, for the status line, in the middle of
    /// the first answer.
    public static String grouped(long count) {
        StringBuilder out = new StringBuilder(Long.toString(count));
        int first = count < 0 ? 1 : 0;
        for (int at = out.length() - 3; at > first; at -= 3) {
            out.insert(at, ',');
        }
        return out.toString();
    }
}
