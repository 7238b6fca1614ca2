package hal0.providers.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Locale;

/// Finds the end of a body on its connection, and takes the chunks' own marks out.
///
/// **Shape** what has come of several chunks is read as one piece. **Source** RFC 9112, sections
/// 6.3 and 7.1, read 2026-11-21. **Threads** one at a time.
final class Framing {
    private enum State {
        SIZE,
        DATA,
        END_OF_CHUNK,
        TRAILERS,
        COUNTED,
        UNTIL_CLOSE,
        ENDED
    }

    private static final long NO_LENGTH = -1;

    private final PlainConnection connection;
    private final boolean endsItself;
    private State state;
    private long left;

    private Framing(PlainConnection connection, State state, long left, boolean endsItself) {
        this.connection = connection;
        this.state = state;
        this.left = left;
        this.endsItself = endsItself;
    }

    static Framing of(String method, AnswerHead head, PlainConnection connection)
            throws IOException {
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return new Framing(connection, State.ENDED, 0, true);
        }
        long length = length(head.headers());
        String coding = head.headers().find("Transfer-Encoding").orElse("");
        if (!coding.isEmpty()) {
            boolean chunked = coding.strip().toLowerCase(Locale.ROOT).endsWith("chunked");
            // Who says both may mean either: such a connection carries nothing more.
            return new Framing(
                    connection,
                    chunked ? State.SIZE : State.UNTIL_CLOSE,
                    0,
                    chunked && length == NO_LENGTH);
        }
        if (length == NO_LENGTH) {
            return new Framing(connection, State.UNTIL_CLOSE, 0, false);
        }
        return new Framing(connection, length == 0 ? State.ENDED : State.COUNTED, length, true);
    }

    /// Two lengths that differ would let the rest of one answer be read as the next.
    private static long length(Headers headers) throws IOException {
        long[] found = {NO_LENGTH};
        boolean[] odd = new boolean[1];
        headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase("Content-Length")) {
                for (String one : value.split(",", -1)) {
                    long length = digits(one.strip());
                    odd[0] |= length < 0 || (found[0] != NO_LENGTH && found[0] != length);
                    found[0] = length;
                }
            }
        });
        if (odd[0]) {
            throw new ProtocolException("Content-Length is not one number");
        }
        return found[0];
    }

    private static long digits(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return NO_LENGTH;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return NO_LENGTH;
            }
        }
        return Long.parseLong(text);
    }

    /// Whether the connection may carry another answer after this one.
    boolean leavesConnectionClean() {
        return state == State.ENDED && endsItself && connection.buffered() == 0;
    }

    boolean isOver() {
        return state == State.ENDED;
    }

    /// At least one byte, or -1 at the end. Waits only for the first.
    int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int n = 0;
        while (state != State.ENDED && n < length) {
            if (n > 0 && !hasNext()) {
                return n;
            }
            n += step(buffer, offset + n, length - n);
        }
        return n == 0 ? -1 : n;
    }

    /// Whether the next step needs nothing that has not come yet.
    private boolean hasNext() {
        return switch (state) {
            case DATA, COUNTED, UNTIL_CLOSE -> connection.buffered() > 0;
            case SIZE, END_OF_CHUNK, TRAILERS -> connection.hasLine();
            case ENDED -> true;
        };
    }

    private int step(byte[] buffer, int offset, int length) throws IOException {
        switch (state) {
            case SIZE -> begin(connection.line());
            case END_OF_CHUNK -> {
                if (!connection.line().isEmpty()) {
                    throw new ProtocolException("a chunk is longer than it says");
                }
                state = State.SIZE;
            }
            case TRAILERS -> {
                if (connection.line().isEmpty()) {
                    state = State.ENDED;
                }
            }
            case DATA, COUNTED -> {
                return counted(buffer, offset, length);
            }
            case UNTIL_CLOSE -> {
                if (connection.buffered() == 0 && connection.fill() < 0) {
                    state = State.ENDED;
                }
                return connection.take(buffer, offset, length);
            }
            case ENDED -> throw new EOFException();
        }
        return 0;
    }

    private int counted(byte[] buffer, int offset, int length) throws IOException {
        connection.need();
        int n = connection.take(buffer, offset, (int) Math.min(left, length));
        left -= n;
        if (left == 0) {
            state = state == State.DATA ? State.END_OF_CHUNK : State.ENDED;
        }
        return n;
    }

    private void begin(String line) throws IOException {
        int extension = line.indexOf(';');
        String size = (extension < 0 ? line : line.substring(0, extension)).strip();
        if (size.isEmpty() || size.length() > 15) {
            throw new ProtocolException("a chunk says no size");
        }
        left = 0;
        for (int i = 0; i < size.length(); i++) {
            int digit = Character.digit(size.charAt(i), 16);
            if (digit < 0) {
                throw new ProtocolException("a chunk says no size");
            }
            left = left * 16 + digit;
        }
        state = left == 0 ? State.TRAILERS : State.DATA;
    }

    /// Takes what is left of the body if it has come already; nothing is waited for.
    ///
    /// Many clients stop reading at the last event; what follows it is only the mark of the end.
    void finishWithoutWaiting() throws IOException {
        if (state == State.ENDED
                || state == State.UNTIL_CLOSE
                || (!hasNext() && !connection.takeArrived())) {
            return;
        }
        byte[] rest = new byte[256];
        int rounds = 0;
        while (state != State.ENDED && hasNext() && rounds < 64) {
            step(rest, 0, rest.length);
            rounds++;
        }
    }
}
