package hal0.tui.view;

import hal0.tui.state.Board;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Step;
import hal0.tui.terminal.Canvas;
import hal0.tui.terminal.Style;
import hal0.tui.text.Cells;
import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import hal0.tui.view.ScreenView.Cursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A board: tabs, filter, rows in columns, and what can be done.
final class BoardView {
    /// **Units** lines: of rows that a note leaves, and of a note.
    private static final int FEWEST = 2;

    private static final int LONGEST_NOTE = 4;

    private static final int MOST_OF_A_QUESTION = 6;

    private BoardView() {}

    /// A line as it is drawn, part of the board's line `of`; `row` is null where it cannot be
    /// chosen.
    private record Shown(int of, List<Span> spans, Line.@Nullable Row row) {}

    static Cursor draw(Canvas canvas, Board board, Theme theme) {
        Panel panel = Panel.whole(canvas, board.title(), theme);
        int top = board.tabs().isEmpty() ? 0 : 1;
        if (top > 0) {
            TabLine.of(board, panel.width()).draw(canvas, panel, theme);
        }
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
        int first = top + 1;
        if (columns.hasTitles() && lines.stream().anyMatch(line -> line.row() != null)) {
            ScreenView.line(
                    canvas, panel.column() + 2, panel.row() + 1 + first, columns.titles(), theme);
            first++;
        }
        List<String> note = noteLines(board, panel, panel.height() - first - 1);
        int bottom = 1 + note.size();
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

    /// What a setting may be stands at the end of a note: it takes the lines it needs, as long as
    /// some are left for rows.
    private static List<String> noteLines(Board board, Panel panel, int room) {
        String note = note(board);
        return note == null
                ? List.of()
                : Words.wrapped(
                        note, panel.width(), Math.clamp((long) room - FEWEST, 1, LONGEST_NOTE));
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
        if (chosen != null) {
            at = place(lines, board.selected());
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
            if (chosen != null && line.row() != null && from + i == at) {
                panel.row(canvas, row, text(spans), theme.selected());
            } else {
                ScreenView.line(canvas, panel.column() + 2, panel.row() + 1 + row, spans, theme);
            }
        }
    }

    /// Of the row that so many are before; of the last one where there are not as many.
    private static int place(List<Shown> lines, int before) {
        int left = before;
        int at = 0;
        for (int i = 0; i < lines.size() && left >= 0; i++) {
            if (lines.get(i).row() != null) {
                at = i;
                left--;
            }
        }
        return at;
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
                        Words.hanging(spans, width)
                                .forEach(each -> out.add(new Shown(of, each, null)));
                case Line.Row row -> out.add(new Shown(of, List.of(), row));
            }
        }
        return out;
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
                int width = Panel.widthOn(canvas);
                List<String> asked = Words.wrapped(question, width, MOST_OF_A_QUESTION);
                Panel panel = Panel.open(canvas, asked.size() + 2, name, theme);
                for (int i = 0; i < asked.size(); i++) {
                    panel.line(canvas, i, asked.get(i), theme.style(Ink.of(Role.NOTICE)));
                }
                String how = "y or Enter does it · n or Esc does not";
                String fitting = Cells.width(how) <= width ? how : "y does it · n does not";
                panel.line(canvas, asked.size() + 1, fitting, theme.style(Ink.DIM));
                yield Cursor.HIDDEN;
            }
            case Step.Entering entering -> EntryView.draw(canvas, entering, name, theme);
        };
    }
}
