package hal0.relay.routing;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A `[[route]]`: a name that clients may use as a model, and where it leads.
///
/// **Shape** `targets` are `PROVIDER/MODEL`, slots, other routes or models that some provider
/// lists, at least one; `weights` is empty or one for each target; null clocks and retries are the
/// target's own. `path` is that of its table, such as `route[0]`, and `line` where that begins.
public record NamedRoute(
        String model,
        List<String> targets,
        Strategy strategy,
        List<Double> weights,
        Patience patience,
        List<String> aliases,
        String path,
        int line) {

    /// How long and how often a target is tried before the next one.
    public record Patience(
            @Nullable Integer retries,
            @Nullable Duration firstToken,
            @Nullable Duration idle,
            boolean midstream) {}

    public NamedRoute {
        targets = List.copyOf(targets);
        weights = List.copyOf(weights);
        aliases = List.copyOf(aliases);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a route without a target");
        }
    }

    /// Whether it is asked for by that name.
    public boolean isCalled(String name) {
        return model.equals(name) || aliases.contains(name);
    }
}
