package hal0.relay.forward;

/// Remembers the last bytes of a stream of events, to tell whether it stands between two of them.
///
/// **Threads** one.
final class EventTail {
    /// The longest blank line with the line end before it: CR LF CR LF.
    private static final int LONGEST = 4;

    private final byte[] last = new byte[LONGEST];
    private int kept;

    void take(byte[] bytes, int offset, int length) {
        int fresh = Math.min(length, LONGEST);
        int old = Math.min(kept, LONGEST - fresh);
        System.arraycopy(last, kept - old, last, 0, old);
        System.arraycopy(bytes, offset + length - fresh, last, old, fresh);
        kept = old + fresh;
    }

    /// Whether everything so far was whole events: nothing at all, or a blank line at its end.
    boolean atBoundary() {
        int at = beforeLineEnd(kept);
        return kept == 0 || (at < kept && (at == 0 || beforeLineEnd(at) < at));
    }

    private int beforeLineEnd(int end) {
        if (end > 1 && last[end - 1] == '\n' && last[end - 2] == '\r') {
            return end - 2;
        }
        return end > 0 && (last[end - 1] == '\n' || last[end - 1] == '\r') ? end - 1 : end;
    }
}
