package hal0.agent.search;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A line that the regular expression looks at, which counts how often.
///
/// **Shape** bytes of ASCII are looked at where they are; other lines are decoded first. **Errors**
/// [TooManySteps], so that no expression runs for ever. **Threads** one.
final class BoundedLine implements CharSequence {
    static final long STEPS = 2_000_000;
    private static final long STEPS_A_BYTE = 200;

    /// The expression tries too many ways.
    static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }

    private byte[] bytes = {};
    private int from;
    private int length;
    private String decoded = "";
    private boolean ascii;
    private long left;

    void set(byte[] in, int start, int end) {
        bytes = in;
        from = start;
        ascii = ascii(in, start, end);
        decoded = ascii ? "" : new String(in, start, end - start, UTF_8);
        length = ascii ? end - start : decoded.length();
        left = STEPS + STEPS_A_BYTE * (end - start);
    }

    boolean isAscii() {
        return ascii;
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new TooManySteps();
        }
        return ascii ? (char) bytes[from + index] : decoded.charAt(index);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().substring(start, end);
    }

    @Override
    public String toString() {
        return ascii ? new String(bytes, from, length, UTF_8) : decoded;
    }

    private static boolean ascii(byte[] in, int start, int end) {
        for (int i = start; i < end; i++) {
            if (in[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
