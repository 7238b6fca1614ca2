package hal0.slots.definition;

import hal0.slots.definition.Argument.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A command line that several have a say in.
///
/// **Shape** words stay in the order in which they were added. Of a flag that more than one source
/// gives, only what the strongest says is left, wherever that stands; a flag that may repeat is
/// left as often as it was given. Words that are no flag, and no flag's value, all stay.
/// **Threads** one.
final class CommandWords {
    /// Programs that have flags of their own before those of what they run.
    private static final Pattern RUNS_ANOTHER =
            Pattern.compile("(?:.*/)?(?:python[0-9.]*|env|bash|sh|uv|node|java)");

    private final List<Item> items = new ArrayList<>();

    /// A flag with its values, or another word; `flag` is one name for all its ways to be written,
    /// null for a word that is none.
    record Item(@Nullable String flag, List<Argument> words) {
        Source source() {
            return words.getFirst().source();
        }

        /// What follows the flag, be it in the same word.
        Optional<String> value() {
            String first = words.getFirst().text();
            if (words.size() > 1) {
                return Optional.of(words.get(1).text());
            }
            int at = first.indexOf('=');
            return flag == null || at < 0 ? Optional.empty() : Optional.of(first.substring(at + 1));
        }
    }

    CommandWords add(Source source, String place, List<String> words) {
        int i = ownWords(words);
        words.subList(0, i).forEach(word -> plain(source, place, word));
        boolean ended = false;
        while (i < words.size()) {
            String word = words.get(i);
            ended |= word.equals("--");
            int last = ended || !Flags.isFlag(word) ? i : lastValue(words, i);
            if (ended || !Flags.isFlag(word)) {
                plain(source, place, word);
            } else {
                List<Argument> item = new ArrayList<>();
                words.subList(i, last + 1)
                        .forEach(text -> item.add(new Argument(text, source, place)));
                items.add(new Item(Flags.name(word), List.copyOf(item)));
            }
            i = last + 1;
        }
        return this;
    }

    private void plain(Source source, String place, String word) {
        items.add(new Item(null, List.of(new Argument(word, source, place))));
    }

    /// How many words at the beginning belong to a program that runs another: in `python -m
    /// vllm.entrypoints --model x` the `-m` names no model.
    private static int ownWords(List<String> words) {
        if (words.isEmpty() || !RUNS_ANOTHER.matcher(words.getFirst()).matches()) {
            return 0;
        }
        int i = 0;
        while (i < words.size() && !words.get(i).startsWith("--")) {
            i++;
        }
        return i;
    }

    private static int lastValue(List<String> words, int flag) {
        int last = flag;
        int values = Flags.values(words.get(flag));
        while (last - flag < values
                && last + 1 < words.size()
                && !Flags.isFlag(words.get(last + 1))) {
            last++;
        }
        return last;
    }

    /// Whether somebody gives that flag.
    boolean has(String flag) {
        return items.stream().anyMatch(item -> flag.equals(item.flag()));
    }

    /// Whether somebody gives that flag that value.
    boolean has(String flag, String value) {
        return items.stream()
                .filter(item -> flag.equals(item.flag()))
                .anyMatch(item -> item.value().filter(value::equals).isPresent());
    }

    /// What is left when everybody has had a say.
    List<Item> merged() {
        return merged(Item::source);
    }

    /// The same where `strength` tells who speaks through an item.
    List<Item> merged(Function<Item, Source> strength) {
        Map<String, Source> strongest = new HashMap<>();
        for (Item item : items) {
            if (item.flag() != null) {
                strongest.merge(
                        item.flag(), strength.apply(item), (a, b) -> a.compareTo(b) >= 0 ? a : b);
            }
        }
        return items.stream()
                .filter(item ->
                        item.flag() == null
                                || Flags.mayRepeat(item.flag())
                                || strength.apply(item) == strongest.get(item.flag()))
                .toList();
    }
}
