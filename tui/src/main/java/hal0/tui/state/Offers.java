package hal0.tui.state;

import hal0.agent.context.SlashCommand;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What can be completed beside the commands of the program: the user's own, and the files that
/// were found for what was `typed` after an `@`, best first; `suggestions` is what `suggested`, a
/// command, can be told.
public record Offers(
        List<SlashCommand> commands,
        String typed,
        List<String> found,
        @Nullable Command suggested,
        List<Suggestion> suggestions) {
    static final Offers NONE = new Offers(List.of(), "", List.of(), null, List.of());

    public Offers {
        commands = List.copyOf(commands);
        found = List.copyOf(found);
        suggestions = List.copyOf(suggestions);
    }

    Offers withCommands(List<SlashCommand> other) {
        return new Offers(other, typed, found, suggested, suggestions);
    }

    Offers withFiles(String sought, List<String> files) {
        return new Offers(commands, sought, files, suggested, suggestions);
    }

    Offers suggesting(Command command) {
        return new Offers(commands, typed, found, command, CommandWords.of(command));
    }

    List<Suggestion> suggestionsFor(Command command) {
        return command == suggested ? suggestions : CommandWords.of(command);
    }

    /// With more, if they are for the command that is still being typed.
    Offers withSuggestions(Command command, List<Suggestion> more) {
        if (command != suggested) {
            return this;
        }
        Set<Suggestion> all = new LinkedHashSet<>(suggestions);
        all.addAll(more);
        return new Offers(commands, typed, found, suggested, List.copyOf(all));
    }

    /// Those found for the letters before stay while more are typed, so that the list does not
    /// flicker.
    List<Completion> files(String now) {
        boolean near = now.startsWith(typed) || typed.startsWith(now);
        return near ? found.stream().<Completion>map(Completion.File::new).toList() : List.of();
    }
}
