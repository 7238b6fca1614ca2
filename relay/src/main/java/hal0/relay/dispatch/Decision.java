package hal0.relay.dispatch;

import java.util.List;

/// Where a request goes and why.
///
/// **Shape** `targets` in the order in which they are tried, at least one; several only where a
/// route was named. `path` is `route:N`, `container:N`, `registry`, `passthrough:N`,
/// `passthrough-prefetched:N`, `prefix:N`, `rule:N` or `active:N` with the id of provider, slot,
/// rule or route for N; `tried` names the providers whose lists were fetched for it.
public record Decision(
        String requested,
        List<Target> targets,
        String path,
        RescueRules rules,
        List<String> tried) {
    public Decision {
        targets = List.copyOf(targets);
        tried = List.copyOf(tried);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a decision without a target");
        }
    }

    /// One target, as everything but a route leads to.
    public static Decision of(String requested, Target target, String path, List<String> tried) {
        return new Decision(requested, List.of(target), path, RescueRules.NONE, tried);
    }

    /// Whether the name is that of a route.
    boolean isRoute() {
        return path.startsWith("route:");
    }

    /// The target that is tried first.
    public Target target() {
        return targets.getFirst();
    }
}
