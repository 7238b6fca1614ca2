package hal0.relay.capture;

import static java.lang.System.Logger.Level.WARNING;

import hal0.home.Home;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Writes requests and answers into a folder: one folder each, with a file for every side.
///
/// **Shape** `0001-REQUEST_ID/` with `client-request.http`, `client-answer.http` and for each call
/// upstream `upstream-1-request.http` and `upstream-1-answer.http`: a first line, headers, an empty
/// line, the body as it was sent. Folders are 0700, files 0600. A session writes 1 GiB at most;
/// then it goes on without. No request fails because it cannot be written. **Threads** any.
public final class Capture {
    private static final long MOST_BYTES = 1L << 30;

    private final Path folder;
    private final Supplier<Collection<String>> secrets;
    private final long mostBytes;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean told = new AtomicBoolean();

    private Capture(Path folder, Supplier<Collection<String>> secrets, long mostBytes) {
        this.folder = folder;
        this.secrets = secrets;
        this.mostBytes = mostBytes;
    }

    /// Makes the folder where it is missing; `secrets` are the keys that are known.
    ///
    /// **Errors** [IOException] that says why the folder cannot be used.
    public static Capture into(Path folder, Supplier<Collection<String>> secrets)
            throws IOException {
        return into(folder, secrets, MOST_BYTES);
    }

    static Capture into(Path folder, Supplier<Collection<String>> secrets, long mostBytes)
            throws IOException {
        Home.createPrivate(folder);
        if (!Files.isWritable(folder)) {
            throw new IOException("the folder %s cannot be written".formatted(folder));
        }
        return new Capture(folder, secrets, mostBytes);
    }

    public Path folder() {
        return folder;
    }

    /// A request has come.
    public Recording begin(String requestId) {
        Path own = folder.resolve("%04d-%s".formatted(number.incrementAndGet(), requestId));
        return new Recording(this, own, new Redactor(secrets.get()));
    }

    void append(Path file, byte[] written) {
        if (written.length == 0 || full(written.length)) {
            return;
        }
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            Files.write(file, written, StandardOpenOption.APPEND);
        } catch (IOException e) {
            tell("capture: %s cannot be written: %s".formatted(file, IoReason.of(e)));
        }
    }

    private static void create(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Home.createPrivate(parent);
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private boolean full(int more) {
        if (bytes.addAndGet(more) <= mostBytes) {
            return false;
        }
        tell("capture: %s holds %d bytes, the rest is left out".formatted(folder, mostBytes));
        return true;
    }

    /// Once: a debugging session is looked at by who started it.
    private void tell(String what) {
        if (!told.getAndSet(true)) {
            System.getLogger(Capture.class.getName()).log(WARNING, what);
        }
    }
}
