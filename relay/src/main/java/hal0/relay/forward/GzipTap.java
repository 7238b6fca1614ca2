package hal0.relay.forward;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Looks into gzip bytes that pass by, as far as they have come.
///
/// **Shape** one member after the other; bytes that are not gzip are looked into no further, and
/// after a whole member they are only what some servers fill up with. **Threads** one; `close`
/// frees native memory.
final class GzipTap implements AutoCloseable {
    private static final int HEADER = 10;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int CHECKSUM = 2;
    private static final int TRAILER = 8;

    /// Takes decoded bytes.
    interface Sink {
        void accept(byte[] bytes, int offset, int length);
    }

    private final Inflater inflater = new Inflater(true);
    private final byte[] decoded = new byte[16 * 1024];
    private final Sink sink;
    private boolean inHeader = true;
    private boolean blind;
    private boolean memberSeen;
    private boolean over;
    private int trailerLeft;
    private int headerAt;
    private int flags;
    private int extraLeft = -1;
    private int extraLow;

    GzipTap(Sink sink) {
        this.sink = sink;
    }

    void accept(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && !blind && !over) {
            if (trailerLeft > 0) {
                int skipped = Math.min(trailerLeft, end - at);
                trailerLeft -= skipped;
                at += skipped;
            } else if (inHeader) {
                header(bytes[at++] & 0xff);
            } else {
                at = end - inflate(bytes, at, end - at);
            }
        }
    }

    /// Whether these bytes are not gzip, so that what was learned of them is not all.
    boolean isBlind() {
        return blind;
    }

    /// How many bytes are left after the end of the member.
    private int inflate(byte[] bytes, int offset, int length) {
        inflater.setInput(bytes, offset, length);
        try {
            for (int n = inflater.inflate(decoded); n > 0; n = inflater.inflate(decoded)) {
                sink.accept(decoded, 0, n);
            }
        } catch (DataFormatException e) {
            // The client gets these bytes as they are and will say so; here nothing more can be
            // read.
            blind = true;
        }
        if (!inflater.finished()) {
            return 0;
        }
        int left = inflater.getRemaining();
        nextMember();
        return left;
    }

    private void nextMember() {
        inflater.reset();
        memberSeen = true;
        trailerLeft = TRAILER;
        inHeader = true;
        headerAt = 0;
        flags = 0;
        extraLeft = -1;
    }

    /// RFC 1952, 2.3: ten fixed bytes, then what the flags announce, in this order.
    private void header(int b) {
        if (headerAt < HEADER) {
            if ((headerAt == 0 && b != 0x1f) || (headerAt == 1 && b != 0x8b)) {
                blind = !memberSeen;
                over = memberSeen;
            }
            if (headerAt == 3) {
                flags = b;
            }
            headerAt++;
        } else if ((flags & EXTRA) != 0) {
            extra(b);
        } else if ((flags & NAME) != 0) {
            flags &= b == 0 ? ~NAME : ~0;
        } else if ((flags & COMMENT) != 0) {
            flags &= b == 0 ? ~COMMENT : ~0;
        } else if ((flags & CHECKSUM) != 0) {
            headerAt++;
            if (headerAt == HEADER + 2) {
                flags &= ~CHECKSUM;
            }
        }
        inHeader = headerAt < HEADER || (flags & (EXTRA | NAME | COMMENT | CHECKSUM)) != 0;
    }

    private void extra(int b) {
        if (extraLeft == -1) {
            extraLow = b;
            extraLeft = -2;
        } else if (extraLeft == -2) {
            extraLeft = extraLow | (b << 8);
        } else {
            extraLeft--;
        }
        if (extraLeft == 0) {
            flags &= ~EXTRA;
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
