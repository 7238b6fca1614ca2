package hal0.agent.context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What stands before the text of a Markdown file between two lines of `---`.
///
/// **Shape** keys with plain, quoted or folded texts; other values are kept as they are written.
/// Real files have colons in plain texts, which YAML forbids and people mean literally, so this
/// reads lines and not YAML. `body` is the rest of the file, all of it where no such head is.
record FrontMatter(Map<String, String> values, String body) {
    private static final String FENCE = "---";

    static FrontMatter of(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().stripTrailing().equals(FENCE)) {
            return new FrontMatter(Map.of(), text);
        }
        for (int end = 1; end < lines.size(); end++) {
            if (lines.get(end).stripTrailing().equals(FENCE)) {
                return new FrontMatter(
                        values(lines.subList(1, end)),
                        lines.subList(end + 1, lines.size()).stream()
                                .collect(Collectors.joining("\n"))
                                .strip());
            }
        }
        return new FrontMatter(Map.of(), text);
    }

    /// A value on one line, empty when absent.
    String line(String key) {
        return values.getOrDefault(key, "").replaceAll("\\s+", " ").strip();
    }

    private static Map<String, String> values(List<String> lines) {
        Map<String, String> values = new LinkedHashMap<>();
        String key = "";
        for (String line : lines) {
            int colon = line.indexOf(':');
            boolean continues = line.isBlank() || Character.isWhitespace(line.charAt(0));
            if (continues) {
                values.computeIfPresent(key, (_, before) -> before + '\n' + line.strip());
            } else if (colon > 0 && !line.startsWith("#")) {
                key = line.substring(0, colon).strip();
                values.put(key, line.substring(colon + 1).strip());
            }
        }
        values.replaceAll((_, value) -> plain(value));
        return values;
    }

    private static String plain(String value) {
        String text =
                value.matches("(?s)[|>][+-]?[0-9]?\\s*\n.*")
                        ? value.substring(value.indexOf('\n') + 1)
                        : value;
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            return text.substring(1, text.length() - 1)
                    .replace("\\\"", "\"")
                    .replace("\\n", "\n")
                    .replace("\\\\", "\\");
        }
        if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
            return text.substring(1, text.length() - 1).replace("''", "'");
        }
        return text;
    }
}
