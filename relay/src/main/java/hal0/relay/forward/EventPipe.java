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
        int from = offset;
        int to = offset + length;
        while (from < to) {
            int end = scanner.next(bytes, from, to);
            if (end < 0) {
                keep(bytes, from, to - from);
                return;
            }
            finish(bytes, from, end);
            from = end;
        }
    }

    /// Passes on an event that the upstream did not end.
    void end() throws IOException {
        open.writeTo(out);
        open.reset();
    }

    boolean atBoundary() {
        return scanner.atBoundary() && open.size() == 0;
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

    private void finish(byte[] bytes, int from, int end) throws IOException {
        if (tooLarge) {
            out.write(bytes, from, end - from);
            tooLarge = false;
        } else if (open.size() == 0) {
            pass(bytes, from, end);
        } else {
            open.write(bytes, from, end - from);
            pass(open.bytes(), 0, open.size());
            open.reset();
        }
    }

    private void pass(byte[] bytes, int from, int to) throws IOException {
        if (to - from == 1 && bytes[from] == '\n') {
            // The LF of a CRLF that was split belongs to the event before it.
            if (!lastDropped) {
                out.write('\n');
            }
            return;
        }
        AddedUsage.Verdict verdict = AddedUsage.judge(bytes, from, to);
        lastDropped = verdict.drop();
        if (verdict.drop()) {
            return;
        }
        if (verdict.end() > verdict.start()) {
            out.write(bytes, from, verdict.start() - from);
            out.write(bytes, verdict.end(), to - verdict.end());
        } else {
            out.write(bytes, from, to - from);
        }
    }

    /// Gives its bytes without copying them.
    private static final class OpenBuffer extends ByteArrayOutputStream {
        byte[] bytes() {
            return buf;
        }
    }
}
