package hal0.tui.state;

import hal0.tui.text.Layout;
import hal0.tui.text.Row;
import hal0.tui.text.Span;
import java.util.ArrayList;
import java.util.List;

/// The part of a transcript that a screen of some width and height shows.
///
/// **Shape** rows are laid out only where they are shown or passed, so neither a frame nor a resize
/// depends on how long the transcript is.
public record Viewport(Transcript transcript, int width, int height, Folds folds) {

    /// The lines to show, and how many rows were laid out for them.
    public record Window(List<List<Span>> lines, int laidOut) {}

    /// A line of a row.
    public record Place(int row, int line) {}

    private record Position(int row, int line) {}

    /// Where the lines that are shown come from, from the top of the screen on.
    public List<Place> places(Scroll scroll) {
        Position from =
                switch (scroll) {
                    case Scroll.Following() -> up(new Position(transcript.size(), 0), height);
                    case Scroll.Anchored(var row, var line, _) -> clamped(row, line);
                };
        List<Place> places = new ArrayList<>();
        int skip = from.line();
        for (int row = from.row(); row < transcript.size() && places.size() < height; row++) {
            int count = lines(row).size();
            for (int line = skip; line < count && places.size() < height; line++) {
                places.add(new Place(row, line));
            }
            skip = 0;
        }
        return places;
    }

    /// A row as text that can be pointed at.
    RowText text(int row) {
        return RowText.of(transcript.row(row), lines(row));
    }

    public Window window(Scroll scroll) {
        return switch (scroll) {
            case Scroll.Following() -> lastLines();
            case Scroll.Anchored(var row, var line, _) -> linesFrom(clamped(row, line));
        };
    }

    private Window lastLines() {
        List<List<Span>> reversed = new ArrayList<>();
        int laidOut = 0;
        for (int row = transcript.size() - 1; row >= 0 && reversed.size() < height; row--) {
            List<List<Span>> lines = lines(row);
            laidOut++;
            for (int i = lines.size() - 1; i >= 0 && reversed.size() < height; i--) {
                reversed.add(lines.get(i));
            }
        }
        return new Window(reversed.reversed(), laidOut);
    }

    private Window linesFrom(Position from) {
        List<List<Span>> shown = new ArrayList<>();
        int skip = from.line();
        int row = from.row();
        for (; row < transcript.size() && shown.size() < height; row++) {
            List<List<Span>> lines = lines(row);
            for (int i = skip; i < lines.size() && shown.size() < height; i++) {
                shown.add(lines.get(i));
            }
            skip = 0;
        }
        return new Window(shown, row - from.row());
    }

    /// Scrolls by screen lines, up where `delta` is negative; reaching the end follows it again.
    public Scroll moved(Scroll scroll, int delta) {
        Position from = top(scroll);
        Position to = delta < 0 ? up(from, -delta) : down(from, delta);
        int seen = scroll instanceof Scroll.Anchored(_, _, var lines) ? lines : 0;
        return isEndVisible(to)
                ? new Scroll.Following()
                : new Scroll.Anchored(to.row(), to.line(), seen);
    }

    /// The first line.
    public Scroll top() {
        return isEndVisible(new Position(0, 0))
                ? new Scroll.Following()
                : new Scroll.Anchored(0, 0, 0);
    }

    /// The row on a line of the screen; -1 where nothing is shown.
    public int rowAt(Scroll scroll, int line) {
        Position at = top(scroll);
        int left = line + at.line();
        for (int row = at.row(); row < transcript.size(); row++) {
            left -= lines(row).size();
            if (left < 0) {
                return row;
            }
        }
        return -1;
    }

    /// The place that is shown at the top, whatever comes below it.
    public Scroll.Anchored held(Scroll scroll) {
        Position at = top(scroll);
        int seen = scroll instanceof Scroll.Anchored(_, _, var lines) ? lines : 0;
        return new Scroll.Anchored(at.row(), at.line(), seen);
    }

    private Position top(Scroll scroll) {
        return switch (scroll) {
            case Scroll.Following() -> up(new Position(transcript.size(), 0), height);
            case Scroll.Anchored(var row, var line, _) -> clamped(row, line);
        };
    }

    /// Characters of a row before one of its lines.
    int charactersBefore(int row, int line) {
        List<List<Span>> lines = lines(row);
        int count = 0;
        for (List<Span> each : lines.subList(0, Math.min(line, lines.size()))) {
            count += characters(each);
        }
        return count;
    }

    /// The line of a row that so many characters lead to.
    int lineAt(int row, int characters) {
        int left = characters;
        int line = 0;
        for (List<Span> each : lines(row)) {
            left -= characters(each);
            if (left < 0) {
                return line;
            }
            line++;
        }
        return Math.max(0, line - 1);
    }

    private static int characters(List<Span> line) {
        return line.stream().mapToInt(span -> span.text().length()).sum();
    }

    /// Screen lines of the rows `[from, to)`.
    public int linesOf(int from, int to) {
        int count = 0;
        for (int row = from; row < to; row++) {
            count += lines(row).size();
        }
        return count;
    }

    /// The screen lines of the rows `[from, to)` themselves.
    public List<List<Span>> linesBetween(int from, int to) {
        List<List<Span>> all = new ArrayList<>();
        for (int row = from; row < to; row++) {
            all.addAll(lines(row));
        }
        return all;
    }

    private Position up(Position from, int count) {
        int row = from.row();
        int line = from.line();
        int left = count;
        while (left > line && row > 0) {
            left -= line;
            row--;
            line = lines(row).size();
        }
        return new Position(row, Math.max(0, line - left));
    }

    private Position down(Position from, int count) {
        int row = from.row();
        int left = count + from.line();
        while (row < transcript.size() - 1) {
            int lines = lines(row).size();
            if (left < lines) {
                break;
            }
            left -= lines;
            row++;
        }
        return clamped(row, left);
    }

    private boolean isEndVisible(Position from) {
        int count = -from.line();
        for (int row = from.row(); row < transcript.size() && count <= height; row++) {
            count += lines(row).size();
        }
        return count <= height;
    }

    /// The nearest place that there is: a resize or a fold may have taken lines away.
    private Position clamped(int row, int line) {
        if (transcript.size() == 0) {
            return new Position(0, 0);
        }
        int at = Math.clamp(row, 0, transcript.size() - 1);
        return new Position(at, Math.clamp(line, 0, Math.max(0, lines(at).size() - 1)));
    }

    private List<List<Span>> lines(int row) {
        Row shown = transcript.row(row);
        return Layout.lines(shown, width, folds.opens(shown));
    }
}
