package hal0.tui;

import hal0.relay.control.ControlPlane;
import hal0.relay.control.ProviderStatus;
import hal0.tui.state.Command;
import hal0.tui.state.Suggestion;
import hal0.tui.state.UiEvent;
import hal0.tui.theme.Palette;
import hal0.tui.theme.Palettes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds what a command can be told while it is typed. What cannot be asked now is not suggested.
///
/// **Threads** any but the UI thread; blocks on the relay.
final class Suggestions {
    private static final System.Logger LOG = System.getLogger(Suggestions.class.getName());

    private final Services services;
    private final Supplier<@Nullable ControlPlane> control;
    private final Consumer<UiEvent> sink;

    Suggestions(
            Services services, Supplier<@Nullable ControlPlane> control, Consumer<UiEvent> sink) {
        this.services = services;
        this.control = control;
        this.sink = sink;
    }

    void find(Command command) {
        ControlPlane plane = control.get();
        if (command == Command.RESUME || command == Command.SESSIONS) {
            tell(
                    command,
                    services.past().sessions(false).stream()
                            .map(s -> new Suggestion(s.id(), s.title()))
                            .toList());
        } else if (command == Command.THEME) {
            tell(command, themes(services.look().palettes().all().palettes()));
        } else if (command == Command.MCP) {
            tell(
                    command,
                    services.surroundings().belongings().servers().stream()
                            .map(server -> new Suggestion(server.name(), server.reach()))
                            .toList());
        } else if (command == Command.SLOTS && plane != null) {
            tell(
                    command,
                    plane.slots().all().stream()
                            .map(slot -> new Suggestion(slot.name(), slot.state()))
                            .toList());
        } else if (command == Command.PROVIDER && plane != null) {
            tell(
                    command,
                    plane.providers().stream()
                            .map(p -> new Suggestion(p.id(), p.baseUrl()))
                            .toList());
        } else if (command == Command.MODEL && plane != null) {
            plane.providers().stream()
                    .filter(p -> p.enabled() && p.keyState() != ProviderStatus.KeyState.MISSING)
                    .forEach(p -> tell(command, models(plane, p)));
        }
    }

    private static List<Suggestion> themes(List<Palette> palettes) {
        List<Suggestion> themes = new ArrayList<>();
        palettes.forEach(palette ->
                themes.add(new Suggestion(palette.name(), palette.light() ? "light" : "dark")));
        themes.add(new Suggestion(Palettes.AUTO, "as the terminal is"));
        return themes;
    }

    private void tell(Command command, List<Suggestion> found) {
        sink.accept(new UiEvent.Suggested(command, found));
    }

    private static List<Suggestion> models(ControlPlane plane, ProviderStatus provider) {
        try {
            return plane.models(provider.id()).stream()
                    .map(m -> new Suggestion(m.provider() + "/" + m.info().id(), ""))
                    .toList();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "models of " + provider.id() + " not known", e);
            return List.of();
        }
    }
}
