package hal0.providers.probe;

import hal0.providers.error.ProviderException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of one call that asks no model.
sealed interface Reply {
    Duration took();

    /// A success; `models` is null where the answer was not a list of them. `hal0` when a relay of
    /// ours gave it.
    record Took(Duration took, @Nullable Integer models, boolean hal0) implements Reply {}

    record Failed(Duration took, ProviderException why) implements Reply {
        int status() {
            return why.failure().status();
        }

        boolean refusesKey() {
            return why instanceof ProviderException.Unauthenticated
                    || why instanceof ProviderException.Forbidden;
        }

        /// There is no such page, with whatever key.
        boolean isAbsent() {
            return status() == 404 || status() == 405 || status() == 501;
        }
    }
}
