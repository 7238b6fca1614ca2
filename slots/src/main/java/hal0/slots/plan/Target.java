package hal0.slots.plan;

import hal0.providers.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What requests reach once a slot is up.
///
/// **Shape** `model` is the id that is loaded, null for a slot that is up without one; `endpoint`
/// has no path; `key` is what it must be shown where it is reached over a network.
public record Target(@Nullable String model, URI endpoint, @Nullable Secret key) {

    /// Whether a request for that model, null for any, can be answered there.
    boolean serves(@Nullable String wished) {
        return wished == null || wished.equals(model);
    }
}
