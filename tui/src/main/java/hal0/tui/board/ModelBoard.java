package hal0.tui.board;

import hal0.home.config.Setting;
import hal0.relay.control.ControlPlane;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Command;
import hal0.tui.state.Doing;
import hal0.tui.text.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is talked to, and how far it may go.
public final class ModelBoard {
    private ModelBoard() {}

    public static Content of(Optional<ControlPlane.Active> active, List<Setting> settings) {
        String none = "not chosen yet";
        String provider = active.map(ControlPlane.Active::provider).orElse(none);
        String model = active.map(ControlPlane.Active::model).orElse(none);
        List<Line> lines = new ArrayList<>();
        lines.add(row("Provider", provider, "who answers when nobody is named", Command.PROVIDER));
        lines.add(row("Model", model, "Ctrl+O anywhere", Command.MODEL));
        add(lines, settings, "Agent", "agent.");
        add(lines, settings, "Budget, in US dollars; 0 is none", "budget.");
        add(
                lines,
                settings,
                "This provider",
                active.map(now -> "providers." + now.provider() + ".").orElse(null));
        return new Content(ConfigBoard.COLUMNS, lines, null);
    }

    private static void add(
            List<Line> lines, List<Setting> settings, String head, @Nullable String prefix) {
        List<Line.Row> rows =
                settings.stream()
                        .filter(setting -> prefix != null && setting.path().startsWith(prefix))
                        .map(setting ->
                                SettingRow.of(
                                        setting, words(setting.path(), String.valueOf(prefix))))
                        .toList();
        if (!rows.isEmpty()) {
            lines.add(new Line.Head(head));
            lines.addAll(rows);
        }
    }

    /// `max_turns` of `agent.max_turns`, as words.
    private static String words(String path, String prefix) {
        return path.substring(prefix.length()).replace('_', ' ');
    }

    private static Line row(String name, String value, String about, Command command) {
        return new Line.Row(
                name,
                List.of(Board.cell(name), Board.cell(value, Role.ACCENT), Board.cell("")),
                List.of(new Act(Act.ENTER, "chooses", new Doing.Command(command))),
                about);
    }
}
