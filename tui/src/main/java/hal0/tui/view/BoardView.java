package hal0.tui.view;

import hal0.tui.state.Board;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Place;
import hal0.tui.state.Step;
import hal0.tui.terminal.Canvas;
import hal0.tui.terminal.Style;
import hal0.tui.text.Cells;
import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import hal0.tui.text.Row;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import hal0.tui.view.ScreenView.Cursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A board: tabs, filter, rows in columns, and what can be done.
final class BoardView {
    /// **Units** lines of a panel from which on a note may take a second.
    private static final int TALL = 12;

    private BoardView() {}

    /// A line as it is drawn, part of the board's line `of`; `row` is null where it cannot be
    /// chosen.
    private record Shown(int of, List<Span> spans, Line.@Nullable Row row) {}

    static Cursor draw(Canvas canvas, Board board, Theme theme) {
        Panel panel = Panel.whole(canvas, board.title(), theme);
        int top = tabs(canvas, panel, board, theme);
        Style dim = theme.style(Ink.DIM);
        panel.line(canvas, top, "› " + board.filter(), theme.title());
        if (board.filter().isEmpty()) {
            String hint = Cells.cut("type to narrow", Math.max(0, panel.width() - 2));
            canvas.put(panel.column() + 4, panel.row() + 1 + top, hint, theme.placeholder());
        }
        Cursor cursor = panel.cursor(2 + Cells.width(board.filter()), top);
        Board.Content content = board.content();
        SideView side = SideView.of(board, panel.width());
        Columns columns = Columns.of(board, side.left());
        List<Shown> lines = lines(board, side.left());
        List<String> note = noteLines(board, panel);
        int bottom = 1 + note.size();
        int first = top + 1;
        if (columns.hasTitles() && lines.stream().anyMatch(line -> line.row() != null)) {
            ScreenView.line(
                    canvas, panel.column() + 2, panel.row() + 1 + first, columns.titles(), theme);
            first++;
        }
        int room = Math.max(1, panel.height() - first - bottom);
        rows(canvas, panel, board, lines, new Area(first, room, columns), theme);
        side.draw(canvas, panel, board, first, room, theme);
        if (content == null) {
            panel.line(canvas, first, "loading …", dim);
        } else if (lines.isEmpty()) {
            panel.line(canvas, first, content.more() ? "loading …" : "nothing fits", dim);
        }
        for (int i = 0; i < note.size(); i++) {
            int line = panel.height() - bottom + i;
            panel.line(canvas, line, note.get(i), theme.style(Ink.of(Role.NOTICE)));
        }
        panel.line(canvas, panel.height() - 1, foot(board, panel.width()), dim);
        Step step = board.step();
        return step == null || step instanceof Step.Awaiting
                ? cursor
                : step(canvas, board, step, theme);
    }

    /// One line, two where there is room for them: what a setting may be stands at the end.
    private static List<String> noteLines(Board board, Panel panel) {
        String note = note(board);
        if (note == null) {
            return List.of();
        }
        if (panel.height() < TALL || Cells.width(note) <= panel.width()) {
            return List.of(note);
        }
        int space = note.lastIndexOf(' ', Cells.fit(note, 0, panel.width()));
        int at = space > 0 ? space : Cells.fit(note, 0, panel.width());
        return List.of(note.substring(0, at), note.substring(at).strip());
    }

    private static @Nullable String note(Board board) {
        if (board.said() != null) {
            return board.said();
        }
        Line.Row chosen = board.chosen();
        if (chosen != null && !chosen.about().isEmpty()) {
            return chosen.about();
        }
        Board.Content content = board.content();
        return content == null || content.note() == null ? null : Safe.oneLine(content.note());
    }

    /// Lines of a panel. **Units** lines.
    private record Area(int first, int room, Columns columns) {}

    private static void rows(
            Canvas canvas, Panel panel, Board board, List<Shown> lines, Area area, Theme theme) {
        Line.Row chosen = board.chosen();
        int at = board.scrolls() ? first(lines, board.selected()) : board.selected();
        for (int i = 0; chosen != null && i < lines.size(); i++) {
            at = chosen.equals(lines.get(i).row()) ? i : at;
        }
        int room = area.room();
        int wanted =
                board.place().kind().tail()
                        ? last(lines, board.selected()) + 1 - room
                        : board.scrolls() ? at : at - room / 2;
        int from = Math.clamp(wanted, 0, Math.max(0, lines.size() - room));
        for (int i = 0; i < room && from + i < lines.size(); i++) {
            Shown line = lines.get(from + i);
            int row = area.first() + i;
            List<Span> spans =
                    line.row() == null ? line.spans() : area.columns().fit(line.row().cells());
            if (chosen != null && chosen.equals(line.row())) {
                panel.row(canvas, row, text(spans), theme.selected());
            } else {
                ScreenView.line(canvas, panel.column() + 2, panel.row() + 1 + row, spans, theme);
            }
        }
    }

    private static int first(List<Shown> lines, int of) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).of() >= of) {
                return i;
            }
        }
        return lines.size();
    }

    private static int last(List<Shown> lines, int of) {
        return first(lines, of + 1) - 1;
    }

    private static String text(List<Span> spans) {
        StringBuilder out = new StringBuilder();
        spans.forEach(span -> out.append(span.text()));
        return out.toString();
    }

    private static List<Shown> lines(Board board, int width) {
        List<Shown> out = new ArrayList<>();
        int at = -1;
        for (Line line : board.shown()) {
            at++;
            int of = at;
            switch (line) {
                case Line.Head(var text) ->
                        out.add(
                                new Shown(
                                        of,
                                        List.of(
                                                new Span(
                                                        Cells.ellipsis(text, width),
                                                        Ink.of(Role.ACCENT).withBold())),
                                        null));
                case Line.Words(var spans) ->
                        hal0.tui.text.Layout.lines(
                                        new Row.Flow(List.of(), List.of(), spans), width, true)
                                .forEach(each -> out.add(new Shown(of, each, null)));
                case Line.Row row -> out.add(new Shown(of, List.of(), row));
            }
        }
        return out;
    }

    /// The line below the tabs.
    private static int tabs(Canvas canvas, Panel panel, Board board, Theme theme) {
        if (board.tabs().isEmpty()) {
            return 0;
        }
        List<String> names = new ArrayList<>();
        int chosen = board.tabs().indexOf(board.place());
        for (Place tab : board.tabs()) {
            names.add(" " + tab.label() + " ");
        }
        int from = 0;
        while (from < chosen && widthTo(names, from, chosen) > panel.width()) {
            from++;
        }
        int x = panel.column() + 2;
        int end = x + panel.width();
        for (int i = from; i < names.size() && x + Cells.width(names.get(i)) <= end; i++) {
            Style style = i == chosen ? theme.selected() : theme.style(Ink.DIM);
            canvas.put(x, panel.row() + 1, names.get(i), style);
            x += Cells.width(names.get(i));
        }
        return 1;
    }

    private static int widthTo(List<String> names, int from, int last) {
        int cells = 0;
        for (int i = from; i <= last; i++) {
            cells += Cells.width(names.get(i));
        }
        return cells;
    }

    /// Where not all fits, the keys of single acts are left to Enter.
    private static String foot(Board board, int width) {
        if (board.step() instanceof Step.Awaiting) {
            return "Enter is kept until the rows are there · Esc drops it";
        }
        Line.Row row = board.chosen();
        List<Board.Act> acts = row == null ? List.of() : row.acts();
        String rest =
                (board.place().kind().tail() ? "End follows · " : "")
                        + (board.tabs().isEmpty() ? "" : "←/→ tab · ")
                        + "Esc closes";
        if (acts.isEmpty()) {
            return rest;
        }
        if (acts.size() == 1) {
            return "Enter " + acts.getFirst().label() + " · " + rest;
        }
        boolean first = acts.getFirst().key() == Board.Act.ENTER;
        String enter = "Enter " + (first ? acts.getFirst().label() : "acts") + " · ";
        StringBuilder each = new StringBuilder(enter);
        acts.subList(first ? 1 : 0, acts.size())
                .forEach(act ->
                        each.append("Alt+")
                                .append(Character.toUpperCase(act.key()))
                                .append(' ')
                                .append(act.label())
                                .append(" · "));
        return Cells.width(each + rest) <= width ? each + rest : enter + rest;
    }

    private static Cursor step(Canvas canvas, Board board, Step step, Theme theme) {
        Line.Row row = board.chosen();
        String name =
                row == null || row.cells().isEmpty()
                        ? board.title()
                        : text(row.cells().subList(0, 1)).strip();
        return switch (step) {
            case Step.Awaiting _ -> Cursor.HIDDEN;
            case Step.Choosing(var acts, var chosen) -> {
                Panel panel = Panel.open(canvas, acts.size(), name, theme);
                for (int i = 0; i < acts.size(); i++) {
                    Style style = i == chosen ? theme.selected() : theme.style(Ink.PLAIN);
                    char key = acts.get(i).key();
                    String text = (key == Board.Act.ENTER ? ' ' : key) + "  " + acts.get(i).label();
                    panel.row(canvas, i, text, style);
                }
                yield Cursor.HIDDEN;
            }
            case Step.Confirming(var question, _) -> {
                Panel panel = Panel.open(canvas, 3, name, theme);
                panel.line(canvas, 0, question, theme.style(Ink.of(Role.NOTICE)));
                panel.line(
                        canvas, 2, "y or Enter does it · n or Esc does not", theme.style(Ink.DIM));
                yield Cursor.HIDDEN;
            }
            case Step.Entering entering -> EntryView.draw(canvas, entering, name, theme);
        };
    }
}
