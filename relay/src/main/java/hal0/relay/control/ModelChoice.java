package hal0.relay.control;

import hal0.providers.ModelInfo;

/// A model that can be chosen. `listed` when the provider itself named it, not only a file.
public record ModelChoice(String provider, ModelInfo info, boolean local, boolean listed) {}
