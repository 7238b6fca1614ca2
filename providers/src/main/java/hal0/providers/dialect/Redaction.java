package hal0.providers.dialect;

import hal0.providers.error.Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Makes a provider's words fit to be shown: no secret in them, nothing that a terminal obeys.
///
/// **Threads** any; immutable.
public final class Redaction {
    private static final String MARK = "***REDACTED***";
    private static final List<String> KEY_PREFIXES =
            List.of("sk-", "sk_", "gsk_", "xai-", "AIza", "pk-", "hf_", "csk-", "fw_", "pplx-");
    private static final int SHORTEST_KEY = 4;
    private static final int SHORTEST_LOOKALIKE = 10;

    private final List<String> secrets;

    public Redaction(List<String> secrets) {
        this.secrets = secrets.stream().filter(s -> s.length() >= SHORTEST_KEY).toList();
    }

    /// The start of a body, at most [Failure#EXCERPT_LIMIT] bytes.
    String excerpt(byte[] body, int offset, int length) {
        // A secret at the cut must be seen whole to be found: look further than is shown.
        int look = Math.min(length, 4 * Failure.EXCERPT_LIMIT);
        String text = clean(new String(body, offset, look, StandardCharsets.UTF_8));
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= Failure.EXCERPT_LIMIT) {
            return text;
        }
        int end = Failure.EXCERPT_LIMIT - 3;
        while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8) + "…";
    }

    /// One line of at most `limit` characters.
    public String line(String text, int limit) {
        String one = clean(text.strip()).replace('\n', ' ').replace('\t', ' ');
        return one.length() <= limit
                ? one
                : one.substring(0, one.offsetByCodePoints(0, limit / 2)) + "…";
    }

    private String clean(String text) {
        String result = text;
        for (String secret : secrets) {
            result = result.replace(secret, MARK);
        }
        return harmless(withoutKeys(result));
    }

    private static String withoutKeys(String text) {
        StringBuilder out = null;
        int copied = 0;
        int i = 0;
        while (i < text.length()) {
            if (!isWord(text.charAt(i))) {
                i++;
                continue;
            }
            int start = i;
            while (i < text.length() && isWord(text.charAt(i))) {
                i++;
            }
            if (i - start >= SHORTEST_LOOKALIKE && startsLikeKey(text, start)) {
                out = out == null ? new StringBuilder() : out;
                out.append(text, copied, start).append(MARK);
                copied = i;
            }
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    private static boolean startsLikeKey(String text, int at) {
        return KEY_PREFIXES.stream().anyMatch(prefix -> text.startsWith(prefix, at));
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '*';
    }

    /// Escape sequences start with a control character; bidirectional marks reorder a line.
    private static String harmless(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean keep = c == '\n' || c == '\t';
            boolean bidi = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
            if (c == '\r') {
                continue;
            }
            out.append(!keep && (Character.isISOControl(c) || bidi) ? '\uFFFD' : c);
        }
        return out.toString();
    }
}
