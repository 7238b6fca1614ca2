package hal0.agent.checkpoint;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the system says of a file without opening it: two that are equal mean the same content,
/// unless the file was changed within the tick of its clock.
///
/// **Shape** `mode` with the type in it, as `stat` gives it; links are not followed. **Units**
/// nanoseconds since 1970.
record FileStat(int mode, long size, long modified, long changed, long inode) {
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;
    private static final int LINK = 0120000;
    private static final long TICK_MILLIS = 2_000;
    private static final String UNIX = "unix:mode,size,lastModifiedTime,ctime,ino";

    /// Null when nothing is there.
    static @Nullable FileStat of(Path path) throws IOException {
        try {
            return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                    ? unix(path)
                    : basic(path);
        } catch (NoSuchFileException _) {
            return null;
        } catch (FileSystemException e) {
            if ("Not a directory".equals(e.getReason())) {
                return null; // what was its folder is a file
            }
            throw e;
        }
    }

    private static FileStat unix(Path path) throws IOException {
        Map<String, Object> read = Files.readAttributes(path, UNIX, LinkOption.NOFOLLOW_LINKS);
        return new FileStat(
                (int) number(read.get("mode")),
                number(read.get("size")),
                number(read.get("lastModifiedTime")),
                number(read.get("ctime")),
                number(read.get("ino")));
    }

    private static long number(@Nullable Object value) {
        return switch (value) {
            case Number number -> number.longValue();
            case FileTime time -> nanos(time);
            case null, default -> throw new IllegalStateException("a stat without a number");
        };
    }

    /// Where there are no permissions and no numbers of files, as on Windows.
    private static FileStat basic(Path path) throws IOException {
        BasicFileAttributes read =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        int type =
                read.isSymbolicLink()
                        ? LINK
                        : read.isDirectory() ? FOLDER : read.isRegularFile() ? REGULAR : 0;
        long modified = nanos(read.lastModifiedTime());
        return new FileStat(type, read.size(), modified, modified, 0);
    }

    boolean isFile() {
        return (mode & TYPE) == REGULAR;
    }

    boolean isFolder() {
        return (mode & TYPE) == FOLDER;
    }

    boolean isLink() {
        return (mode & TYPE) == LINK;
    }

    /// Whether a change after `millis` might leave everything here as it is.
    boolean racy(long millis) {
        return TimeUnit.NANOSECONDS.toMillis(changed) > millis - TICK_MILLIS;
    }

    /// As in `rwxr-x---`.
    String permissions() {
        if (inode == 0 && (mode & 0777) == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder(9);
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode & (1 << bit)) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return text.toString();
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
