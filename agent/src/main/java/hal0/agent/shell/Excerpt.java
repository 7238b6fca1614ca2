package hal0.agent.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.LongFunction;

/// The beginning and the end of a text of any length.
///
/// **Units** bytes of UTF-8. **Threads** one at a time.
final class Excerpt {
    private final int headMost;
    private final byte[] tail;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private long total;

    Excerpt(int headMost, int tailMost) {
        this.headMost = headMost;
        this.tail = new byte[tailMost];
    }

    boolean isEmpty() {
        return total == 0;
    }

    /// How much of it is not kept.
    long missing() {
        return Math.max(0, total - head.size() - tail.length);
    }

    void add(byte[] text) {
        int toHead = Math.min(headMost - head.size(), text.length);
        head.write(text, 0, toHead);
        // Of a piece longer than the tail only the end can stay.
        int from = Math.max(toHead, text.length - tail.length);
        long at = total - head.size() + toHead + (from - toHead);
        for (int i = from; i < text.length; ) {
            int place = (int) (at % tail.length);
            int length = Math.min(text.length - i, tail.length - place);
            System.arraycopy(text, i, tail, place, length);
            i += length;
            at += length;
        }
        total += text.length;
    }

    /// The text; where some is missing, whole lines as far as there are any, and between them what
    /// `gap` says of the number of bytes left out.
    String text(LongFunction<String> gap) {
        byte[] end = ordered();
        if (missing() == 0) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream(head.size() + end.length);
            whole.writeBytes(head.toByteArray());
            whole.writeBytes(end);
            return whole.toString(UTF_8);
        }
        byte[] beginning = head.toByteArray();
        int cut = headCut(beginning);
        int from = tailCut(end);
        long left = missing() + (beginning.length - cut) + from;
        return new String(beginning, 0, cut, UTF_8)
                + gap.apply(left)
                + new String(end, from, end.length - from, UTF_8);
    }

    private byte[] ordered() {
        long inTail = total - head.size();
        if (inTail <= tail.length) {
            return Arrays.copyOf(tail, (int) inTail);
        }
        int first = (int) (inTail % tail.length);
        byte[] ordered = new byte[tail.length];
        System.arraycopy(tail, first, ordered, 0, tail.length - first);
        System.arraycopy(tail, 0, ordered, tail.length - first, first);
        return ordered;
    }

    /// After the last line end of the latter half, else before a character that is cut.
    private static int headCut(byte[] bytes) {
        for (int i = bytes.length; i > bytes.length / 2; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        int at = bytes.length;
        while (at > 0 && isContinuation(bytes[at - 1])) {
            at--;
        }
        // Its first byte goes too, unless it stands alone.
        return at > 0 && bytes[at - 1] < 0 ? at - 1 : at;
    }

    private static int tailCut(byte[] bytes) {
        for (int i = 0; i < bytes.length / 2; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        int at = 0;
        while (at < bytes.length && isContinuation(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xc0) == 0x80;
    }
}
