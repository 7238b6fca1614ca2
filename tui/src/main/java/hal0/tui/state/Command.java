package hal0.tui.state;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What can be asked for with `/`.
public enum Command {
    HELP("all keys and commands"),
    MODEL("choose a model; /model NAME takes it at once"),
    PROVIDER("choose a provider; /provider NAME takes it at once"),
    SETTINGS("model, configuration file, help"),
    CLEAR("forget the conversation and clear the screen"),
    NEW("begin a new conversation"),
    THEME("dark or light, for this session"),
    EXIT("leave hal0"),
    QUIT("leave hal0");

    private final String help;

    Command(String help) {
        this.help = help;
    }

    /// What is typed after the slash.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String help() {
        return help;
    }

    static Optional<Command> find(String word) {
        return Arrays.stream(values()).filter(c -> c.word().equals(word)).findFirst();
    }

    /// Commands that fit what was typed after the slash, best first.
    public static List<Command> matching(String typed) {
        if (typed.isEmpty()) {
            return List.of(values());
        }
        return Arrays.stream(values())
                .filter(c -> Fuzzy.score(typed, c.word()) >= 0)
                .sorted(
                        Comparator.comparingInt((Command c) -> -Fuzzy.score(typed, c.word()))
                                .thenComparing(c -> c))
                .toList();
    }
}
