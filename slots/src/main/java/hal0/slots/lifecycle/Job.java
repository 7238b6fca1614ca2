package hal0.slots.lifecycle;

import hal0.slots.definition.Launch;
import org.jspecify.annotations.Nullable;

/// One loading, from its beginning to the end of what it brought up.
///
/// **Shape** `crashes` is how often what ran before had died, one after the other; 0 for a loading
/// that somebody asked for.
public record Job(Launch launch, int crashes) {

    public @Nullable String model() {
        Launch.Served served = launch.model();
        return served == null ? null : served.id();
    }

    /// In tokens; 0 without a model.
    public long contextSize() {
        Launch.Served served = launch.model();
        return served == null ? 0 : served.contextSize();
    }
}
