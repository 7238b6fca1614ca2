package hal0.slots.definition;

import hal0.slots.definition.SlotSpec.RuntimeName;
import java.time.Duration;

/// A slot's own file together with what `[slots]` of config.toml says of all.
///
/// **Shape** `runtime` may be AUTO. **Units** a `unloadAfter` of zero: it stays loaded.
public record Definition(
        SlotSpec spec,
        RuntimeName runtime,
        Duration idleTimeout,
        Duration unloadAfter,
        Duration loadTimeout,
        Duration drainTimeout,
        int queueLimit) {

    public String name() {
        return spec.name();
    }
}
