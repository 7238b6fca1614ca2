package hal0.tui.board;

import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Effect;
import hal0.tui.state.Place;
import hal0.tui.text.Role;
import java.util.ArrayList;
import java.util.List;

/// What was looked at, the worst first, and what to do about it.
public final class DoctorBoard {
    private static final List<Column> COLUMNS =
            List.of(Column.left("", 0), Column.left("", 0), Column.left("", 0));

    private DoctorBoard() {}

    /// What one check found; `fix` is empty where there is nothing to do.
    public record Finding(String id, Status status, String message, String fix) {}

    /// From the worst on.
    public enum Status {
        FAIL,
        WARN,
        PASS,
        SKIP
    }

    public static Content of(List<Finding> findings) {
        List<Line> lines = new ArrayList<>();
        for (Status status : Status.values()) {
            List<Finding> found =
                    findings.stream().filter(each -> each.status() == status).toList();
            if (!found.isEmpty()) {
                lines.add(Text.head(found.size() + " " + words(status)));
            }
            found.forEach(each -> add(lines, each));
        }
        return new Content(COLUMNS, lines, null);
    }

    private static void add(List<Line> lines, Finding finding) {
        boolean bad = finding.status() == Status.FAIL || finding.status() == Status.WARN;
        lines.add(
                new Line.Row(
                        finding.id() + "\n" + finding.message(),
                        List.of(
                                Board.cell(sign(finding.status()), role(finding.status())),
                                Board.cell(finding.id()),
                                Board.cell(bad ? "" : finding.message(), Role.DIM)),
                        List.of(
                                Act.of(
                                        'r',
                                        "looks again",
                                        new Effect.Fill(Place.of(Place.Kind.DOCTOR))))));
        if (bad) {
            lines.add(Line.words("    " + finding.message(), Role.PLAIN));
        }
        if (bad && !finding.fix().isEmpty()) {
            lines.add(Line.words("    → " + finding.fix(), Role.NOTICE));
        }
    }

    private static String words(Status status) {
        return switch (status) {
            case FAIL -> "failed";
            case WARN -> "to look at";
            case PASS -> "fine";
            case SKIP -> "not looked at";
        };
    }

    private static String sign(Status status) {
        return switch (status) {
            case FAIL -> "✗";
            case WARN -> "!";
            case PASS -> "✓";
            case SKIP -> "·";
        };
    }

    private static Role role(Status status) {
        return switch (status) {
            case FAIL -> Role.ERROR;
            case WARN -> Role.NOTICE;
            case PASS -> Role.ADDED;
            case SKIP -> Role.DIM;
        };
    }
}
