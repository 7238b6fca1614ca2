package hal0.slots.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The file that a slot's server writes to, and what was there before: the run before this one, or
/// the part that was cut off last.
///
/// **Shape** the server holds it open and appends, so it is cut by copying it aside and emptying
/// it: what is written between these two steps is lost, and nothing else. Whoever cuts is the
/// relay; while none runs, the file grows by what the server writes then, which is little because
/// nobody asks it anything, and is cut when the next one adopts it. **Units** bytes.
final class SlotLog {
    static final long LIMIT = 8L << 20;
    private static final int BLOCK = 64 * 1024;
    private static final int FEW = 5;

    private final Path file;
    private final Path older;
    private final long limit;

    SlotLog(Path file, long limit) {
        this.file = file;
        this.older = file.resolveSibling(file.getFileName() + ".1");
        this.limit = limit;
    }

    Path file() {
        return file;
    }

    private static long size(Path path) throws IOException {
        try {
            return Files.size(path);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    /// Begins anew for another run, of which nobody writes yet; what the last one wrote is kept.
    void begin() throws IOException {
        if (size(file) > 0) {
            Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// The last line of this run that is not blank, empty without one.
    String lastWords() throws IOException {
        return tail(file, FEW, size(file)).reversed().stream()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
    }

    /// Cuts it where it has grown over the limit.
    void cut() throws IOException {
        if (size(file) <= limit) {
            return;
        }
        Path copy = older.resolveSibling(older.getFileName() + ".part");
        try (FileChannel from =
                        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel to =
                        FileChannel.open(
                                copy,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.TRUNCATE_EXISTING)) {
            // The newest part only, if nobody has cut it for long; then a reader's place is lost.
            long start = Math.max(0, from.size() - 2 * limit);
            for (long at = start; at < from.size(); ) {
                at += from.transferTo(at, from.size() - at, to);
            }
            Files.move(copy, older, StandardCopyOption.ATOMIC_MOVE);
            from.truncate(0);
        }
    }

    /// The last lines, oldest first.
    List<String> last(int lines) throws IOException {
        return last(lines, size(file));
    }

    private List<String> last(int lines, long end) throws IOException {
        List<String> found = tail(file, lines, end);
        if (found.size() < lines) {
            List<String> before = tail(older, lines - found.size(), size(older));
            found.addAll(0, before);
        }
        return found;
    }

    private static List<String> tail(Path path, int lines, long end) throws IOException {
        long start = Math.max(0, end - Math.min(LIMIT, Math.max(BLOCK, lines * 512L)));
        Lines whole = new Lines();
        List<String> found = new ArrayList<>();
        read(path, start, end, whole, found::add);
        whole.flush(found::add);
        if (start > 0 && !found.isEmpty()) {
            found.removeFirst(); // it began before
        }
        return new ArrayList<>(found.subList(Math.max(0, found.size() - lines), found.size()));
    }

    /// Follows it from its last lines on.
    Following follow(int lines, Consumer<String> sink) throws IOException {
        long end = size(file);
        last(lines, end).forEach(sink);
        return new Following(end, sink);
    }

    private static long read(Path path, long start, long end, Lines lines, Consumer<String> sink)
            throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            long at = start;
            while (at < end) {
                block.clear().limit((int) Math.min(BLOCK, end - at));
                int got = channel.read(block, at);
                if (got < 0) {
                    break;
                }
                lines.add(block.array(), got, sink);
                at += got;
            }
            return at;
        } catch (NoSuchFileException _) {
            return start; // it has not written anything yet
        }
    }

    /// A reader's place in it. **Threads** one.
    final class Following {
        private final Consumer<String> sink;
        private final Lines lines = new Lines();
        private long place;

        private Following(long place, Consumer<String> sink) {
            this.place = place;
            this.sink = sink;
        }

        /// Gives what has come since. A line without an end waits for it.
        void more() throws IOException {
            long end = size(file);
            if (end < place) {
                read(older, place, size(older), lines, sink);
                place = 0;
            }
            place = read(file, place, end, lines, sink);
        }

        void finish() throws IOException {
            more();
            lines.flush(sink);
        }
    }

    /// Bytes put together to lines; one that is too long is broken. Foreign bytes are replaced.
    private static final class Lines {
        private final byte[] line = new byte[BLOCK];
        private int length;

        void add(byte[] bytes, int count, Consumer<String> sink) {
            for (int i = 0; i < count; i++) {
                if (bytes[i] == '\n') {
                    give(sink);
                } else {
                    if (length == line.length) {
                        give(sink);
                    }
                    line[length++] = bytes[i];
                }
            }
        }

        void flush(Consumer<String> sink) {
            if (length > 0) {
                give(sink);
            }
        }

        private void give(Consumer<String> sink) {
            int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
            length = 0;
            sink.accept(new String(line, 0, end, UTF_8));
        }
    }
}
