package hal0.tui.state;

import hal0.tui.text.Role;
import hal0.tui.text.Row;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;

/// A unified diff as rows, without its file names: the call before it names the file.
final class DiffRows {
    private static final int MOST = 60;

    private DiffRows() {}

    static List<Row> of(String diff) {
        List<Row> rows = new ArrayList<>();
        int more = 0;
        for (String line : Safe.visible(diff).split("\n", -1)) {
            if (line.startsWith("--- ") || line.startsWith("+++ ")) {
                continue;
            }
            if (rows.size() < MOST) {
                rows.add(Row.plain("  " + line, role(line)));
            } else {
                more++;
            }
        }
        if (more > 0) {
            rows.add(Row.plain("  … %d more lines".formatted(more), Role.DIM));
        }
        return rows;
    }

    private static Role role(String line) {
        if (line.startsWith("+")) {
            return Role.ADDED;
        }
        return line.startsWith("-") ? Role.REMOVED : Role.DIM;
    }
}
