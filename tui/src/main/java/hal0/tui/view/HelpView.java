package hal0.tui.view;

import hal0.tui.state.HelpText;
import hal0.tui.terminal.Canvas;
import hal0.tui.terminal.Style;
import hal0.tui.text.Cells;
import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import hal0.tui.view.ScreenView.Cursor;
import java.util.ArrayList;
import java.util.List;

/// Keys and commands; on a narrow screen what they do stands under them.
final class HelpView {
    private static final int WIDE = 70;
    private static final int NAME = 26;

    private HelpView() {}

    private record Line(String text, Style style) {}

    static Cursor draw(Canvas canvas, int scroll, Theme theme) {
        String title = "Help · ↑ ↓ scroll · Esc closes";
        Panel panel = Panel.whole(canvas, title, theme);
        lines(canvas, panel, 0, scroll, theme);
        return Cursor.HIDDEN;
    }

    /// Draws from line `top` of the panel on, scrolled so that the panel stays full.
    static void lines(Canvas canvas, Panel panel, int top, int scroll, Theme theme) {
        List<Line> lines = lines(panel.width(), theme);
        int room = Math.max(1, panel.height() - top);
        int from = Math.clamp(scroll, 0, Math.max(0, lines.size() - room));
        for (int i = 0; i < room && from + i < lines.size(); i++) {
            Line line = lines.get(from + i);
            panel.line(canvas, top + i, line.text(), line.style());
        }
    }

    private static List<Line> lines(int width, Theme theme) {
        List<Line> lines = new ArrayList<>();
        Style plain = theme.style(Ink.PLAIN);
        for (HelpText.Line line : HelpText.lines()) {
            if (line.does().isEmpty()) {
                lines.add(new Line(line.name(), theme.title()));
            } else if (width >= WIDE) {
                List<String> names = wrapped(line.name(), NAME - 2);
                List<String> does = wrapped(line.does(), width - NAME);
                for (int i = 0; i < Math.max(names.size(), does.size()); i++) {
                    String name = i < names.size() ? names.get(i) : "";
                    String text = i < does.size() ? does.get(i) : "";
                    lines.add(new Line(Cells.pad(name, NAME) + text, plain));
                }
            } else {
                Style accent = theme.style(Ink.of(Role.ACCENT));
                wrapped(line.name(), width).forEach(part -> lines.add(new Line(part, accent)));
                wrapped(line.does(), width - 2)
                        .forEach(part -> lines.add(new Line("  " + part, plain)));
            }
        }
        return lines;
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && Cells.width(line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
