package hal0.agent.search;

import hal0.agent.tool.ToolException;
import java.util.ArrayList;
import java.util.List;

/// A pattern for files as models write it: `**/*.java`, `src/**/{a,b}*.ts`, `*.md`.
///
/// **Shape** from the folder that is searched; without a slash it is a name at any depth.
final class FileGlob {
    /// More alternatives than anybody means.
    private static final int MOST = 256;

    private final String text;
    private final List<PathPattern> alternatives;

    private FileGlob(String text, List<PathPattern> alternatives) {
        this.text = text;
        this.alternatives = List.copyOf(alternatives);
    }

    /// **Errors** [ToolException] for a pattern that leads out of the folder or explodes.
    static FileGlob of(String pattern) {
        String text = pattern.startsWith("./") ? pattern.substring(2) : pattern;
        if (text.isBlank() || text.startsWith("/") || text.startsWith("~")) {
            throw new ToolException(
                    "the pattern \"%s\" must be relative, such as src/**/*.java; name the folder in"
                                    .formatted(pattern)
                            + " path");
        }
        if (List.of(text.split("/", -1)).contains("..")) {
            throw new ToolException("a pattern cannot hold ..; name the folder in path");
        }
        List<String> spelled = new ArrayList<>();
        spell("", text, spelled);
        // Folders are not searched for: what ends in a slash means what they hold.
        return new FileGlob(
                text,
                spelled.stream().map(p -> PathPattern.of(p.endsWith("/") ? p + "**" : p)).toList());
    }

    /// Writes the alternatives in braces out.
    private static void spell(String before, String rest, List<String> into) {
        int open = opening(rest);
        int close = open < 0 ? -1 : closing(rest, open);
        if (close < 0) {
            into.add(before + rest);
            if (into.size() > MOST) {
                throw new ToolException("the pattern has too many alternatives in braces");
            }
            return;
        }
        String tail = rest.substring(close + 1);
        for (String each : alternatives(rest.substring(open + 1, close))) {
            spell(before + rest.substring(0, open), each + tail, into);
        }
    }

    private static int opening(String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '{' -> {
                    return i;
                }
                default -> {}
            }
        }
        return -1;
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '{' -> depth++;
                case '}' -> {
                    if (--depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    private static List<String> alternatives(String text) {
        List<String> found = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '{' -> depth++;
                case '}' -> depth--;
                case ',' -> {
                    if (depth == 0) {
                        found.add(text.substring(from, i));
                        from = i + 1;
                    }
                }
                default -> {}
            }
        }
        found.add(text.substring(from));
        return found;
    }

    boolean matches(String path) {
        for (PathPattern each : alternatives) {
            if (each.matches(path)) {
                return true;
            }
        }
        return false;
    }

    /// Whether it asks for a hidden name: one that begins with a dot.
    boolean asksForHidden() {
        return text.startsWith(".") || text.contains("/.") || text.contains("{.");
    }

    /// Whether only names count, and not the folders they are in.
    boolean ofNames() {
        return alternatives.stream().allMatch(PathPattern::ofNames);
    }

    @Override
    public String toString() {
        return text;
    }
}
