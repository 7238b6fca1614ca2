package hal0.agent.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Cuts lines that are too long to show, around what was found in them.
final class LongLine {
    static final int SHOWN = 300;
    private static final int BEFORE = 100;

    private LongLine() {}

    /// The line in `bytes`; of a long one the part around the first match of `pattern`.
    static String cut(byte[] bytes, int start, int end, @Nullable LinePattern pattern) {
        int stop = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
        if (stop - start <= SHOWN) {
            return new String(bytes, start, stop - start, UTF_8);
        }
        BoundedLine text = new BoundedLine();
        text.set(bytes, start, stop);
        int found = 0;
        if (pattern != null) {
            Matcher matcher = (text.isAscii() ? pattern.ascii() : pattern.unicode()).matcher(text);
            found = matcher.find() ? matcher.start() : 0;
        }
        return cut(text.toString(), found);
    }

    static String cut(String line, int found) {
        if (line.length() <= SHOWN) {
            return line;
        }
        int from = Math.max(0, Math.min(found - BEFORE, line.length() - SHOWN));
        int to = Math.min(line.length(), from + SHOWN);
        // Not through a pair of surrogates.
        from += Character.isLowSurrogate(line.charAt(from)) ? 1 : 0;
        to -= Character.isHighSurrogate(line.charAt(to - 1)) ? 1 : 0;
        return (from > 0 ? "…" : "") + line.substring(from, to) + (to < line.length() ? "…" : "");
    }
}
