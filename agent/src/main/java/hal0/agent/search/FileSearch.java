package hal0.agent.search;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.agent.search.GrepFound.FileHits;
import hal0.agent.search.GrepFound.Line;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Searches files one after the other, through one buffer however large they are.
///
/// **Shape** a file with a zero byte is binary and gives nothing, unless a mark at its beginning
/// says UTF-16. **Threads** one.
final class FileSearch {
    static final int MOST_LINES = 100;
    private static final int BUFFER = 1 << 18;
    private static final int LONGEST_LINE = 1 << 24;
    private static final int LOOK_FOR_ZERO = 1024;

    private final LinePattern pattern;
    private final GrepRequest.Mode mode;
    private final int context;
    private final BooleanSupplier stop;
    private final BoundedLine text = new BoundedLine();
    private final Matcher ascii;
    private final Matcher unicode;
    private byte[] buffer = new byte[BUFFER];

    // Of the file at hand.
    private int[] next = {};
    private long lineAtMark;
    private int mark;
    private int shownTo;
    private int after;
    private long count;
    private boolean more;
    private List<Line> lines = List.of();

    FileSearch(LinePattern pattern, GrepRequest request, BooleanSupplier stop) {
        this.pattern = pattern;
        this.mode = request.mode();
        this.context = request.context();
        this.stop = stop;
        this.ascii = pattern.ascii().matcher(text);
        this.unicode = pattern.unicode().matcher(text);
    }

    /// What `file` holds of the pattern, or null for nothing.
    ///
    /// **Errors** [IOException] when it cannot be read, [BoundedLine.TooManySteps].
    @Nullable FileHits search(Path file, String name, long size) throws IOException {
        lineAtMark = 1;
        mark = 0;
        shownTo = 0;
        after = 0;
        count = 0;
        more = false;
        lines = new ArrayList<>(0);
        try (InputStream in = new FileInputStream(file.toFile())) {
            if (!blocks(in, file, size)) {
                return null;
            }
        }
        return count == 0 ? null : new FileHits(name, count, more, lines);
    }

    /// Whether the file is text.
    private boolean blocks(InputStream in, Path file, long size) throws IOException {
        int from = 0;
        int filled = 0;
        long read = 0;
        while (!stop.getAsBoolean()) {
            if (filled == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            // The library copies through memory of the size that is asked for.
            long expected = Math.max(size - read + 1, 4096);
            int wanted = (int) Math.min(buffer.length - filled, expected);
            int got = in.read(buffer, filled, wanted);
            boolean end = got < 0 || (got < wanted && read + got >= size);
            filled += Math.max(got, 0);
            if (read == 0) {
                if (utf16(filled) && size <= LONGEST_LINE) {
                    return decoded(file);
                }
                if (zero(0, Math.min(filled, LOOK_FOR_ZERO))) {
                    return false;
                }
                from = bom(filled);
                mark = from;
                shownTo = from;
            }
            read += Math.max(got, 0);
            int whole = end || filled >= LONGEST_LINE ? filled : lastBreak(from, filled) + 1;
            if (whole > from) {
                long before = count;
                block(from, whole);
                if (count > before && zero(0, filled)) {
                    count = 0;
                    return false;
                }
            }
            if (end || more || (count > 0 && mode == GrepRequest.Mode.FILES)) {
                return true;
            }
            int keep = whole > from ? back(whole, context) : 0;
            keep = whole - keep > LONGEST_LINE / 2 ? whole : keep;
            count(whole);
            lineAtMark -= breaks(keep, whole);
            mark = 0;
            shownTo = Math.max(0, shownTo - keep);
            System.arraycopy(buffer, keep, buffer, 0, filled - keep);
            from = whole - keep;
            filled -= keep;
        }
        return true;
    }

    private boolean decoded(Path file) throws IOException {
        byte[] bytes = new String(Files.readAllBytes(file), UTF_16).getBytes(UTF_8);
        byte[] own = buffer;
        buffer = bytes;
        block(0, bytes.length);
        buffer = own;
        return true;
    }

    private void block(int from, int to) {
        next = new int[pattern.texts().size()];
        Arrays.fill(next, -1);
        int at = from;
        while (at < to) {
            int hit = candidate(at, to);
            if (hit < 0) {
                break;
            }
            int start = lineStart(at, hit);
            int end = lineEnd(hit, to);
            if (pattern.literal() || matches(start, end)) {
                if (count == MOST_LINES && mode == GrepRequest.Mode.LINES) {
                    more = true;
                    break;
                }
                count++;
                if (mode == GrepRequest.Mode.FILES) {
                    return;
                }
                if (mode == GrepRequest.Mode.LINES) {
                    show(start, end);
                }
            }
            at = end + 1;
        }
        trail(to);
    }

    /// The next place worth a look, or -1.
    private int candidate(int at, int to) {
        if (next.length == 0) {
            return at;
        }
        int nearest = Integer.MAX_VALUE;
        for (int i = 0; i < next.length; i++) {
            if (next[i] < at) {
                int found = pattern.texts().get(i).find(buffer, at, to);
                next[i] = found < 0 ? Integer.MAX_VALUE : found;
            }
            nearest = Math.min(nearest, next[i]);
        }
        return nearest == Integer.MAX_VALUE ? -1 : nearest;
    }

    private boolean matches(int start, int end) {
        int stop = end > start && buffer[end - 1] == '\r' ? end - 1 : end;
        text.set(buffer, start, stop);
        Matcher matcher = text.isAscii() ? ascii : unicode;
        try {
            return matcher.reset().find();
        } catch (StackOverflowError _) {
            // The library walks alternatives in a repetition by calling itself.
            throw new BoundedLine.TooManySteps();
        }
    }

    private void show(int start, int end) {
        trail(start);
        int from = Math.max(shownTo, back(start, context));
        for (int at = from; at < start; ) {
            int stop = lineEnd(at, start);
            add(at, stop, false);
            at = stop + 1;
        }
        add(start, end, true);
        shownTo = end + 1;
        after = context;
    }

    /// Shows what follows the last match, up to `to`.
    private void trail(int to) {
        while (after > 0 && shownTo < to) {
            int end = lineEnd(shownTo, to);
            add(shownTo, end, false);
            shownTo = end + 1;
            after--;
        }
    }

    private void add(int start, int end, boolean match) {
        count(start);
        lines.add(
                new Line(
                        lineAtMark,
                        LongLine.cut(buffer, start, end, match ? pattern : null),
                        match));
    }

    /// Moves the mark to `to` and counts the lines on the way, backwards too.
    private void count(int to) {
        lineAtMark += to >= mark ? breaks(mark, to) : -breaks(to, mark);
        mark = to;
    }

    private long breaks(int from, int to) {
        long found = 0;
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n') {
                found++;
            }
        }
        return found;
    }

    /// Where the line begins that is `lines` before the one at `start`.
    private int back(int start, int lines) {
        int at = start;
        for (int i = 0; i < lines && at > 0; i++) {
            at = lineStart(0, at - 1);
        }
        return at;
    }

    private int lineStart(int least, int at) {
        for (int i = at; i > least; i--) {
            if (buffer[i - 1] == '\n') {
                return i;
            }
        }
        return least;
    }

    private int lineEnd(int at, int to) {
        int found = ByteScan.find(buffer, (byte) '\n', at, to);
        return found < 0 ? to : found;
    }

    private int lastBreak(int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return from - 1;
    }

    private boolean zero(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private boolean utf16(int filled) {
        int first = filled < 2 ? 0 : ((buffer[0] & 0xff) << 8) | (buffer[1] & 0xff);
        return first == 0xfffe || first == 0xfeff;
    }

    private int bom(int filled) {
        return filled > 2
                        && buffer[0] == (byte) 0xef
                        && buffer[1] == (byte) 0xbb
                        && buffer[2] == (byte) 0xbf
                ? 3
                : 0;
    }
}
