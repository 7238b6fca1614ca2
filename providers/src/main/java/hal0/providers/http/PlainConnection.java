package hal0.providers.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/// A connection without TLS: what was read of it and not yet taken, and what is written to it.
///
/// **Threads** one at a time, except `close`, which ends what blocks on another.
final class PlainConnection implements AutoCloseable {
    private static final int BUFFER = 8 * 1024;
    private static final int WRITE_AT_ONCE = 64 * 1024;

    /// As much as OkHttp takes of one head.
    private static final int LONGEST_LINE = 256 * 1024;

    private final SocketChannel channel;
    private byte[] bytes = new byte[BUFFER];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int position;
    private int limit;
    private long idleSince;

    private PlainConnection(SocketChannel channel) {
        this.channel = channel;
    }

    static PlainConnection create() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new PlainConnection(channel);
    }

    /// **Errors** [java.net.SocketTimeoutException] after `patience`; zero is as long as it takes.
    void connect(InetSocketAddress address, Duration patience) throws IOException {
        long millis = patience.isZero() ? 0 : Math.max(1, patience.toMillis());
        channel.socket().connect(address, (int) Math.min(millis, Integer.MAX_VALUE));
    }

    /// Writes a head and a body after it, in as few pieces as there are 64 KiB.
    ///
    /// **Errors** [UnsentException] when the connection took nothing of it.
    void write(byte[] head, Iterable<Body.Slice> body, long length) throws IOException {
        ByteBuffer out = ByteBuffer.allocate((int) Math.min(WRITE_AT_ONCE, head.length + length));
        boolean sent = put(out, head, 0, head.length, false);
        for (Body.Slice slice : body) {
            sent = put(out, slice.bytes(), slice.offset(), slice.length(), sent);
        }
        flush(out, sent);
    }

    private boolean put(ByteBuffer out, byte[] from, int offset, int length, boolean sent)
            throws IOException {
        boolean any = sent;
        int at = offset;
        int left = length;
        while (left > 0) {
            if (!out.hasRemaining()) {
                flush(out, any);
                any = true;
            }
            int n = Math.min(left, out.remaining());
            out.put(from, at, n);
            at += n;
            left -= n;
        }
        return any;
    }

    private void flush(ByteBuffer out, boolean sent) throws IOException {
        boolean any = sent;
        out.flip();
        try {
            while (out.hasRemaining()) {
                channel.write(out);
                any = true;
            }
        } catch (IOException e) {
            if (any) {
                throw e;
            }
            throw new UnsentException(e);
        }
        out.clear();
    }

    /// Nothing of a request was taken, so that it may go over another connection.
    static final class UnsentException extends IOException {
        private static final long serialVersionUID = 1;

        UnsentException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    int buffered() {
        return limit - position;
    }

    /// Waits for bytes when none are buffered.
    ///
    /// **Errors** [EOFException] at the end of the connection.
    void need() throws IOException {
        if (position == limit && fill() < 0) {
            throw new EOFException();
        }
    }

    /// Takes what has come without waiting; false when that is nothing.
    boolean takeArrived() throws IOException {
        channel.configureBlocking(false);
        try {
            return fill() > 0;
        } finally {
            channel.configureBlocking(true);
        }
    }

    /// Reads once behind what is buffered; -1 at the end of the connection.
    int fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = 0;
        } else if (limit == bytes.length) {
            makeRoom();
        }
        view.limit(bytes.length).position(limit);
        int read = channel.read(view);
        if (read > 0) {
            limit += read;
        }
        return read;
    }

    private void makeRoom() throws IOException {
        if (position > 0) {
            System.arraycopy(bytes, position, bytes, 0, limit - position);
            limit -= position;
            position = 0;
        } else if (bytes.length >= LONGEST_LINE) {
            throw new ProtocolException("a line of the answer's head is too long");
        } else {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            view = ByteBuffer.wrap(bytes);
        }
    }

    /// Takes up to `most` of what is buffered.
    int take(byte[] into, int offset, int most) {
        int n = Math.min(most, limit - position);
        System.arraycopy(bytes, position, into, offset, n);
        position += n;
        return n;
    }

    boolean hasLine() {
        return endOfLine(position) >= 0;
    }

    private int endOfLine(int from) {
        for (int i = from; i < limit; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// The next line without its end, which is CRLF or LF.
    String line() throws IOException {
        int looked = 0;
        int end = endOfLine(position);
        while (end < 0) {
            looked = limit - position;
            if (fill() < 0) {
                throw new EOFException();
            }
            end = endOfLine(position + looked);
        }
        int length = end - position;
        if (length > 0 && bytes[end - 1] == '\r') {
            length--;
        }
        String line = new String(bytes, position, length, StandardCharsets.UTF_8);
        position = end + 1;
        return line;
    }

    /// No call uses it for now; `nanos` is when that began.
    void idleSince(long nanos) {
        idleSince = nanos;
    }

    long idleSince() {
        return idleSince;
    }

    /// Whether the server has neither ended the connection nor sent what nobody asked for.
    boolean isQuiet() {
        try {
            channel.configureBlocking(false);
            position = 0;
            limit = 0;
            view.clear();
            boolean quiet = channel.read(view) == 0;
            channel.configureBlocking(true);
            return quiet;
        } catch (IOException e) {
            // It broke while nobody used it: what matters is only that it cannot be used.
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Closing gives the socket back whatever it says, and nobody waits for more of it.
        }
    }
}
