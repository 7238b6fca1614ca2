package hal0.agent.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lines of one `.gitignore`: which files of its folder are left out.
///
/// **Shape** the last line that fits decides; `!` takes back. **Source** gitignore(5), read
/// 2026-11.
final class IgnoreRules {

    /// What a file says of a path.
    enum Verdict {
        LEFT_OUT,
        TAKEN_BACK,
        SILENT
    }

    private record Rule(PathPattern pattern, boolean back, boolean foldersOnly) {}

    private final List<Rule> rules;

    private IgnoreRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    static final IgnoreRules NONE = new IgnoreRules(List.of());

    static IgnoreRules of(List<String> lines) {
        List<Rule> rules = new ArrayList<>();
        for (String line : lines) {
            Rule rule = rule(line);
            if (rule != null) {
                // The last one first: it decides.
                rules.addFirst(rule);
            }
        }
        return new IgnoreRules(rules);
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /// **Shape** `path` from the folder of the file, `name` its last part.
    Verdict of(String path, String name, boolean folder) {
        for (Rule rule : rules) {
            if ((folder || !rule.foldersOnly) && rule.pattern.matches(path, name)) {
                return rule.back ? Verdict.TAKEN_BACK : Verdict.LEFT_OUT;
            }
        }
        return Verdict.SILENT;
    }

    private static @Nullable Rule rule(String line) {
        String text = trimmed(line);
        if (text.isEmpty() || text.startsWith("#")) {
            return null;
        }
        boolean back = text.startsWith("!");
        if (back) {
            text = text.substring(1);
        }
        boolean foldersOnly = text.endsWith("/");
        if (foldersOnly) {
            text = text.substring(0, text.length() - 1);
        }
        return text.isEmpty() || text.equals("/")
                ? null
                : new Rule(PathPattern.of(text), back, foldersOnly);
    }

    /// Without a line's end and the spaces before it that are not escaped.
    private static String trimmed(String line) {
        int end = line.endsWith("\r") ? line.length() - 1 : line.length();
        while (end > 0 && line.charAt(end - 1) == ' ') {
            if (end > 1 && line.charAt(end - 2) == '\\') {
                break;
            }
            end--;
        }
        return line.substring(0, end);
    }
}
