package hal0.relay.forward;

/// Finds where server-sent events end in bytes that arrive in pieces.
///
/// **Shape** a blank line ends an event; lines end in LF, CR or CRLF. An LF that follows a CR in
/// the next piece belongs to the event before it, which [#next] then reports as a one-byte event.
/// **Threads** one.
final class EventScanner {
    private boolean atLineStart = true;
    private boolean afterCr;
    private boolean afterEnd;

    /// The offset just after the first event that ends in `[from, to)`, or -1 when none does.
    int next(byte[] bytes, int from, int to) {
        int i = from;
        if (afterCr && i < to) {
            afterCr = false;
            if (bytes[i] == '\n') {
                i++;
                if (afterEnd) {
                    afterEnd = false;
                    return i;
                }
            }
        }
        afterEnd = false;
        while (i < to) {
            byte b = bytes[i++];
            if (b != '\n' && b != '\r') {
                atLineStart = false;
                continue;
            }
            boolean blank = atLineStart;
            atLineStart = true;
            if (b == '\r') {
                if (i == to) {
                    afterCr = true;
                    afterEnd = blank;
                } else if (bytes[i] == '\n') {
                    i++;
                }
            }
            if (blank) {
                return i;
            }
        }
        return -1;
    }
}
