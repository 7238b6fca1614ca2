package hal0.relay.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every name that leads somewhere because a file of this home says so.
///
/// **Shape** `registry` binds model ids to the provider or slot that serves them; `capabilities`
/// holds the slots that were chosen for a capability, by its word; `chatForUnknown` when a name
/// that nobody knows goes to the chat slot; `loadable` are the models that a client may have put
/// into a slot by naming both. **Threads** any; immutable.
public record Names(
        List<NamedRoute> routes,
        List<LocalSlot> slots,
        Map<String, String> registry,
        Map<String, String> capabilities,
        boolean chatForUnknown,
        Set<String> loadable) {
    public static final Names NONE = new Names(List.of(), List.of(), Map.of(), Map.of(), true);

    /// Of a home whose registry has no models but those that it binds.
    public Names(
            List<NamedRoute> routes,
            List<LocalSlot> slots,
            Map<String, String> registry,
            Map<String, String> capabilities,
            boolean chatForUnknown) {
        this(routes, slots, registry, capabilities, chatForUnknown, registry.keySet());
    }

    public Names {
        routes = List.copyOf(routes);
        slots = List.copyOf(slots);
        registry = Map.copyOf(registry);
        capabilities = Map.copyOf(capabilities);
        loadable = Set.copyOf(loadable);
    }

    public Optional<NamedRoute> findRoute(String name) {
        return routes.stream().filter(route -> route.isCalled(name)).findFirst();
    }

    /// The slot of that name or alias, or the one that was chosen for that capability.
    public Optional<LocalSlot> findSlot(String name) {
        return slots.stream()
                .filter(slot -> slot.isCalled(name))
                .findFirst()
                .or(() -> capabilities.containsKey(name) ? findSlotFor(name) : Optional.empty());
    }

    /// The slot that serves a capability: the one that was chosen for it, else the one of that
    /// name.
    public Optional<LocalSlot> findSlotFor(String capability) {
        String chosen = capabilities.getOrDefault(capability, capability);
        return slots.stream().filter(slot -> slot.name().equals(chosen)).findFirst();
    }

    /// The loaded slot that answers under that id.
    public Optional<LocalSlot> findServing(String model) {
        return slots.stream()
                .filter(slot -> slot.loaded() && slot.models().contains(model))
                .findFirst();
    }

    /// The slot on an NPU, if there is one.
    public Optional<LocalSlot> findNpu() {
        return slots.stream().filter(LocalSlot::npu).findFirst();
    }
}
