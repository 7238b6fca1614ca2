package hal0.relay.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Picks the values of a few members out of a JSON object that passes in pieces, and holds nothing
/// else of it: a batch of embeddings or a picture may be a hundred megabytes.
///
/// **Shape** only members of the outermost object count; of a value longer than 64 KiB nothing is
/// kept. What is not JSON gives nothing. **Threads** one.
final class OuterMembers {
    private static final int LONGEST = 64 * 1024;
    private static final int LONGEST_NAME = 32;

    private final Set<String> wanted;
    private final Map<String, byte[]> found = new HashMap<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(256);
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean inName;
    private boolean nameNext;
    private String name = "";
    private boolean keeping;

    OuterMembers(Set<String> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /// The values that have passed whole, as they were written.
    Map<String, byte[]> found() {
        return found;
    }

    void accept(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int i = offset;
        while (i < end) {
            if (inString && !escaped && !inName && !keeping) {
                i = skipString(bytes, i, end);
                if (i == end) {
                    return;
                }
            }
            step(bytes[i++]);
        }
    }

    private static int skipString(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] != '"' && bytes[i] != '\\') {
            i++;
        }
        return i;
    }

    private void step(byte b) {
        if (inString) {
            string(b);
            return;
        }
        switch (b) {
            case '"' -> {
                inString = true;
                inName = depth == 1 && nameNext;
                if (!inName) {
                    keep(b);
                }
            }
            case '{', '[' -> {
                depth++;
                nameNext = depth == 1 && b == '{';
                keep(b);
            }
            case '}', ']' -> {
                depth--;
                if (depth == 0) {
                    endValue();
                }
                keep(b);
            }
            case ',' -> {
                if (depth == 1) {
                    endValue();
                    nameNext = true;
                } else {
                    keep(b);
                }
            }
            case ':' -> {
                if (depth == 1 && nameNext) {
                    nameNext = false;
                    keeping = wanted.contains(name);
                } else {
                    keep(b);
                }
            }
            default -> keep(b);
        }
    }

    private void string(byte b) {
        boolean ends = b == '"' && !escaped;
        escaped = b == '\\' && !escaped;
        if (inName) {
            name(b, ends);
        } else {
            keep(b);
        }
        if (ends) {
            inString = false;
            inName = false;
        }
    }

    private void name(byte b, boolean ends) {
        if (ends) {
            name = text.toString(UTF_8);
            text.reset();
        } else if (text.size() < LONGEST_NAME) {
            text.write(b);
        }
    }

    private void keep(byte b) {
        if (keeping) {
            text.write(b);
            if (text.size() > LONGEST) {
                keeping = false;
                text.reset();
            }
        }
    }

    private void endValue() {
        if (keeping) {
            found.put(name, text.toByteArray());
            text.reset();
            keeping = false;
        }
    }
}
