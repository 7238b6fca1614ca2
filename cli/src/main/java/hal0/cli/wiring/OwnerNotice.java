package hal0.cli.wiring;

import hal0.home.RelayFile;
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
        try {
            Optional<RelayFile> owner = Owner.find(configuration.home());
            if (owner.isPresent()) {
                reload(configuration, owner.get());
                tell.accept("The running hal0 has taken it over.");
            }
        } catch (ControlException e) {
            tell.accept(
                    "warning: the running hal0 could not be told (%s); it looks at its files by itself"
                            .formatted(e.getMessage()));
        }
    }

    private static void reload(Configuration configuration, RelayFile owner) {
        try (Hal0 hal0 = Hal0.open(configuration);
                ControlPlane control =
                        hal0.planes()
                                .at(new RelayAddress(owner.address(), owner.adminToken(), true))) {
            var _ = control.reload();
        }
    }
}
