package hal0.cli;

import hal0.home.config.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with a command line, and what was probably meant.
final class Misuse {
    private Misuse() {}

    static String of(ParameterException e, CommandSpec command) {
        return switch (e) {
            case UnmatchedArgumentException unmatched ->
                    unknown(unmatched.getUnmatched().getFirst(), command);
            case ParameterException missing when isGroup(command) && missing.getArgSpec() == null ->
                    "%s needs one of %s"
                            .formatted(
                                    command.qualifiedName(),
                                    String.join(", ", command.subcommands().keySet()));
            case ParameterException choice when isChoice(choice.getArgSpec()) ->
                    choices(choice, Objects.requireNonNull(choice.getArgSpec()));
            case ParameterException other -> String.valueOf(other.getMessage());
        };
    }

    private static boolean isChoice(@Nullable ArgSpec argument) {
        return argument != null && argument.type().isEnum();
    }

    /// The words as they are written, not as the program's own constants.
    private static String choices(ParameterException e, ArgSpec argument) {
        List<String> words =
                Stream.of(argument.type().getEnumConstants())
                        .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                        .toList();
        String given = String.valueOf(e.getValue());
        String name =
                argument instanceof OptionSpec option
                        ? option.longestName()
                        : argument.paramLabel();
        return "%s is one of %s, not \"%s\"%s"
                .formatted(
                        name,
                        String.join(", ", words),
                        given,
                        meant(given.toLowerCase(Locale.ROOT), words));
    }

    /// Whether the command does nothing by itself.
    private static boolean isGroup(CommandSpec command) {
        return !(command.userObject() instanceof Callable<?>
                || command.userObject() instanceof Runnable);
    }

    private static String unknown(String word, CommandSpec command) {
        if (word.startsWith("-")) {
            String option = word.split("=", 2)[0];
            return "%s has no option %s%s"
                    .formatted(command.qualifiedName(), option, meant(option, options(command)));
        }
        if (command.subcommands().isEmpty()) {
            return "%s takes no \"%s\"".formatted(command.qualifiedName(), word);
        }
        return "%s has no command \"%s\"%s"
                .formatted(
                        command.qualifiedName(), word, meant(word, command.subcommands().keySet()));
    }

    private static List<String> options(CommandSpec command) {
        List<String> names = new ArrayList<>(command.optionsMap().keySet());
        names.removeIf(name -> !name.startsWith("--"));
        return names;
    }

    private static String meant(String word, Collection<String> known) {
        @Nullable String nearest = Nearest.to(word, known);
        return nearest == null ? "" : "; did you mean %s?".formatted(nearest);
    }
}
