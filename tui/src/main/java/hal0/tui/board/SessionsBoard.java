package hal0.tui.board;

import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Effect;
import hal0.tui.state.StoredSession;
import hal0.tui.text.Ink;
import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import hal0.tui.text.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Conversations that can be gone on with, the last one first.
public final class SessionsBoard {
    private static final int SAID = 400;
    private static final Column TITLE = Column.left("", 0);
    private static final Column FOLDER = Column.left("folder", 4);
    private static final List<Column> AMOUNTS =
            List.of(
                    Column.right("when", 1),
                    Column.right("messages", 3),
                    Column.right("cost", 2),
                    Column.left("model", 5));

    private SessionsBoard() {}

    /// Somebody's words in a session.
    public record Said(boolean user, String text) {}

    public static Content of(List<StoredSession> sessions, boolean everywhere, Instant now) {
        List<Line> lines = new ArrayList<>(found(sessions, everywhere, now));
        if (lines.isEmpty()) {
            lines.add(
                    Line.words(
                            everywhere
                                    ? "Nothing was said yet."
                                    : "Nothing was said in this folder yet; Tab shows all folders.",
                            Role.DIM));
        }
        List<Column> columns = new ArrayList<>(List.of(TITLE));
        if (everywhere) {
            columns.add(FOLDER);
        }
        columns.addAll(AMOUNTS);
        return new Content(columns, lines, null);
    }

    public static List<Line.Row> found(
            List<StoredSession> sessions, boolean everywhere, Instant now) {
        return sessions.stream().map(session -> row(session, everywhere, now)).toList();
    }

    private static Line.Row row(StoredSession session, boolean everywhere, Instant now) {
        List<Span> cells = new ArrayList<>();
        cells.add(Board.cell(session.title()));
        if (everywhere) {
            Path name = Path.of(session.folder()).getFileName();
            cells.add(Board.cell(name == null ? session.folder() : name.toString(), Role.DIM));
        }
        cells.add(Board.cell(age(Duration.between(session.changed(), now)), Role.DIM));
        cells.add(Board.cell(Integer.toString(session.messages()), Role.DIM));
        cells.add(Board.cell(session.cost(), Role.DIM));
        cells.add(Board.cell(session.model(), Role.DIM));
        return new Line.Row(
                session.id(),
                cells,
                List.of(
                        Act.leaving(Act.ENTER, "goes on", new Effect.Resume(session.id())),
                        Act.asking(
                                'x',
                                "delete",
                                "Delete this session? There is no way back.",
                                new Effect.Alter(new Change.DeleteSession(session.id())))),
                session.excerpt().isEmpty() ? session.folder() : session.excerpt());
    }

    /// Such as `now`, `5 min`, `3 h`, `12 d`.
    static String age(Duration age) {
        if (age.toMinutes() < 1) {
            return "now";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 1 ? age.toHours() + " h" : age.toDays() + " d";
    }

    /// The end of one, to be read beside it.
    public static List<Line> said(List<Said> words) {
        List<Line> lines = new ArrayList<>();
        for (Said each : words) {
            String text = Safe.oneLine(each.text().strip());
            String cut =
                    text.length() <= SAID
                            ? text
                            : "…"
                                    + text.substring(
                                            text.offsetByCodePoints(text.length(), -SAID / 2));
            Span mark = Span.of(each.user() ? "› " : "  ", Role.USER);
            lines.add(
                    new Line.Words(
                            List.of(
                                    mark,
                                    new Span(cut, each.user() ? Ink.of(Role.USER) : Ink.PLAIN))));
            lines.add(new Line.Words(List.of()));
        }
        return lines;
    }
}
