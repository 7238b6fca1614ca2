package hal0.agent.file;

import hal0.agent.tool.ToolException;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Loads files that are to be changed.
final class OnDisk {
    /// Larger ones are for commands, not for a model's edits.
    static final long LARGEST = 16L << 20;

    /// The path was resolved: a link in its place came later and was not allowed.
    static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private OnDisk() {}

    /// The bytes of a file; null when nothing is there.
    ///
    /// **Errors** [ToolException] for what is no file, too large, or not readable.
    static byte @Nullable [] bytes(Path path, String name) {
        try {
            if (demandFile(path, name).size() > LARGEST) {
                throw new ToolException(
                        "%s is larger than %s; change it by a command"
                                .formatted(name, Sizes.of(LARGEST)));
            }
            try (var in = Files.newInputStream(path, READ.toArray(OpenOption[]::new))) {
                return in.readAllBytes();
            }
        } catch (NoSuchFileException _) {
            return null;
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    static ToolException unreadable(String name, IOException e) {
        return new ToolException("cannot read %s: %s".formatted(name, IoReason.of(e)), e);
    }

    /// Looks before it is opened: opening a pipe waits, and a device has no end.
    static BasicFileAttributes demandFile(Path path, String name) throws IOException {
        BasicFileAttributes about =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (about.isDirectory()) {
            throw new ToolException(name + " is a folder: use list");
        }
        if (about.isSymbolicLink()) {
            throw new ToolException(name + " is a link that leads in a circle");
        }
        if (!about.isRegularFile()) {
            throw new ToolException(name + " is a pipe, a socket or a device, not a file");
        }
        return about;
    }
}
