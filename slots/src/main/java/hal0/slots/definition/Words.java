package hal0.slots.definition;

import hal0.home.config.TableReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of files: choices by the word for them, and lines of words with gaps to be filled in.
final class Words {
    /// What is filled in: `${MODEL}` and so on.
    static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

    private static final Set<String> PLACEHOLDERS = Set.of("MODEL", "PORT", "CTX", "HOST");

    private Words() {}

    static <E extends SlotSpec.Word> Map<String, E> of(E[] values) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E value : values) {
            words.put(value.word(), value);
        }
        return words;
    }

    /// A list of words in which everything to be filled in has a name that is known.
    static List<String> withGaps(TableReader table, String key) {
        List<String> words = table.strings(key);
        for (String word : words) {
            Matcher found = PLACEHOLDER.matcher(word);
            while (found.find()) {
                if (!PLACEHOLDERS.contains(found.group(1))) {
                    table.problem(
                            key,
                            "nothing fills in %s".formatted(found.group()),
                            "${MODEL}, ${PORT}, ${CTX} and ${HOST} are filled in");
                }
            }
        }
        return words;
    }

    /// Where something listens is a path of an address.
    static void requirePath(TableReader table, String key, String path) {
        if (!path.startsWith("/")) {
            table.problem(
                    key,
                    "\"%s\" is not a path".formatted(path),
                    "such as %s = \"/health\"".formatted(key));
        }
    }
}
