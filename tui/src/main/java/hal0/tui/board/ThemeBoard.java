package hal0.tui.board;

import hal0.home.config.Setting;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Command;
import hal0.tui.state.Doing;
import hal0.tui.text.Role;
import hal0.tui.theme.Palettes;
import java.util.ArrayList;
import java.util.List;

/// How the screen looks and behaves.
public final class ThemeBoard {
    private static final String THEME = "tui.theme";

    private ThemeBoard() {}

    public static Content of(List<Setting> settings) {
        List<Line> lines = new ArrayList<>();
        String name =
                settings.stream()
                        .filter(setting -> setting.path().equals(THEME))
                        .map(setting -> SettingText.plain(setting.value()))
                        .filter(theme -> !theme.isEmpty())
                        .findFirst()
                        .orElse(Palettes.AUTO);
        lines.add(
                new Line.Row(
                        THEME,
                        List.of(Board.cell("theme"), Board.cell(name, Role.ACCENT), Board.cell("")),
                        List.of(new Act(Act.ENTER, "chooses", new Doing.Command(Command.THEME))),
                        "Ctrl+T anywhere"));
        settings.stream()
                .filter(setting -> setting.path().startsWith("tui."))
                .filter(setting -> !setting.path().equals(THEME))
                .map(setting -> SettingRow.of(setting, setting.path().substring(4)))
                .forEach(lines::add);
        return new Content(ConfigBoard.COLUMNS, lines, null);
    }
}
