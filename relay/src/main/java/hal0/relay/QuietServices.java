package hal0.relay;

import io.helidon.common.LazyValue;
import io.helidon.common.features.HelidonFeatures;
import io.helidon.common.features.api.HelidonFlavor;
import io.helidon.common.types.TypeName;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.Lookup;
import io.helidon.service.registry.RegistryMetrics;
import io.helidon.service.registry.ServiceInfo;
import io.helidon.service.registry.ServiceInstance;
import io.helidon.service.registry.ServiceRegistry;
import io.helidon.service.registry.ServiceRegistryManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The registry of services that the server library looks into: has no extensions to offer.
///
/// What the server needs is handed to it by [Relay]. The library's own registry finds out what all
/// jars offer, which took as long as everything else that the server does until it listens, and of
/// which nothing is used. It is made only for what the library cannot do without.
///
/// **Threads** any.
// The library declares what it looks up in that way.
@SuppressWarnings("TypeParameterUnusedInFormals")
final class QuietServices implements ServiceRegistry {
    private final LazyValue<ServiceRegistry> whole =
            LazyValue.create(() -> ServiceRegistryManager.create().registry());

    private QuietServices() {}

    /// Has the library look here, unless it looked elsewhere before.
    static void install() {
        GlobalServiceRegistry.registry(QuietServices::new);
        // It would list all features of what it takes for the other flavour, from every jar, to log
        // their names.
        HelidonFeatures.flavor(HelidonFlavor.MP);
    }

    @Override
    public <T> T get(TypeName contract) {
        return whole.get().get(contract);
    }

    @Override
    public <T> T get(Lookup lookup) {
        return whole.get().get(lookup);
    }

    @Override
    public <T> Optional<T> get(ServiceInfo service) {
        return whole.get().get(service);
    }

    @Override
    public <T> Optional<T> first(TypeName contract) {
        return Optional.empty();
    }

    @Override
    public <T> Optional<T> first(Lookup lookup) {
        return Optional.empty();
    }

    @Override
    public <T> List<T> all(TypeName contract) {
        return List.of();
    }

    @Override
    public <T> List<T> all(Lookup lookup) {
        return List.of();
    }

    @Override
    public <T> Supplier<T> supply(TypeName contract) {
        return whole.get().supply(contract);
    }

    @Override
    public <T> Supplier<T> supply(Lookup lookup) {
        return whole.get().supply(lookup);
    }

    @Override
    public <T> Supplier<Optional<T>> supplyFirst(TypeName contract) {
        return Optional::empty;
    }

    @Override
    public <T> Supplier<Optional<T>> supplyFirst(Lookup lookup) {
        return Optional::empty;
    }

    @Override
    public <T> Supplier<List<T>> supplyAll(TypeName contract) {
        return List::of;
    }

    @Override
    public <T> Supplier<List<T>> supplyAll(Lookup lookup) {
        return List::of;
    }

    @Override
    public List<ServiceInfo> allServices(TypeName contract) {
        return List.of();
    }

    @Override
    public List<ServiceInfo> lookupServices(Lookup lookup) {
        return List.of();
    }

    @Override
    public <T> List<ServiceInstance<T>> lookupInstances(Lookup lookup) {
        return List.of();
    }

    @Override
    public RegistryMetrics metrics() {
        return whole.get().metrics();
    }
}
