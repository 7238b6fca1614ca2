package hal0.cli.wiring;

import hal0.relay.control.Finding;
import java.util.List;

/// One finding, at once: the real checks ask providers and take seconds.
final class QuickCheckup implements Checkup {
    @Override
    public List<Finding> forUser(Configuration configuration, Hal0 hal0) {
        return ofHome(configuration, hal0);
    }

    @Override
    public List<Finding> ofHome(Configuration configuration, Hal0 hal0) {
        return List.of(new Finding("home", Finding.Status.PASS, "is there", ""));
    }
}
