package hal0.agent.file;

import java.util.Arrays;
import java.util.List;

/// A text with its line endings set aside: in `plain` each line ends with `\n`.
///
/// **Shape** `windows` are the places in `plain` of the newlines that were `\r\n`, in order.
record CrlfText(String raw, String plain, int[] windows) {

    /// Replaces `plain` from `from` to `to`.
    record Splice(int from, int to, String with) {}

    static CrlfText of(String raw) {
        if (raw.indexOf("\r\n") < 0) {
            return new CrlfText(raw, raw, new int[0]);
        }
        StringBuilder plain = new StringBuilder(raw.length());
        int[] windows = new int[16];
        int count = 0;
        int from = 0;
        for (int at = raw.indexOf("\r\n"); at >= 0; at = raw.indexOf("\r\n", from)) {
            plain.append(raw, from, at);
            if (count == windows.length) {
                windows = Arrays.copyOf(windows, count * 2);
            }
            windows[count++] = plain.length();
            plain.append('\n');
            from = at + 2;
        }
        plain.append(raw, from, raw.length());
        return new CrlfText(raw, plain.toString(), Arrays.copyOf(windows, count));
    }

    /// As a model's text is meant: it ends lines in either way.
    static String plain(String text) {
        return text.replace("\r\n", "\n");
    }

    /// Whether most lines end with `\r\n`.
    boolean mostlyWindows() {
        long all = plain.chars().filter(c -> c == '\n').count();
        return windows.length * 2L > all;
    }

    /// The raw text with the splices done, which are in order and do not overlap. New lines end as
    /// those that they replace, or else as those around them.
    String with(List<Splice> splices) {
        StringBuilder text = new StringBuilder(raw.length());
        int done = 0;
        for (Splice each : splices) {
            text.append(raw, done, rawAt(each.from()));
            text.append(
                    isWindowsAt(each.from(), each.to())
                            ? each.with().replace("\n", "\r\n")
                            : each.with());
            done = rawAt(each.to());
        }
        return text.append(raw, done, raw.length()).toString();
    }

    private int rawAt(int place) {
        return place + windowsBefore(place);
    }

    private int windowsBefore(int place) {
        int at = Arrays.binarySearch(windows, place);
        return at < 0 ? -at - 1 : at;
    }

    private boolean isWindowsAt(int from, int to) {
        if (windows.length == 0) {
            return false;
        }
        int first = plain.indexOf('\n', from);
        if (first < 0) {
            // The last line: as the one before it ends.
            int before = plain.lastIndexOf('\n');
            return Arrays.binarySearch(windows, before) >= 0;
        }
        if (first >= to) {
            return Arrays.binarySearch(windows, first) >= 0;
        }
        long breaks = plain.substring(from, to).chars().filter(c -> c == '\n').count();
        return (windowsBefore(to) - windowsBefore(from)) * 2L >= breaks;
    }
}
