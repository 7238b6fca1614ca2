package hal0.cli.wiring;

import hal0.relay.control.Finding;
import java.util.List;

/// Looks for what is often wrong; takes a few seconds.
///
/// **Threads** any but that of the screen.
public interface Checkup {

    /// What the person at this machine is told: of the relay that `HAL0_API_URL` names, else of
    /// this home.
    List<Finding> forUser(Configuration configuration, Hal0 hal0);

    /// What the relay of this home tells of it.
    List<Finding> ofHome(Configuration configuration, Hal0 hal0);
}
