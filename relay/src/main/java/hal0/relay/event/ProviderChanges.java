package hal0.relay.event;

import hal0.providers.Provider;
import hal0.relay.event.Event.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which providers a new reading of the configuration brought, took away or changed.
///
/// **Shape** whoever made the change, by hand or through hal0: the files decide. **Threads** any.
public final class ProviderChanges {
    private ProviderChanges() {}

    /// One of them; `what` is `added`, `removed` or `changed`.
    public record Change(String provider, String what) {}

    /// Pure.
    public static List<Change> between(List<Provider> before, List<Provider> after) {
        Map<String, Provider> old = byId(before);
        Map<String, Provider> now = byId(after);
        List<Change> changes = new ArrayList<>();
        now.forEach((id, provider) -> {
            Provider was = old.get(id);
            if (was == null) {
                changes.add(new Change(id, "added"));
            } else if (!was.equals(provider)) {
                changes.add(new Change(id, "changed"));
            }
        });
        old.keySet().stream()
                .filter(id -> !now.containsKey(id))
                .forEach(id -> changes.add(new Change(id, "removed")));
        return changes;
    }

    /// Tells of each.
    public static void emit(List<Change> changes, Events events) {
        for (Change change : changes) {
            events.emit(
                    "provider." + change.what(),
                    Severity.INFO,
                    change.provider(),
                    "the provider %s was %s".formatted(change.provider(), change.what()),
                    Map.of());
        }
    }

    private static Map<String, Provider> byId(List<Provider> providers) {
        Map<String, Provider> byId = new LinkedHashMap<>();
        providers.forEach(provider -> byId.putIfAbsent(provider.id(), provider));
        return byId;
    }
}
