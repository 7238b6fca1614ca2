package hal0.slots.model.pull;

import hal0.home.Home;
import hal0.home.IoReason;
import hal0.providers.http.CancelToken;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.model.ModelStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A file on its way: what has come so far, and its checksum.
///
/// **Shape** it is locked, so that two processes never write one part; it takes its name at once,
/// when it is whole. **Errors** [ModelException]: `BUSY`, `NO_SPACE`, `STORE`, `CANCELLED`.
/// **Threads** one.
final class PartFile implements AutoCloseable {
    private static final int BUFFER = 1024 * 1024;
    private static final int TRIES = 3;

    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private MessageDigest digest = sha256();
    private long length;
    private boolean finished;

    private PartFile(Path target, Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
    }

    static Path partOf(Path target) {
        return target.resolveSibling(target.getFileName() + ModelStore.PART);
    }

    /// **Shape** what is there already counts once [#takeUp] has read it.
    static PartFile open(Path target) {
        Path part = partOf(target);
        try {
            Home.createPrivate(folderOf(target));
            for (int i = 0; i < TRIES; i++) {
                FileChannel channel = locked(part);
                if (channel != null) {
                    return new PartFile(target, part, channel);
                }
            }
        } catch (IOException e) {
            throw failed(part, e);
        }
        throw busy(part);
    }

    /// Null for a part that became whole, under another name, between opening and locking.
    private static @Nullable FileChannel locked(Path part) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        boolean good = false;
        try {
            if (channel.tryLock() == null) {
                throw busy(part);
            }
            good = Files.exists(part);
            return good ? channel : null;
        } catch (OverlappingFileLockException e) {
            throw busy(part);
        } finally {
            if (!good) {
                channel.close();
            }
        }
    }

    private static ModelException busy(Path part) {
        return ModelException.of(
                ModelProblem.BUSY, "%s is being fetched by somebody else already".formatted(part));
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath().getRoot() : folder;
    }

    Path path() {
        return part;
    }

    long length() {
        return length;
    }

    /// How much lies there, taken up or not.
    long lying() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw failed(part, e);
        }
    }

    /// Reads what is there, for the checksum, and goes on behind it.
    void takeUp(LongConsumer progress, CancelToken cancel) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try {
            channel.position(0);
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                length += buffer.position();
                buffer.clear();
                progress.accept(length);
                if (cancel.isCancelled()) {
                    throw cancelled(cancel);
                }
            }
        } catch (IOException e) {
            throw failed(part, e);
        }
    }

    /// Forgets what has come.
    void restart() {
        try {
            channel.truncate(0);
            channel.position(0);
        } catch (IOException e) {
            throw failed(part, e);
        }
        digest = sha256();
        length = 0;
    }

    void append(byte[] bytes, int count) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            // Half of these bytes may be there, which the checksum does not know.
            cutBack();
            throw failed(part, e);
        }
        digest.update(bytes, 0, count);
        length += count;
    }

    private void cutBack() {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            System.getLogger(PartFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "a part was not cut back", e);
        }
    }

    /// Its first bytes, as many as are there.
    byte[] head(int count) {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, length));
        try {
            while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) >= 0) {
                // As much as comes at a time.
            }
        } catch (IOException e) {
            throw failed(part, e);
        }
        return buffer.array();
    }

    /// The checksum of what has come, once.
    String sum() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Gives it its name: from now on it is there, whole.
    void finish() {
        try {
            channel.force(true);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            finished = true;
            Files.deleteIfExists(PartNote.beside(part));
            try (FileChannel folder = FileChannel.open(folderOf(target), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /// Removes what is of no use.
    void discard() {
        try {
            Files.deleteIfExists(part);
            Files.deleteIfExists(PartNote.beside(part));
        } catch (IOException e) {
            throw failed(part, e);
        }
    }

    static ModelException cancelled(CancelToken cancel) {
        return ModelException.of(
                ModelProblem.CANCELLED, "the pull was cancelled: " + cancel.reason());
    }

    private static ModelException failed(Path file, IOException e) {
        String text = String.valueOf(e.getMessage());
        boolean full = text.contains("No space left") || text.contains("quota exceeded");
        return ModelException.of(
                full ? ModelProblem.NO_SPACE : ModelProblem.STORE,
                "%s cannot be written: %s%s"
                        .formatted(
                                file,
                                IoReason.of(e),
                                full ? "; make room, and pull again to go on from there" : ""),
                e);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// One in which nothing came leaves nothing.
    @Override
    public void close() {
        try {
            if (!finished && channel.size() == 0) {
                discard();
            }
            channel.close();
        } catch (IOException e) {
            throw failed(part, e);
        }
    }
}
