package hal0.agent.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// How much the store holds, in a file that the processes of a home share, so that nobody has to
/// count objects to know.
///
/// **Shape** above the limit the oldest objects are deleted until four fifths of it are left.
/// **Threads** any; one object per folder and process, because file locks belong to the process.
final class StoreSize {
    private final Path file;
    private final Path pruned;
    private final Path objects;
    private final long mostBytes;
    private final InstantSource clock;
    private final ReentrantLock own = new ReentrantLock();

    StoreSize(Path folder, Path objects, long mostBytes, InstantSource clock) {
        this.file = folder.resolve("size");
        this.pruned = folder.resolve("pruned");
        this.objects = objects;
        this.mostBytes = mostBytes;
        this.clock = clock;
    }

    private record Stored(Path file, long bytes, Instant needed) {}

    void add(long bytes) throws IOException {
        own.lock();
        try (FileChannel channel =
                        FileChannel.open(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            long before = read(channel);
            long now = before < 0 ? count() : before + bytes;
            write(channel, now > mostBytes ? prune() : now);
        } finally {
            own.unlock();
        }
    }

    /// The day on which objects were deleted last.
    Optional<LocalDate> pruned() {
        try {
            return Optional.of(
                    LocalDate.ofInstant(
                            Files.getLastModifiedTime(pruned).toInstant(), ZoneOffset.UTC));
        } catch (IOException _) {
            return Optional.empty(); // nothing was deleted yet
        }
    }

    /// Changes whenever objects were deleted.
    String stamp() {
        try {
            return Files.readString(pruned);
        } catch (IOException _) {
            return ""; // nothing was deleted yet
        }
    }

    private long count() throws IOException {
        return stored().stream().mapToLong(Stored::bytes).sum();
    }

    private long prune() throws IOException {
        List<Stored> all = new ArrayList<>(stored());
        all.sort(Comparator.comparing(Stored::needed));
        long left = all.stream().mapToLong(Stored::bytes).sum();
        long aim = mostBytes / 5 * 4;
        for (Stored oldest : all) {
            if (left <= aim) {
                break;
            }
            Files.deleteIfExists(oldest.file());
            left -= oldest.bytes();
        }
        Files.writeString(pruned, clock.instant() + " " + UUID.randomUUID());
        return left;
    }

    /// Other processes may add and delete meanwhile.
    private List<Stored> stored() throws IOException {
        List<Stored> all = new ArrayList<>();
        Files.walkFileTree(
                objects,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                        all.add(
                                new Stored(
                                        path,
                                        attributes.size(),
                                        attributes.lastModifiedTime().toInstant()));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path path, IOException e) {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw new UncheckedIOException(e);
                    }
                });
        return all;
    }

    /// Negative when it is not known: for a new store, and after a crash in the middle of writing.
    private static long read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        channel.read(bytes, 0);
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
        return text.matches("\\d{1,18}\n") ? Long.parseLong(text.strip()) : -1;
    }

    private static void write(FileChannel channel, long bytes) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((bytes + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
    }
}
