package hal0.cli.doctor;

import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.tui.board.DoctorBoard.Finding;
import hal0.tui.board.DoctorBoard.Status;
import java.util.List;

/// The checks of `hal0 doctor` for the screen, where `/doctor` shows them.
public final class ScreenCheckup {
    private ScreenCheckup() {}

    /// Looks at everything; takes six seconds at most.
    ///
    /// **Threads** any but that of the screen.
    public static List<Finding> of(Configuration configuration, Hal0 hal0) {
        return Checks.run(configuration, hal0, System.getenv()).stream()
                .map(row -> new Finding(row.id(), status(row.status()), row.message(), row.fix()))
                .toList();
    }

    private static Status status(Row.Status status) {
        return switch (status) {
            case PASS -> Status.PASS;
            case WARN -> Status.WARN;
            case FAIL -> Status.FAIL;
            case SKIP -> Status.SKIP;
        };
    }
}
