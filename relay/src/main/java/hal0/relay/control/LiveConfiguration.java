package hal0.relay.control;

import hal0.relay.control.ControlPlane.Active;
import java.util.Optional;

/// The configuration as it is now, which can be changed.
///
/// **Threads** any.
public interface LiveConfiguration {

    Optional<Active> active();

    /// Writes provider and model into the user's file, comments kept, and uses them from now on.
    void use(Active active);

    Reload reload();
}
