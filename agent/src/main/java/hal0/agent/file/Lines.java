package hal0.agent.file;

import java.util.Arrays;

/// The lines of a plain text, by where they begin.
///
/// **Shape** a last line without its newline is a line; places and lines are counted from zero.
record Lines(String text, int[] starts) {

    static Lines of(String plain) {
        int[] starts = new int[64];
        int count = 0;
        int at = 0;
        while (at < plain.length()) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = at;
            int end = plain.indexOf('\n', at);
            at = end < 0 ? plain.length() : end + 1;
        }
        return new Lines(plain, Arrays.copyOf(starts, count));
    }

    int count() {
        return starts.length;
    }

    /// Where a line begins; the end of the text for the line behind the last.
    int start(int line) {
        return line < starts.length ? starts[line] : text.length();
    }

    /// A line without its newline.
    String get(int line) {
        int end = start(line + 1);
        boolean ended = end > starts[line] && text.charAt(end - 1) == '\n';
        return text.substring(starts[line], ended ? end - 1 : end);
    }

    /// The line that a place belongs to.
    int at(int place) {
        int found = Arrays.binarySearch(starts, place);
        return found >= 0 ? found : -found - 2;
    }

    /// No more than `most` characters, none of them cut in half.
    static String cut(String line, int most) {
        if (line.length() <= most) {
            return line;
        }
        boolean half = Character.isHighSurrogate(line.charAt(most - 1));
        return line.substring(0, half ? most - 1 : most) + "…";
    }
}
