package hal0.tui.board;

import hal0.home.config.Form;
import hal0.home.config.Setting;
import hal0.relay.control.SettingsEdit;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Effect;
import hal0.tui.text.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key of the configuration as a row that edits it: a flag is toggled, a choice offered, all else
/// entered.
final class SettingRow {
    private SettingRow() {}

    /// `name` is what it is called there.
    static Line.Row of(Setting setting, String name) {
        boolean set = setting.isSet();
        return new Line.Row(
                setting.path(),
                List.of(
                        Board.cell(name, set ? Role.PLAIN : Role.DIM),
                        Board.cell(shown(setting), set ? Role.ACCENT : Role.DIM),
                        Board.cell(set ? setting.origin() : "default", Role.DIM)),
                acts(setting),
                about(setting));
    }

    private static String shown(Setting setting) {
        String value = setting.value();
        if (value.isEmpty() || value.equals("\"\"")) {
            return "–";
        }
        return setting.form() instanceof Form.Texts || setting.form() instanceof Form.Numbers
                ? value
                : SettingText.plain(value);
    }

    private static String about(Setting setting) {
        String help = SettingHelp.of(setting.path());
        String form =
                switch (setting.form()) {
                    case Form.Flag _ -> "";
                    case Form.Choice(var words) -> String.join(", ", words);
                    case Form.Whole(var min, var max) -> SettingText.range(min, max);
                    case Form.Real(var min) -> "a number of at least " + SettingText.number(min);
                    case Form.Text _ -> "";
                    case Form.Texts _ -> "a list";
                    case Form.Numbers _ -> "a list of numbers";
                    case Form.Hidden _ -> "";
                };
        List<String> parts = new ArrayList<>(List.of(help, form));
        if (setting.isSet() && !setting.standard().isEmpty()) {
            parts.add("default " + setting.standard());
        }
        if (!SettingsEdit.isLive(setting.path())) {
            parts.add("read at start");
        }
        parts.removeIf(String::isEmpty);
        return String.join(" · ", parts);
    }

    private static List<Act> acts(Setting setting) {
        boolean elsewhere = setting.isSet() && !setting.origin().startsWith("config.toml");
        if (setting.form() instanceof Form.Hidden
                || setting.path().indexOf('[') >= 0
                || setting.path().startsWith("active.")
                || elsewhere
                || setting.form() instanceof Form.Numbers) {
            return List.of();
        }
        List<Act> acts = new ArrayList<>();
        acts.add(edit(setting));
        if (setting.isSet()) {
            acts.add(Act.of('d', "default", set(setting, null)));
        }
        return acts;
    }

    private static Effect.Alter set(Setting setting, @Nullable Object value) {
        return new Effect.Alter(new Change.Set(setting.path(), value));
    }

    private static Act edit(Setting setting) {
        String path = setting.path();
        return switch (setting.form()) {
            case Form.Flag _ -> {
                boolean on = setting.value().equals("true");
                yield Act.of(Act.ENTER, on ? "turns off" : "turns on", set(setting, !on));
            }
            case Form.Choice(var words) ->
                    Act.choosing(
                            Act.ENTER,
                            "chooses",
                            words.stream()
                                    .map(word -> Act.of(Act.ENTER, word, set(setting, word)))
                                    .toList());
            case Form.Whole _,
                    Form.Real _,
                    Form.Text _,
                    Form.Texts _,
                    Form.Numbers _,
                    Form.Hidden _ ->
                    Act.entering(
                            Act.ENTER,
                            "edits",
                            path,
                            SettingText.typed(setting),
                            text -> set(setting, SettingText.parsed(setting.form(), text)));
        };
    }
}
