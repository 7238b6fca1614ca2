package hal0.relay.forward;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Carries a stream of events from upstream to client, without what asking for usage added.
///
/// **Shape** whole events in a piece go out as views of it; only an event that spans pieces is
/// kept, up to 32 MiB, beyond which it is passed on as it is. **Threads** one.
final class EventPipe {
    private static final int KEEP_AT_MOST = 32 * 1024 * 1024;

    private final EventScanner scanner = new EventScanner();
    private final OutputStream out;
    private final OpenBuffer open = new OpenBuffer();
    private boolean tooLarge;
    private boolean lastDropped;

    EventPipe(OutputStream out) {
        this.out = out;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int to = offset + length;
        int at = offset;
        // Neighbouring events that stay go out in one write.
        int passed = offset;
        while (at < to) {
            int end = scanner.next(bytes, at, to);
            if (end < 0) {
                out.write(bytes, passed, at - passed);
                keep(bytes, at, to - at);
                return;
            }
            if (tooLarge) {
                tooLarge = false;
                lastDropped = false;
            } else if (open.size() > 0) {
                open.write(bytes, at, end - at);
                pass(open.bytes(), open.size());
                open.reset();
                passed = end;
            } else {
                passed = judged(bytes, passed, at, end);
            }
            at = end;
        }
        out.write(bytes, passed, to - passed);
    }

    /// Passes on an event that the upstream did not end.
    void end() throws IOException {
        open.writeTo(out);
        open.reset();
    }

    /// Whether everything that went out was whole events.
    boolean atBoundary() {
        return !tooLarge;
    }

    private void keep(byte[] bytes, int from, int length) throws IOException {
        if (!tooLarge && open.size() + length > KEEP_AT_MOST) {
            tooLarge = true;
            end();
        }
        if (tooLarge) {
            out.write(bytes, from, length);
        } else {
            open.write(bytes, from, length);
        }
    }

    private void pass(byte[] bytes, int to) throws IOException {
        int passed = judged(bytes, 0, 0, to);
        out.write(bytes, passed, to - passed);
    }

    /// Writes what must be written for the event in `[from, to)` to be changed or dropped; from the
    /// offset that is returned on, everything up to `to` is still to be written.
    private int judged(byte[] bytes, int passed, int from, int to) throws IOException {
        if (to - from == 1 && bytes[from] == '\n') {
            // The LF of a CRLF that was split belongs to the event before it.
            return lastDropped ? to : passed;
        }
        AddedUsage.Verdict verdict = AddedUsage.judge(bytes, from, to);
        lastDropped = verdict.drop();
        if (verdict.drop()) {
            out.write(bytes, passed, from - passed);
            return to;
        }
        if (verdict.end() > verdict.start()) {
            out.write(bytes, passed, verdict.start() - passed);
            return verdict.end();
        }
        return passed;
    }

    /// Gives its bytes without copying them.
    private static final class OpenBuffer extends ByteArrayOutputStream {
        byte[] bytes() {
            return buf;
        }
    }
}
