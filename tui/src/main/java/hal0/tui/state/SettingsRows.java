package hal0.tui.state;

import java.util.List;
import java.util.Locale;

/// The lines of the settings that can be edited.
public final class SettingsRows {
    private SettingsRows() {}

    /// A setting, what it is now, and what editing it does.
    public record Setting(String name, String value, Command edit) {}

    /// Settings of a tab that fit what was typed.
    public static List<Setting> of(UiState state, Overlay.Settings settings) {
        return switch (settings.tab()) {
            case MODEL -> model(state).stream().filter(s -> fits(s, settings.filter())).toList();
            case CONFIG, HELP -> List.of();
        };
    }

    private static List<Setting> model(UiState state) {
        Active active = state.session().active();
        String none = "not chosen yet";
        return List.of(
                new Setting(
                        "Provider", active == null ? none : active.provider(), Command.PROVIDER),
                new Setting("Model", active == null ? none : active.model(), Command.MODEL));
    }

    private static boolean fits(Setting setting, String filter) {
        String text = (setting.name() + " " + setting.value()).toLowerCase(Locale.ROOT);
        return text.contains(filter.toLowerCase(Locale.ROOT));
    }
}
