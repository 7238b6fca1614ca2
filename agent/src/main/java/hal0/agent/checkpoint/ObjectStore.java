package hal0.agent.checkpoint;

import hal0.home.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.InflaterInputStream;

/// Contents of files by their hash, each in a file of its own.
///
/// **Shape** `objects/ab/cdef…`, deflated, named by the SHA-256 of the content; only their owner
/// may read them. An object appears whole or not at all, so that processes may share the folder.
/// **Errors** [IOException]. **Threads** any.
final class ObjectStore {
    private static final int WHOLE_BYTES = 4 << 20;
    private static final Duration FRESH = Duration.ofHours(1);

    private final Path objects;
    private final StoreSize size;
    private final InstantSource clock;
    private final AtomicLong added = new AtomicLong();

    ObjectStore(Path folder, long mostBytes, InstantSource clock) {
        this.objects = folder.resolve("objects");
        this.size = new StoreSize(folder, objects, mostBytes, clock);
        this.clock = clock;
    }

    /// Keeps what is in a file and gives its hash. `durable` when it must outlive a power cut.
    String save(Path file, boolean durable) throws IOException {
        if (Files.size(file) <= WHOLE_BYTES) {
            byte[] content = Files.readAllBytes(file);
            String hash = hash(content);
            if (!refresh(hash)) {
                try (Deflated out = new Deflated(temporary())) {
                    out.write(content);
                    out.end(durable);
                    place(out, hash);
                }
            }
            return hash;
        }
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest);
                Deflated out = new Deflated(temporary())) {
            in.transferTo(out);
            out.end(durable);
            String hash = HexFormat.of().formatHex(digest.digest());
            if (!refresh(hash)) {
                place(out, hash);
            }
            return hash;
        }
    }

    /// The hash that a file would be kept under.
    static String hash(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    boolean contains(String hash) {
        return Files.exists(object(hash));
    }

    /// Writes a content to `out`.
    ///
    /// **Errors** [IOException] also when it is not what was kept.
    void copy(String hash, OutputStream out) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in =
                new DigestInputStream(
                        new InflaterInputStream(Files.newInputStream(object(hash))), digest)) {
            in.transferTo(out);
        } catch (NoSuchFileException e) {
            throw new IOException(missing(), e);
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(hash)) {
            throw new IOException("what was kept of it in %s is damaged".formatted(object(hash)));
        }
    }

    /// Changes whenever objects were let go.
    String stamp() {
        return size.stamp();
    }

    /// Why a content is not there any more.
    String missing() {
        return size.pruned()
                .map("its content was kept until %s at most and is gone to make room"::formatted)
                .orElse("its content is missing in " + objects);
    }

    /// Counts what was saved and, when it is too much, lets go what nobody needed longest.
    void settle() throws IOException {
        long bytes = added.getAndSet(0);
        if (bytes > 0) {
            size.add(bytes);
        }
    }

    /// Whether it is there; then it counts as needed now.
    boolean refresh(String hash) throws IOException {
        Path object = object(hash);
        try {
            Instant now = clock.instant();
            if (Files.getLastModifiedTime(object).toInstant().isBefore(now.minus(FRESH))) {
                Files.setLastModifiedTime(object, FileTime.from(now));
            }
            return true;
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    private void place(Deflated out, String hash) throws IOException {
        Path object = object(hash);
        long bytes = Files.size(out.file());
        try {
            move(out.file(), object);
        } catch (NoSuchFileException _) {
            Home.createPrivate(objects.resolve(hash.substring(0, 2)));
            move(out.file(), object);
        }
        added.addAndGet(bytes);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException _) {
            // Another process saved the same, on a system that replaces nothing.
            Files.deleteIfExists(from);
        }
    }

    private Path temporary() throws IOException {
        Home.createPrivate(objects);
        return objects.resolve("new-" + UUID.randomUUID());
    }

    private Path object(String hash) {
        return objects.resolve(hash.substring(0, 2)).resolve(hash.substring(2));
    }

    static String hash(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
