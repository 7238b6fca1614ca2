package hal0.agent.file;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Takes some lines out of a text that may be far larger than memory.
///
/// **Units** lines are counted from one. **Threads** one.
final class LineWindow {
    static final int MOST_LINES = 2000;
    static final int LINE_CHARS = 2000;
    private static final int MOST_BYTES = 50 * 1024;

    private final int from;
    private final int limit;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private long lineChars;
    private long number;
    private int bytes;
    private boolean full;
    private boolean complete;
    private int cut;
    private boolean anything;
    private char last = '\n';

    /// `first` is the number of the line that comes first.
    LineWindow(int first, int from, int limit) {
        this.number = first;
        this.from = from;
        this.limit = limit;
    }

    /// Reads until the window is full, and on for at most `counted` characters to count the lines;
    /// the pause between two pieces asks whether to go on.
    ///
    /// **Errors** [java.nio.charset.CharacterCodingException] when it is not text of that encoding.
    void read(Reader text, long counted, BooleanSupplier goOn) throws IOException {
        char[] piece = new char[1 << 15];
        long taken = 0;
        while ((taken < counted || !full) && goOn.getAsBoolean()) {
            int got = text.read(piece);
            if (got < 0) {
                complete = true;
                break;
            }
            for (int i = 0; i < got; i++) {
                take(piece[i]);
            }
            taken += got;
        }
        if (complete && last != '\n') {
            endLine();
        }
    }

    private void take(char c) {
        anything = true;
        if (c == '\n') {
            endLine();
        } else {
            lineChars++;
            // One more than is shown, for the carriage return that ends a line.
            if (number >= from && !full && line.length() <= LINE_CHARS) {
                line.append(c);
            }
        }
        last = c;
    }

    private void endLine() {
        if (number >= from && !full) {
            keep(shown());
        }
        line.setLength(0);
        lineChars = 0;
        number++;
    }

    private String shown() {
        boolean windows = lineChars == line.length() && last == '\r';
        int length = Math.min(line.length() - (windows ? 1 : 0), LINE_CHARS);
        long rest = lineChars - (windows ? 1 : 0) - length;
        if (rest <= 0) {
            return line.substring(0, length);
        }
        if (Character.isHighSurrogate(line.charAt(length - 1))) {
            length--;
            rest++;
        }
        cut++;
        return line.substring(0, length) + "… [" + rest + " characters more]";
    }

    private void keep(String shown) {
        String numbered = number + "\t" + shown;
        int size = utf8Length(numbered) + 1;
        if (lines.size() == limit || bytes + size > MOST_BYTES) {
            full = true;
            return;
        }
        bytes += size;
        lines.add(numbered);
    }

    private static int utf8Length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    /// The lines, each with its number before it.
    List<String> lines() {
        return List.copyOf(lines);
    }

    /// Whether there was more than fits.
    boolean full() {
        return full;
    }

    /// Whether it was read to the end.
    boolean complete() {
        return complete;
    }

    /// How many lines were passed: all of them, if it was read to the end.
    long passed() {
        return number - 1;
    }

    boolean anyCut() {
        return cut > 0;
    }

    /// Whether the last line ends as lines do; only of what was read to the end.
    boolean ended() {
        return !anything || last == '\n';
    }
}
