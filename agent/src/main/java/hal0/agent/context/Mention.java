package hal0.agent.context;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in a user's text that may mean a file: `@path`, `@"a path"`, either with `:10` or
/// `:10-40` for its lines.
///
/// **Shape** `typed` is what stands after the `@`, without quotes; `lines` is what stands behind
/// quotes. Whether it means a file only the files can tell: see `readings`. Pure.
record Mention(String typed, boolean quoted, @Nullable String lines) {
    private static final int MOST = 100;

    /// What is written as code is somebody's code: `@Override` means no file there.
    private static final Pattern CODE = Pattern.compile("(?s)```.*?(?:```|$)|`[^`\n]*`");

    /// No letter or sign that addresses are made of stands before the `@`.
    private static final Pattern AT =
            Pattern.compile(
                    "(?<![\\p{L}\\p{N}_.+/@%-])@(?:\"([^\"\n]+)\"(?::(\\d+(?:-\\d+)?))?|(?!@)((?:\\\\ |[^\\s\"'`<>|]){1,1000}))");

    private static final Pattern RANGE = Pattern.compile("(.+):(\\d{1,9})(?:-(\\d{1,9}))?");
    private static final Pattern FILE_NAME = Pattern.compile(".*[^.]\\.[a-z0-9]{1,5}");

    /// A path and the lines of it that are meant: from 1 to the end when none are named.
    record Reading(String path, int from, int to) {
        Reading(String path) {
            this(path, 1, Integer.MAX_VALUE);
        }
    }

    /// All of a text, in order.
    static List<Mention> in(String text) {
        String prose = CODE.matcher(text).replaceAll(code -> " ".repeat(code.group().length()));
        List<Mention> mentions = new ArrayList<>();
        Matcher at = AT.matcher(prose);
        while (mentions.size() < MOST && at.find()) {
            String plain = at.group(3);
            mentions.add(
                    plain == null
                            ? new Mention(at.group(1), true, at.group(2))
                            : new Mention(plain.replace("\\ ", " "), false, null));
        }
        return mentions;
    }

    /// What may be meant, the likeliest first: signs at the end may belong to the sentence.
    List<Reading> readings() {
        if (quoted) {
            return lines == null ? List.of(new Reading(typed)) : readings(typed + ':' + lines);
        }
        List<Reading> readings = new ArrayList<>(readings(typed));
        String rest = typed;
        while (!rest.isEmpty() && isSign(rest.charAt(rest.length() - 1))) {
            rest = rest.substring(0, rest.length() - 1);
            if (rest.chars().anyMatch(Character::isLetterOrDigit)) {
                readings.addAll(readings(rest)); // "@..." is no word about the folder above
            }
        }
        return readings;
    }

    private static List<Reading> readings(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            return List.of(new Reading(text));
        }
        int from = Math.max(1, Integer.parseInt(range.group(2)));
        int to = range.group(3) == null ? from : Integer.parseInt(range.group(3));
        return List.of(
                new Reading(text),
                new Reading(range.group(1), Math.min(from, to), Math.max(from, to)));
    }

    private static boolean isSign(char c) {
        return !Character.isLetterOrDigit(c) && c != '/' && c != '_';
    }

    /// Whether a file was surely meant, so that its absence is worth a word: people write `@name`
    /// for other things too.
    boolean meansFile() {
        List<Reading> readings = readings();
        String plain = readings.isEmpty() ? typed : readings.getLast().path();
        return quoted
                || (typed.indexOf('(') < 0
                        && (plain.contains("/")
                                || FILE_NAME.matcher(plain.toLowerCase(Locale.ROOT)).matches()));
    }
}
