package hal0.tui.inline;

import hal0.tui.state.LiveRegion;
import hal0.tui.state.Transcript;
import hal0.tui.state.UiState;
import hal0.tui.state.Viewport;
import hal0.tui.terminal.Canvas;
import hal0.tui.terminal.Frame;
import hal0.tui.terminal.LineWriter;
import hal0.tui.terminal.Size;
import hal0.tui.text.Role;
import hal0.tui.text.Span;
import hal0.tui.view.ScreenView;
import hal0.tui.view.Surface;
import hal0.tui.view.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The end of the normal screen.
///
/// **Shape** rows of the transcript that are over are written once, above; prompt, status and what
/// is still being written are drawn below them and redrawn in place. A transcript that is another
/// one, as after an undo, is begun anew under a line.
public final class InlineSurface implements Surface {
    private static final String BEGIN = "\u001b[?2026h\u001b[?25l";
    private static final String END = "\u001b[?2026l";

    /// Of a long conversation that is gone on with only the end is written.
    private static final int MOST_OF_ANOTHER = 200;

    private static final LiveRows NONE = new LiveRows(List.of(), List.of(), 0, 0);

    private final LineWriter writer;
    private final boolean rewraps;
    private boolean synchronizes = true;
    private boolean greeted;
    private Printed printed = Printed.NOTHING;
    private LiveRows live = NONE;
    private int above;
    private boolean stale = true;

    public InlineSurface(boolean ascii, Map<String, String> environment) {
        this.writer = new LineWriter(ascii);
        this.rewraps = rewraps(environment);
    }

    /// Whether lines that are too wide for a narrower terminal are broken by it, as most do; the
    /// others cut them.
    static boolean rewraps(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        boolean screen = environment.containsKey("STY") && !environment.containsKey("TMUX");
        return !screen && !environment.containsKey("XTERM_VERSION") && !term.startsWith("linux");
    }

    @Override
    public String draw(UiState state, Theme theme) {
        Size size = state.screen().size();
        LiveRows next = rows(state, theme);
        List<List<Span>> over = over(state);
        if (over.isEmpty() && !stale && next.rows().size() == live.rows().size()) {
            String changes = next.changes(live, size.columns());
            boolean same = changes.isEmpty();
            live = next;
            return same ? "" : marked(changes);
        }
        StringBuilder out = new StringBuilder();
        toTop(out);
        write(out, over, size, theme);
        out.append(next.whole(size.columns()));
        if (!stale && over.size() + next.rows().size() < live.rows().size()) {
            belowAway(out, next);
        }
        live = next;
        above = next.row();
        stale = false;
        return marked(out.toString());
    }

    /// What is left of rows that stood lower.
    private static void belowAway(StringBuilder out, LiveRows next) {
        int last = next.rows().size() - 1;
        LiveRows.down(out, last - next.row());
        out.append("\r\n\u001b[J\u001b[A");
        LiveRows.down(out, next.row() - last);
        out.append('\r');
        if (next.column() > 0) {
            out.append("\u001b[").append(next.column()).append('C');
        }
    }

    private String marked(String text) {
        above = live.row();
        return synchronizes
                ? BEGIN + text + "\u001b[?25h" + END
                : "\u001b[?25l" + text + "\u001b[?25h";
    }

    private void toTop(StringBuilder out) {
        LiveRows.down(out, -above);
        out.append('\r');
        if (stale) {
            out.append("\u001b[J");
        }
    }

    private void write(StringBuilder out, List<List<Span>> lines, Size size, Theme theme) {
        for (List<Span> line : lines) {
            Canvas canvas = new Canvas(new Size(size.columns(), 1));
            ScreenView.line(canvas, 0, 0, line, theme);
            LineWriter.Line text = writer.of(canvas, 0);
            out.append(text.text());
            LiveRows.rest(out, text.width(), size.columns());
            out.append("\r\n");
        }
    }

    /// The lines that are over and not written yet; they count as written from now on.
    private List<List<Span>> over(UiState state) {
        Transcript transcript = state.transcript();
        int end = transcript.rows().size();
        List<List<Span>> lines = new ArrayList<>();
        if (!greeted) {
            greeted = true;
            lines.add(
                    List.of(
                            Span.of("hal0 ", Role.HEADING),
                            Span.of(state.about().version() + " · / commands · ? keys", Role.DIM)));
            lines.add(List.of());
        }
        boolean goesOn = printed.goesOn(transcript);
        if (goesOn && end == printed.count()) {
            return lines;
        }
        int from = goesOn ? printed.count() : 0;
        if (end - from > MOST_OF_ANOTHER && (!goesOn || from == 0)) {
            from = end - MOST_OF_ANOTHER;
            lines.add(List.of(Span.of("… " + from + " rows before this", Role.DIM)));
        } else if (!goesOn && end > 0) {
            lines.add(List.of(Span.of("─── from here on ───", Role.DIM)));
        }
        Viewport viewport = state.viewport();
        lines.addAll(viewport.linesBetween(from, end));
        printed = Printed.of(transcript);
        return lines;
    }

    /// The rows to draw: all but blank ones between what is being written and what is below.
    private LiveRows rows(UiState state, Theme theme) {
        LiveRegion region = LiveRegion.of(state);
        Frame frame = ScreenView.draw(region.state(), theme);
        Canvas canvas = frame.canvas();
        List<String> rows = new ArrayList<>();
        List<Integer> widths = new ArrayList<>();
        int cursor = 0;
        for (int y = 0; y < canvas.size().rows(); y++) {
            boolean gap = y >= region.open() && y < region.bottom();
            if (frame.hasCursor() && y == frame.cursorRow()) {
                cursor = rows.size();
            } else if (gap && canvas.text(y).isEmpty()) {
                continue;
            }
            LineWriter.Line line = writer.of(canvas, y);
            rows.add(line.text());
            widths.add(line.width());
        }
        int last = Math.max(0, rows.size() - 1);
        return frame.hasCursor()
                ? new LiveRows(rows, widths, cursor, frame.cursorColumn())
                : new LiveRows(rows, widths, last, 0);
    }

    /// Below whatever others have written.
    @Override
    public void forget() {
        live = NONE;
        above = 0;
        stale = true;
    }

    @Override
    public void resized(UiState state) {
        if (!live.isEmpty()) {
            above = rewraps ? live.above(state.screen().size().columns()) : live.row();
            stale = true;
        }
    }

    /// Takes the rows away; leaving goes to the next line, where the user's shell goes on.
    @Override
    public String withdraw() {
        if (live.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        LiveRows.down(out, -above);
        out.append("\r\u001b[J\u001b[A");
        forget();
        return out.toString();
    }

    @Override
    public String end(UiState state, Theme theme) {
        StringBuilder out = new StringBuilder();
        LiveRows.down(out, -above);
        out.append("\r\u001b[J");
        write(out, over(state), state.screen().size(), theme);
        forget();
        return out.append("\u001b[A").toString();
    }

    @Override
    public void unsynchronized() {
        synchronizes = false;
    }
}
