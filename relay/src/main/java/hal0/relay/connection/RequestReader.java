package hal0.relay.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import java.util.function.Supplier;

/// The server's view of what a client sends, with chunks as RFC 9112 has them and no larger than
/// the server can hold: it would read a chunk whole, and a client may announce two gigabytes.
///
/// **Shape** a large chunk is shown as several. The server library asks for lines only where a
/// chunk's size stands or after the last chunk, and skips two bytes only after a chunk's data; what
/// else it reads is not touched. Extensions and trailers, which no client of ours sends, are
/// refused. **Errors** [NumberFormatException], as the library has for sizes. **Threads** the
/// connection's own.
final class RequestReader extends DataReader {
    private static final int LARGEST_PIECE = 64 * 1024;
    private static final int LONGEST_SIZE = 8;

    private long left;
    private boolean inChunk;
    private boolean last;

    @SuppressWarnings("removal") // its factory gives a reader that nobody can extend
    RequestReader(Supplier<byte[]> bytes) {
        super(bytes, false);
    }

    @Override
    public String readLine() {
        if (left == 0) {
            String line = line();
            if (last) {
                last = false;
                return line;
            }
            left = size(line);
            last = left == 0;
            if (last) {
                return "0";
            }
        }
        long piece = Math.min(left, LARGEST_PIECE);
        left -= piece;
        inChunk = true;
        return Long.toHexString(piece);
    }

    private String line() {
        try {
            int length = findNewLine(LONGEST_SIZE + 1);
            if (length > LONGEST_SIZE) {
                throw new NumberFormatException("the size of a chunk is too long");
            }
            String line = readAsciiString(length);
            super.skip(2);
            return line;
        } catch (IncorrectNewLineException e) {
            throw new NumberFormatException("the line of a chunk's size does not end in CR LF");
        }
    }

    private static long size(String line) {
        if (line.isEmpty()) {
            throw new NumberFormatException("a chunk without a size");
        }
        long size = 0;
        for (int i = 0; i < line.length(); i++) {
            int digit = Character.digit(line.charAt(i), 16);
            if (digit < 0 || line.charAt(i) > 'f') {
                throw new NumberFormatException("the size of a chunk is no hexadecimal number");
            }
            size = (size << 4) | digit;
        }
        return size;
    }

    @Override
    public BufferData readBuffer(int length) {
        boolean chunk = inChunk;
        inChunk = false;
        BufferData data = super.readBuffer(length);
        inChunk = chunk;
        return data;
    }

    @Override
    public void skip(int length) {
        if (!inChunk || length != 2) {
            super.skip(length);
            return;
        }
        inChunk = false;
        if (left > 0) {
            // Between two pieces of one chunk stands nothing.
            return;
        }
        if (read() != '\r' || read() != '\n') {
            throw new NumberFormatException("a chunk is longer than its size");
        }
    }
}
