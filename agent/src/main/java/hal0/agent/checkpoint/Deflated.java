package hal0.agent.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/// A new file of the store while it is written; closing deletes it unless it was moved.
final class Deflated extends OutputStream {
    private static final int BUFFER_BYTES = 16_384;

    private final Path file;
    private final FileChannel channel;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final DeflaterOutputStream out;

    Deflated(Path file) throws IOException {
        this.file = file;
        this.channel =
                FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        ownersOnly(file));
        this.out =
                new DeflaterOutputStream(Channels.newOutputStream(channel), deflater, BUFFER_BYTES);
    }

    Path file() {
        return file;
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
    }

    /// Makes the file whole.
    void end(boolean durable) throws IOException {
        out.finish();
        if (durable) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        channel.close();
        Files.deleteIfExists(file);
    }

    private static FileAttribute<?>[] ownersOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
