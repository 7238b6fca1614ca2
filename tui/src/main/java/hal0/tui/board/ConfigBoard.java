package hal0.tui.board;

import hal0.home.config.Setting;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Doing;
import hal0.tui.text.Role;
import java.util.ArrayList;
import java.util.List;

/// Every key of the configuration, by its table.
public final class ConfigBoard {
    static final List<Column> COLUMNS =
            List.of(Column.left("", 0), Column.left("", 0), Column.left("", 1));

    private ConfigBoard() {}

    /// `file` is where changes are written.
    public static Content of(List<Setting> settings, String file) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.words(file, Role.DIM));
        lines.add(Line.words("Alt+D takes a key out again; comments and order stay.", Role.DIM));
        lines.add(
                new Line.Row(
                        "file",
                        List.of(Board.cell("open it in your editor", Role.ACCENT)),
                        List.of(new Act(Act.ENTER, "opens it", new Doing.EditFile(file))),
                        "$VISUAL, else $EDITOR; what was changed counts when it is closed"));
        String table = "";
        for (Setting setting : settings) {
            int dot = setting.path().lastIndexOf('.');
            String own = dot < 0 ? "" : setting.path().substring(0, dot);
            if (!own.equals(table)) {
                lines.add(new Line.Head("[" + own + "]"));
                table = own;
            }
            // The whole path, so that typing `relay port` finds it.
            lines.add(SettingRow.of(setting, setting.path()));
        }
        return new Content(COLUMNS, lines, null);
    }
}
