package hal0.relay.control;

import hal0.home.config.ConfigException;
import hal0.home.store.StoreException;
import hal0.providers.error.ProviderException;
import hal0.relay.error.RelayException;
import hal0.slots.error.ModelException;
import hal0.slots.error.SlotException;
import java.util.Optional;

/// Which failures have a message that was written for people.
public final class ShownFailures {
    private ShownFailures() {}

    /// Empty for a fault in hal0.
    public static Optional<String> words(Exception failure) {
        return switch (failure) {
            case ControlException _,
                    RelayException _,
                    ProviderException _,
                    SlotException _,
                    ModelException _,
                    ConfigException _,
                    StoreException _ ->
                    Optional.ofNullable(failure.getMessage());
            default -> Optional.empty();
        };
    }
}
