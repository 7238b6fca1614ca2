package hal0.tui.state;

import hal0.agent.UndoReport;
import hal0.agent.checkpoint.Direction;
import hal0.agent.checkpoint.FileStep;
import hal0.providers.message.Part;
import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;

/// What taking a turn back, or bringing it back, means, before it is done. Pure.
public final class UndoSheet {
    private UndoSheet() {}

    /// Enter does it, unless somebody else changed one of the files.
    public static Sheet of(UndoReport report) {
        List<Sheet.Line> lines = new ArrayList<>();
        lines.add(Sheet.Line.head("› " + said(report.input())));
        if (report.files().isEmpty()) {
            lines.add(Sheet.Line.dim("no file was changed; the conversation goes back alone"));
        }
        for (FileStep step : report.files()) {
            lines.add(line(step));
        }
        if (!report.possible()) {
            lines.add(Sheet.Line.plain(""));
            lines.add(
                    new Sheet.Line(
                            "Nothing is done while a file was changed by somebody else: put it back as the agent left it, or keep it.",
                            Role.NOTICE));
        }
        return new Sheet(
                title(report.direction()),
                lines,
                0,
                report.possible() ? new Effect.Go(report.direction()) : null);
    }

    private static String title(Direction direction) {
        return switch (direction) {
            case UNDO -> "Undo: take this turn back";
            case REDO -> "Redo: bring this turn back";
        };
    }

    private static String said(List<Part> input) {
        for (Part part : input) {
            if (part instanceof Part.Text(var text)) {
                return Safe.oneLine(text.lines().findFirst().orElse(""));
            }
        }
        return "a turn";
    }

    private static Sheet.Line line(FileStep step) {
        String counts =
                step.added() + step.removed() == 0
                        ? ""
                        : "  +%d −%d".formatted(step.added(), step.removed());
        return switch (step.kind()) {
            case RESTORE -> Sheet.Line.plain("~ " + step.path() + counts);
            case RECREATE -> new Sheet.Line("+ " + step.path() + counts, Role.ADDED);
            case DELETE -> new Sheet.Line("- " + step.path() + counts, Role.REMOVED);
            case MODE -> Sheet.Line.plain("~ " + step.path() + "  its permissions");
            case SAME -> Sheet.Line.dim("= " + step.path() + "  is so already");
            case LEFT -> Sheet.Line.dim("  " + step.path() + "  stays: " + step.why());
            case CONFLICT -> new Sheet.Line("! " + step.path() + "  " + step.why(), Role.ERROR);
        };
    }

    /// What was done, in one line.
    public static String done(UndoReport report) {
        long changed =
                report.files().stream()
                        .filter(step ->
                                switch (step.kind()) {
                                    case RESTORE, DELETE, RECREATE, MODE -> true;
                                    case SAME, LEFT, CONFLICT -> false;
                                })
                        .count();
        String files = changed == 1 ? "1 file" : changed + " files";
        return switch (report.direction()) {
            case UNDO -> "undone, %s put back; /redo brings it back".formatted(files);
            case REDO -> "brought back, with " + files;
        };
    }
}
