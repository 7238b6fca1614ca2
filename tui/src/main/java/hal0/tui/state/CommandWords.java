package hal0.tui.state;

import hal0.agent.permission.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a command can be told where that is always the same.
final class CommandWords {
    private static final String SESSION = "session";

    private CommandWords() {}

    /// Empty where it can be told nothing, or what only the rest of the program knows.
    static List<Suggestion> of(@Nullable Command command) {
        return switch (command) {
            case SETTINGS -> words(Place.SETTINGS.stream().map(CommandWords::word));
            case SPEND -> words(Place.SPENDING.stream().map(by -> by.isEmpty() ? SESSION : by));
            case PERMISSIONS -> words(Arrays.stream(Mode.values()).map(CommandWords::word));
            case COPY -> List.of(new Suggestion("code", "the last block of code"));
            case null, default -> List.of();
        };
    }

    private static List<Suggestion> words(Stream<String> words) {
        return words.map(word -> new Suggestion(word, "")).toList();
    }

    /// The tab of the settings that a word means; its beginning will do.
    static Optional<Place.Kind> tab(String word) {
        return meant(word, Place.SETTINGS.stream());
    }

    static Optional<Mode> mode(String word) {
        return meant(word, Arrays.stream(Mode.values()));
    }

    private static <E extends Enum<E>> Optional<E> meant(String word, Stream<E> among) {
        String typed = word.toLowerCase(Locale.ROOT);
        return among.filter(each -> word(each).startsWith(typed)).findFirst();
    }

    /// The way in which spend is looked at that a word means.
    static Optional<String> spending(String word) {
        String typed = word.toLowerCase(Locale.ROOT);
        return Place.SPENDING.stream()
                .filter(by -> (by.isEmpty() ? SESSION : by).startsWith(typed))
                .findFirst();
    }

    /// Those that there are, for who was not understood.
    static String list(Command command) {
        return String.join(", ", of(command).stream().map(Suggestion::value).toList());
    }

    private static String word(Enum<?> each) {
        return each.name().toLowerCase(Locale.ROOT);
    }
}
