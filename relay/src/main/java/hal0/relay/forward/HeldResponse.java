package hal0.relay.forward;

import hal0.providers.dialect.AnswerErrors;
import hal0.providers.error.ProviderException;
import hal0.providers.http.ResponseAround;
import hal0.providers.http.UpstreamResponse;
import hal0.relay.dispatch.RescueRules;
import hal0.relay.rescue.Pull;
import java.io.ByteArrayOutputStream;
import java.time.Duration;

/// An answer whose beginning was read ahead, and is read again by who delivers it.
///
/// **Threads** as [UpstreamResponse]; reading ahead belongs to the reader too.
final class HeldResponse implements ResponseAround {
    private static final int PIECE = 8 * 1024;

    private final UpstreamResponse response;
    private final byte[] piece = new byte[PIECE];
    private final Pull<Integer> pull;
    private final Beginning held = new Beginning();
    private int at;
    private boolean ended;

    HeldResponse(UpstreamResponse response) {
        this.response = response;
        this.pull = new Pull<>(() -> response.read(piece, 0, PIECE));
    }

    @Override
    public UpstreamResponse response() {
        return response;
    }

    /// Reads ahead until the stream says something, for no longer than `most` and no more than the
    /// bound of holding.
    ///
    /// **Errors** those of reading; what the stream reports; a stream that ended without a word.
    void untilContent(AnswerTap tap, AnswerErrors errors, Duration most) {
        response.awaitContent();
        long end = System.nanoTime() + most.toNanos();
        while (!says(tap)) {
            Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            if (held.size() >= RescueRules.LARGEST_HOLD || !pull.isReady(left)) {
                break;
            }
            int read = more();
            if (read < 0) {
                tap.end();
                if (!says(tap)) {
                    throw errors.cut();
                }
                return;
            }
            tap.accept(piece, 0, read);
        }
        response.contentBegan();
    }

    private static boolean says(AnswerTap tap) {
        ProviderException failure = tap.observer().failure();
        if (failure != null) {
            throw failure;
        }
        return tap.isBlind() || tap.observer().hasContent() || tap.observer().isComplete();
    }

    /// Reads ahead up to the end, or up to that many bytes; all there was so far.
    byte[] upTo(int most) {
        while (!ended && held.size() < most) {
            more();
        }
        return held.toByteArray();
    }

    /// Whether reading ahead has come to the end.
    boolean isWhole() {
        return ended;
    }

    private int more() {
        int read = pull.take();
        ended = read < 0;
        held.write(piece, 0, Math.max(read, 0));
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (at == held.size() && pull.isUnderWay()) {
            held.reset();
            at = 0;
            more();
        }
        if (at < held.size()) {
            int taken = Math.min(length, held.size() - at);
            System.arraycopy(held.bytes(), at, buffer, offset, taken);
            at += taken;
            return taken;
        }
        return ended ? -1 : response.read(buffer, offset, length);
    }

    @Override
    public byte[] readAll(long limit) {
        throw new UnsupportedOperationException("an answer that is passed on is read in pieces");
    }

    /// Gives its bytes without copying them.
    private static final class Beginning extends ByteArrayOutputStream {
        byte[] bytes() {
            return buf;
        }
    }
}
