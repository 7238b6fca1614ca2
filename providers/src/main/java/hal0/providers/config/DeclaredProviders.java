package hal0.providers.config;

import hal0.providers.Provider;
import hal0.providers.ProviderSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The providers that the configuration declares, replaced whole when it is read again.
public final class DeclaredProviders implements ProviderSource {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile List<Provider> providers;

    public DeclaredProviders(List<Provider> providers) {
        this.providers = List.copyOf(providers);
    }

    /// Takes over what was read; listeners run before this returns.
    public void replace(List<Provider> declared) {
        providers = List.copyOf(declared);
        listeners.forEach(Runnable::run);
    }

    @Override
    public List<Provider> providers() {
        return providers;
    }

    @Override
    public Registration onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
