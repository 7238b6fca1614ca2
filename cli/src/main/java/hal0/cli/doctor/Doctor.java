package hal0.cli.doctor;

import hal0.cli.wiring.Checkup;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.relay.control.Finding;
import java.util.List;

/// The checks of `hal0 doctor` for the screen, where `/doctor` shows them, and for the relay, which
/// tells them at `/api/doctor`.
public final class Doctor implements Checkup {

    @Override
    public List<Finding> forUser(Configuration configuration, Hal0 hal0) {
        return findings(Checks.run(configuration, hal0, System.getenv()));
    }

    @Override
    public List<Finding> ofHome(Configuration configuration, Hal0 hal0) {
        return findings(Checks.ofHome(configuration, hal0, System.getenv()));
    }

    private static List<Finding> findings(List<Row> rows) {
        return rows.stream()
                .map(row -> new Finding(row.id(), row.status(), row.message(), row.fix()))
                .toList();
    }
}
