package hal0.relay.operation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Bytes that must wait, in memory as long as they are few and then in a file.
///
/// **Shape** the file is private and has no name any more once it is open, so that nothing stays
/// behind however the program ends. **Threads** one.
final class Spool implements AutoCloseable {
    private static final int IN_MEMORY = 64 * 1024;
    private static final int PIECE = 64 * 1024;

    private final Path folder;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream(8 * 1024);
    private @Nullable SeekableByteChannel file;
    private long size;

    /// `folder` is where a file would be.
    Spool(Path folder) {
        this.folder = folder;
    }

    /// **Units** bytes.
    long size() {
        return size;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        if (file == null && size + length > IN_MEMORY) {
            file = open();
            write(file, ByteBuffer.wrap(memory.toByteArray()));
            memory.reset();
        }
        if (file == null) {
            memory.write(bytes, offset, length);
        } else {
            write(file, ByteBuffer.wrap(bytes, offset, length));
        }
        size += length;
    }

    private static void write(SeekableByteChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private SeekableByteChannel open() throws IOException {
        Files.createDirectories(folder);
        var options =
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        return Files.newByteChannel(
                folder.resolve("upload-" + UUID.randomUUID()),
                options,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /// Writes what stands in `[from, to)`.
    void copy(long from, long to, OutputStream out) throws IOException {
        if (file == null) {
            out.write(memory.toByteArray(), (int) from, (int) (to - from));
            return;
        }
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        file.position(from);
        for (long left = to - from; left > 0; left -= piece.limit()) {
            piece.clear().limit((int) Math.min(PIECE, left));
            if (file.read(piece) < 0) {
                throw new IOException("the file of an upload is shorter than what was written");
            }
            piece.flip();
            out.write(piece.array(), 0, piece.limit());
        }
        file.position(size);
    }

    @Override
    public void close() {
        memory.reset();
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            System.getLogger(Spool.class.getName())
                    .log(System.Logger.Level.WARNING, "the file of an upload cannot be closed", e);
        }
    }
}
