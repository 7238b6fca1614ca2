package hal0.agent.search;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Finds a text in bytes by skipping over what cannot be it (Boyer, Moore, Horspool).
///
/// **Shape** `fold` takes letters of ASCII of either case. **Threads** immutable.
final class ByteSearch {
    private final byte[] wanted;
    private final byte[] folds = new byte[256];
    private final int[] skips = new int[256];
    private final boolean single;

    ByteSearch(String text, boolean fold) {
        wanted = text.getBytes(UTF_8);
        single = wanted.length == 1 && !(fold && Character.isLetter(wanted[0]));
        for (int i = 0; i < 256; i++) {
            folds[i] = (byte) (fold && i >= 'A' && i <= 'Z' ? i + 32 : i);
            skips[i] = wanted.length;
        }
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = folds[wanted[i] & 0xff];
        }
        for (int i = 0; i < wanted.length - 1; i++) {
            for (int c = 0; c < 256; c++) {
                if (folds[c] == wanted[i]) {
                    skips[c] = wanted.length - 1 - i;
                }
            }
        }
    }

    /// Where it begins at or after `from`, or -1; it ends before `to`.
    int find(byte[] in, int from, int to) {
        if (single) {
            return ByteScan.find(in, wanted[0], from, to);
        }
        int last = wanted.length - 1;
        byte end = wanted[last];
        for (int at = from + last; at < to; ) {
            int seen = in[at] & 0xff;
            if (folds[seen] == end && equal(in, at - last)) {
                return at - last;
            }
            at += skips[seen];
        }
        return -1;
    }

    private boolean equal(byte[] in, int at) {
        for (int i = 0; i < wanted.length - 1; i++) {
            if (folds[in[at + i] & 0xff] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
