package hal0.tui.state;

import hal0.agent.context.SlashCommand;
import java.util.List;

/// What can be completed beside the commands of the program: the user's own, and the files that
/// were found for what was `typed` after an `@`, best first.
public record Offers(List<SlashCommand> commands, String typed, List<String> found) {
    static final Offers NONE = new Offers(List.of(), "", List.of());

    public Offers {
        commands = List.copyOf(commands);
        found = List.copyOf(found);
    }

    Offers withCommands(List<SlashCommand> other) {
        return new Offers(other, typed, found);
    }

    Offers withFiles(String sought, List<String> files) {
        return new Offers(commands, sought, files);
    }

    /// Those found for the letters before stay while more are typed, so that the list does not
    /// flicker.
    List<Completion> files(String now) {
        boolean near = now.startsWith(typed) || typed.startsWith(now);
        return near ? found.stream().<Completion>map(Completion.File::new).toList() : List.of();
    }
}
