package hal0.relay.forward;

import hal0.providers.dialect.AnswerErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Carries a stream of events from upstream to client, each after it was understood.
///
/// **Shape** what only opens or closes something waits for the next words: so the client stands
/// right behind a word whenever the stream breaks off, which is where another answer can go on.
/// **Errors** what the judge throws: the event that it threw for, and what waits, do not go out.
/// **Threads** one.
final class FollowedPipe {
    private static final int LARGEST_EVENT = 32 * 1024 * 1024;

    private final EventScanner scanner = new EventScanner();
    private final OutputStream out;
    private final EventJudge judge;
    private final AnswerErrors errors;
    private final boolean usageAdded;
    private final Bytes open = new Bytes();
    private final Bytes waiting = new Bytes();
    private boolean lastDropped;

    /// `usageAdded` where what asking for usage added is to be taken out.
    FollowedPipe(OutputStream out, EventJudge judge, AnswerErrors errors, boolean usageAdded) {
        this.out = out;
        this.judge = judge;
        this.errors = errors;
        this.usageAdded = usageAdded;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int to = offset + length;
        int at = offset;
        while (at < to) {
            int end = scanner.next(bytes, at, to);
            if (end < 0) {
                keep(bytes, at, to - at);
                return;
            }
            if (open.size() > 0) {
                keep(bytes, at, end - at);
                int size = open.size();
                open.reset();
                event(open.bytes(), 0, size);
            } else {
                event(bytes, at, end);
            }
            at = end;
        }
    }

    private void keep(byte[] bytes, int from, int length) {
        if (open.size() + (long) length > LARGEST_EVENT) {
            throw errors.bad("an event of its stream is too large", new byte[0], 0, 0, null);
        }
        open.write(bytes, from, length);
    }

    private void event(byte[] bytes, int from, int to) throws IOException {
        if (to - from == 1 && bytes[from] == '\n') {
            // The LF of a CRLF that was split belongs to the event before it.
            if (!lastDropped) {
                (waiting.size() > 0 ? waiting : out).write('\n');
            }
            return;
        }
        judge.event(bytes, from, to);
        take(bytes, from, to);
    }

    private void take(byte[] bytes, int from, int to) throws IOException {
        AddedUsage.Verdict verdict =
                usageAdded ? AddedUsage.judge(bytes, from, to) : AddedUsage.Verdict.KEEP;
        lastDropped = verdict.drop();
        if (verdict.end() > verdict.start()) {
            waiting.write(bytes, from, verdict.start() - from);
            waiting.write(bytes, verdict.end(), to - verdict.end());
        } else if (!verdict.drop()) {
            waiting.write(bytes, from, to - from);
        }
        if (judge.isAtWord()) {
            passOn();
        }
    }

    private void passOn() throws IOException {
        waiting.writeTo(out);
        waiting.reset();
        judge.shown();
    }

    /// The stream is over: what the upstream did not end itself is looked at too.
    ///
    /// **Errors** when the stream was not whole.
    void end() throws IOException {
        if (open.size() > 0) {
            int size = open.size();
            open.reset();
            judge.last(open.bytes(), 0, size);
            waiting.write(open.bytes(), 0, size);
        }
        judge.end();
        passOn();
    }

    /// Gives its bytes without copying them; they stay until it is written to again.
    private static final class Bytes extends ByteArrayOutputStream {
        byte[] bytes() {
            return buf;
        }
    }
}
