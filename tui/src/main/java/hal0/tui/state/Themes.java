package hal0.tui.state;

import hal0.tui.state.Effect.Next;
import hal0.tui.state.Overlay.Choice;
import hal0.tui.state.Overlay.Pick;
import hal0.tui.state.Overlay.Picker;
import hal0.tui.state.Overlay.Purpose;
import hal0.tui.terminal.Background;
import hal0.tui.text.Safe;
import hal0.tui.theme.Palette;
import hal0.tui.theme.Palettes;
import java.util.ArrayList;
import java.util.List;

/// Choosing a theme: the one that is looked at is drawn with until another is chosen or Esc goes
/// back to that before.
final class Themes {
    private Themes() {}

    static Next choosing(UiState state) {
        if (state.top() instanceof Overlay.Question
                || (state.top() instanceof Picker open && open.purpose() == Purpose.THEME)) {
            return Next.of(state);
        }
        return Next.of(
                state.push(Picker.of(Purpose.THEME, List.of(), "loading …")),
                new Effect.LoadThemes());
    }

    static Next named(UiState state, String name) {
        if (name.isEmpty()) {
            return choosing(state);
        }
        return name.equals(Palettes.AUTO)
                ? taken(state, name, state.screen().palette())
                : Next.of(state, new Effect.UseTheme(name));
    }

    static Next taken(UiState state, String name, Palette palette) {
        UiState next = state.with(state.screen().with(palette));
        return name.equals(Palettes.AUTO)
                ? Next.of(next, new Effect.KeepTheme(name), new Effect.Write(Background.QUESTION))
                : Next.of(next, new Effect.KeepTheme(name));
    }

    static UiState loaded(UiState state, List<Palette> palettes, List<String> problems) {
        if (!(state.top() instanceof Picker open) || open.purpose() != Purpose.THEME) {
            return state;
        }
        Palette now = state.screen().palette();
        List<Choice> choices = new ArrayList<>();
        int selected = 0;
        for (Palette each : palettes) {
            if (each.name().equals(now.name())) {
                selected = choices.size();
            }
            choices.add(new Choice(new Pick.Theme(each.name(), each), each.name(), detail(each)));
        }
        choices.add(
                new Choice(
                        new Pick.Theme(Palettes.AUTO, now),
                        Palettes.AUTO,
                        "dark or light, as the terminal is"));
        String note = problems.isEmpty() ? null : Safe.oneLine(problems.getFirst());
        return state.replaceTop(new Picker(Purpose.THEME, choices, open.filter(), selected, note));
    }

    private static String detail(Palette palette) {
        String made = palette.light() ? "for a light background" : "for a dark background";
        return Palettes.ownNames().contains(palette.name()) ? made : made + " · yours";
    }
}
