package hal0.agent.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;

/// A pipe that stays open while anybody writes into it.
///
/// The JDK's own pipes are read to their end, into memory, the moment the first process is over; a
/// process that goes on writing then would fill the memory or be ended by the closed pipe.
///
/// **Threads** one reads; any may close, which ends a read that waits.
public final class OutputPipe implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FileChannel channel;

    private OutputPipe(FileChannel channel) {
        this.channel = channel;
    }

    /// A pipe with a name, and nobody at either end.
    static final class Named implements AutoCloseable {
        private final Path name;
        private final RandomAccessFile both;

        private Named(Path name, RandomAccessFile both) {
            this.name = name;
            this.both = both;
        }

        static Named in(Path folder) throws IOException {
            Path name = folder.resolve(UUID.randomUUID().toString());
            Process made =
                    new ProcessBuilder("mkfifo", "-m", "600", name.toString())
                            .redirectErrorStream(true)
                            .start();
            try {
                if (!made.waitFor(PATIENCE) || made.exitValue() != 0) {
                    throw new IOException("mkfifo could not make a pipe in " + folder);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } finally {
                made.destroyForcibly();
            }
            // Open at both ends, so that neither reader nor writer has to wait for the other.
            return new Named(name, new RandomAccessFile(name.toFile(), "rw"));
        }

        Path name() {
            return name;
        }

        OutputPipe reader() throws IOException {
            return new OutputPipe(FileChannel.open(name, StandardOpenOption.READ));
        }

        @Override
        public void close() throws IOException {
            both.close();
            Files.deleteIfExists(name);
        }
    }

    /// The number of bytes read, -1 at the end and once it is closed.
    public int read(ByteBuffer into) throws IOException {
        try {
            return channel.isOpen() ? channel.read(into) : -1;
        } catch (AsynchronousCloseException _) {
            return -1;
        }
    }

    /// Everything up to the end, or the first `most` bytes of it; the rest is read and forgotten.
    public byte[] readAll(int most) throws IOException {
        ByteBuffer kept = ByteBuffer.allocate(most);
        ByteBuffer chunk = ByteBuffer.allocate(8192);
        while (read(chunk) >= 0) {
            chunk.flip();
            chunk.limit(Math.min(chunk.limit(), kept.remaining()));
            kept.put(chunk);
            chunk.clear();
        }
        byte[] all = new byte[kept.flip().remaining()];
        kept.get(all);
        return all;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // Nothing is written through it, so nothing can be lost.
        }
    }
}
