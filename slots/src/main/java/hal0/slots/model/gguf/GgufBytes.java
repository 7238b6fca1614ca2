package hal0.slots.model.gguf;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.IoReason;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The head of a file, read forwards through a small buffer.
///
/// **Errors** [ModelException] with the place in the file: where it ends too early, where a length
/// cannot be, and where the head goes on for longer than any real one. **Threads** one.
final class GgufBytes implements AutoCloseable {
    /// Vocabularies of a quarter of a million words take some 20 MB.
    private static final long LONGEST_HEAD = 128L * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long bufferAt;

    private GgufBytes(Path file, FileChannel channel, long size) {
        this.file = file;
        this.channel = channel;
        this.size = size;
    }

    static GgufBytes open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new GgufBytes(file, channel, channel.size());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static ModelException unreadable(Path file, IOException e) {
        return ModelException.of(
                ModelProblem.UNREADABLE,
                "the model file %s cannot be read: %s".formatted(file, IoReason.of(e)),
                e);
    }

    /// The length of the whole file.
    long size() {
        return size;
    }

    /// How far it was read.
    long position() {
        return bufferAt + buffer.position();
    }

    int u8() {
        return Byte.toUnsignedInt(some(1).get());
    }

    int u16() {
        return Short.toUnsignedInt(some(2).getShort());
    }

    long u32() {
        return Integer.toUnsignedLong(some(4).getInt());
    }

    long i64() {
        return some(8).getLong();
    }

    /// A length or a count, which no real file has more than 2^63 of.
    long count(String of) {
        long at = position();
        long count = i64();
        if (count < 0) {
            throw broken(at, "%s of %s".formatted(of, Long.toUnsignedString(count)));
        }
        return count;
    }

    /// A text of at most so many bytes.
    String text(long longest, String what) {
        long at = position();
        long length = count("a length");
        if (length > longest) {
            throw broken(at, "%s of %d bytes".formatted(what, length));
        }
        return textOf((int) length);
    }

    /// The text of that length.
    String textOf(int length) {
        checkEnd(position() + length);
        byte[] bytes = new byte[length];
        for (int done = 0; done < bytes.length; ) {
            int part = Math.min(bytes.length - done, BUFFER);
            some(part).get(bytes, done, part);
            done += part;
        }
        return new String(bytes, UTF_8);
    }

    void skip(long bytes) {
        long to = position() + bytes;
        checkEnd(to < 0 ? Long.MAX_VALUE : to);
        if (bytes <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) bytes);
        } else {
            buffer.limit(0);
            bufferAt = to;
        }
    }

    /// The buffer with that many bytes ahead.
    private ByteBuffer some(int bytes) {
        if (buffer.remaining() < bytes) {
            fill(bytes);
        }
        return buffer;
    }

    private void fill(int bytes) {
        checkEnd(position() + bytes);
        bufferAt = position();
        buffer.compact();
        try {
            while (buffer.position() < bytes) {
                if (channel.read(buffer, bufferAt + buffer.position()) < 0) {
                    throw broken(bufferAt, "the end of the file");
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        buffer.flip();
    }

    private void checkEnd(long to) {
        if (to > size) {
            throw ModelException.of(
                    ModelProblem.UNREADABLE,
                    ("the model file %s is cut short: at byte %d it promises more than its %d bytes;"
                                    + " fetch it again")
                            .formatted(file, position(), size));
        }
        if (to > LONGEST_HEAD) {
            throw broken(position(), "a head of more than %d bytes".formatted(LONGEST_HEAD));
        }
    }

    /// What to throw for something that cannot be at that place.
    ModelException broken(long at, String what) {
        return ModelException.of(
                ModelProblem.UNREADABLE,
                "the model file %s is no sound GGUF file: %s at byte %d".formatted(file, what, at));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It was only read, and what was read is known.
            System.getLogger(GgufBytes.class.getName())
                    .log(System.Logger.Level.DEBUG, "a model file was not closed", e);
        }
    }
}
