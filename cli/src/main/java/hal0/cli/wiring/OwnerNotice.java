package hal0.cli.wiring;

import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import java.util.Optional;
import java.util.function.Consumer;

/// Lets a running hal0 of this home take over a change that was just written, so that it is in
/// force there when the command ends. Without this it would notice by itself within a second.
public final class OwnerNotice {
    private OwnerNotice() {}

    /// `tell` is for people.
    public static void send(Configuration configuration, Consumer<String> tell) {
        try (Hal0 hal0 = Hal0.open(configuration)) {
            Optional<ControlPlane> owner = hal0.owner();
            if (owner.isPresent()) {
                var _ = owner.get().reload();
                tell.accept("The running hal0 has taken it over.");
            }
        } catch (ControlException e) {
            tell.accept(
                    "warning: the running hal0 could not be told (%s); it looks at its files by itself"
                            .formatted(e.getMessage()));
        }
    }
}
