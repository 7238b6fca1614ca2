package hal0.tui.state;

import hal0.agent.context.SlashCommand;
import hal0.tui.state.Overlay.Choice;
import hal0.tui.state.Overlay.Pick;
import hal0.tui.state.Overlay.Picker;
import hal0.tui.state.Overlay.Purpose;
import hal0.tui.text.Safe;
import java.util.List;

/// The lists from which one is chosen, and what fills them.
final class Pickers {
    private Pickers() {}

    static Picker palette(List<SlashCommand> users) {
        List<Choice> choices =
                Completion.commands("", users).stream()
                        .map(c -> new Choice(pick(c), c.label(), Safe.oneLine(c.help())))
                        .toList();
        return Picker.of(Purpose.PALETTE, choices, null);
    }

    private static Pick pick(Completion command) {
        return switch (command) {
            case Completion.Own(var own) -> new Pick.Run(own);
            case Completion.Users(var users) -> new Pick.Users(users);
            case Completion.Argument argument -> new Pick.Run(argument.command());
            case Completion.File(var path) -> new Pick.Past("@" + path + " ");
        };
    }

    static UiState opened(UiState state, Sheet sheet) {
        return state.push(sheet);
    }

    static Picker history(History history) {
        List<Choice> choices =
                history.entries().reversed().stream()
                        .map(e -> new Choice(new Pick.Past(e), Safe.oneLine(e), ""))
                        .toList();
        return Picker.of(Purpose.HISTORY, choices, null);
    }
}
