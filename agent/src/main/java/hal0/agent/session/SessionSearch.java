package hal0.agent.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks for words in sessions, in whatever case they stand.
///
/// **Shape** a line is read only where its bytes hold what the words must look like there.
final class SessionSearch {
    private static final int AROUND = 60;

    private final Pattern words;
    private final byte[] sign;

    SessionSearch(String words) {
        this.words =
                Pattern.compile(
                        Pattern.quote(words.strip()).replaceAll("\\s+", "\\\\E\\\\s+\\\\Q"),
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        this.sign = sign(words);
    }

    /// Where the words stand.
    ///
    /// **Shape** `entry` is the number of an entry; `who` a word for whose it is.
    record Hit(int entry, Instant at, String who, String excerpt) {}

    /// **Errors** [SessionException] for a file that is no session.
    List<Hit> in(Path file, FileLines lines) throws IOException {
        List<Hit> hits = new ArrayList<>();
        SessionReader reader = new SessionReader(file);
        try (InputStream in = Files.newInputStream(file)) {
            lines.begin(in);
            int format = reader.head(lines).format();
            while (lines.next()) {
                if (mayHold(lines)) {
                    SessionEntry entry = reader.entry(lines, format);
                    String excerpt = entry == null ? null : excerpt(entry);
                    if (entry != null && excerpt != null) {
                        hits.add(new Hit(lines.number() - 2, entry.at(), who(entry), excerpt));
                    }
                }
            }
        }
        return hits;
    }

    private static String who(SessionEntry entry) {
        return switch (entry) {
            case SessionEntry.UserSaid _ -> "user";
            case SessionEntry.ModelSaid _ -> "assistant";
            case SessionEntry.ToolAnswered _ -> "tool";
            case SessionEntry.Nudged nudged -> nudged.by();
            default -> "hal0";
        };
    }

    private @Nullable String excerpt(SessionEntry entry) {
        for (String text : EntryText.of(entry)) {
            Matcher found = words.matcher(text);
            if (found.find()) {
                return around(text, found.start(), found.end());
            }
        }
        return null;
    }

    private static String around(String text, int start, int end) {
        int from = Math.max(0, start - AROUND);
        int to = Math.min(text.length(), end + AROUND);
        from += from > 0 && Character.isLowSurrogate(text.charAt(from)) ? 1 : 0;
        to -= to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? 1 : 0;
        String piece = text.substring(from, to).replaceAll("\\s+", " ").strip();
        return (from > 0 ? "…" : "") + piece + (to < text.length() ? "…" : "");
    }

    private boolean mayHold(FileLines lines) {
        byte[] bytes = lines.buffer();
        int last = lines.end() - sign.length;
        for (int i = lines.start(); i <= last; i++) {
            int at = 0;
            while (at < sign.length && lower(bytes[i + at]) == sign[at]) {
                at++;
            }
            if (at == sign.length) {
                return true;
            }
        }
        return false;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 'a' - 'A') : b;
    }

    /// The longest run of ASCII letters and digits: JSON writes those as they are, and their case
    /// is told by the byte. Empty when there is none, which every line holds.
    private static byte[] sign(String words) {
        String longest = "";
        for (String run : words.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", -1)) {
            longest = run.length() > longest.length() ? run : longest;
        }
        return longest.getBytes(UTF_8);
    }
}
