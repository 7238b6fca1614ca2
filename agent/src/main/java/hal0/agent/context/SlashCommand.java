package hal0.agent.context;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A command of the user's own: a text with places for what is typed after `/name`.
///
/// **Shape** `model` is asked instead of the usual one for this turn; null for that. Pure.
public record SlashCommand(String name, String description, @Nullable String model, String body) {
    private static final Pattern PLACE = Pattern.compile("\\$(ARGUMENTS\\b|[1-9](?![0-9]))");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    /// What is said to the model: `$ARGUMENTS` is all that was typed, `$1` to `$9` are its words,
    /// where quotes hold words together. Arguments of a text without such places follow it.
    public String expand(String arguments) {
        String typed = arguments.strip();
        Matcher places = PLACE.matcher(body);
        if (!places.find()) {
            return typed.isEmpty() ? body : body + "\n\n" + typed;
        }
        List<String> words = words(typed);
        return places.replaceAll(place -> {
            String which = place.group(1);
            if (which.startsWith("A")) {
                return Matcher.quoteReplacement(typed);
            }
            int number = which.charAt(0) - '0';
            return Matcher.quoteReplacement(number <= words.size() ? words.get(number - 1) : "");
        });
    }

    private static List<String> words(String typed) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(typed);
        while (word.find()) {
            String quoted = word.group(1) == null ? word.group(2) : word.group(1);
            words.add(quoted == null ? word.group() : quoted);
        }
        return words;
    }
}
