package hal0.providers.imported;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A `[[route]]` to be.
///
/// **Shape** a null strategy is the usual one, `fallback`; `weights` is empty or one for each
/// target; null retries are the usual ones.
public record ImportedRoute(
        String model,
        List<String> targets,
        @Nullable String strategy,
        List<Long> weights,
        @Nullable Long retries,
        List<String> aliases) {

    public ImportedRoute {
        targets = List.copyOf(targets);
        weights = List.copyOf(weights);
        aliases = List.copyOf(aliases);
    }
}
