package hal0.relay.dispatch;

import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.relay.control.ControlPlane.Active;
import hal0.relay.control.ModelChoice;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Which models there are and who has them: what is declared and what providers list themselves.
///
/// **Shape** only providers that the user chose are asked for their list without being named:
/// declared ones, the active one, and presets with a key. A server that happens to run on this
/// machine is used when it is named. **Threads** any.
public final class Catalog implements Router.Lists {
    private static final int IN_PARALLEL = 4;
    private static final Duration AT_MOST = Duration.ofSeconds(8);

    /// The lists that providers give of their models, cached.
    public interface Lists {
        /// What is known without asking; empty when nothing is.
        Optional<List<ModelInfo>> cached(Provider provider);

        /// Whether the provider was asked lately and gave no list.
        boolean failed(Provider provider);

        /// Asks, unless known; returns when the answer is in or failed.
        void fetch(Provider provider);
    }

    private final ProviderRegistry registry;
    private final Supplier<Optional<Active>> active;
    private final Lists lists;
    private final Supplier<Optional<URI>> ownAddress;

    /// `ownAddress` is where this relay listens: it must not become its own upstream.
    public Catalog(
            ProviderRegistry registry,
            Supplier<Optional<Active>> active,
            Lists lists,
            Supplier<Optional<URI>> ownAddress) {
        this.registry = registry;
        this.active = active;
        this.lists = lists;
        this.ownAddress = ownAddress;
    }

    @Override
    public Snapshot snapshot() {
        Optional<Active> now = active.get();
        List<Provider> providers = providers();
        Set<String> chosen = chosen(providers, now);
        Map<String, Set<String>> listed = new HashMap<>();
        Set<String> unlisted = new HashSet<>();
        Set<String> withCredential = new HashSet<>();
        for (Provider provider : providers) {
            Optional<List<ModelInfo>> models = lists.cached(provider);
            if (models.isPresent()) {
                listed.put(provider.id(), ids(models.get()));
            } else if (lists.failed(provider) || !chosen.contains(provider.id())) {
                unlisted.add(provider.id());
            }
            if (registry.hasKey(provider)) {
                withCredential.add(provider.id());
            }
        }
        return new Snapshot(
                providers,
                now.map(Active::provider).orElse(null),
                now.map(Active::model).filter(model -> !model.isEmpty()).orElse(null),
                listed,
                unlisted,
                withCredential);
    }

    @Override
    public void fetch(List<String> ids) {
        List<Provider> asked = providers().stream().filter(p -> ids.contains(p.id())).toList();
        Semaphore atOnce = new Semaphore(IN_PARALLEL);
        CountDownLatch done = new CountDownLatch(asked.size());
        for (Provider provider : asked) {
            Thread.ofVirtual()
                    .name("relay-list-" + provider.id())
                    .start(() -> fetch(provider, atOnce, done));
        }
        try {
            if (!done.await(AT_MOST.toMillis(), TimeUnit.MILLISECONDS)) {
                System.getLogger(Catalog.class.getName())
                        .log(
                                System.Logger.Level.INFO,
                                "lists of {0} took longer than {1} s",
                                ids,
                                AT_MOST.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fetch(Provider provider, Semaphore atOnce, CountDownLatch done) {
        atOnce.acquireUninterruptibly();
        try {
            lists.fetch(provider);
        } finally {
            atOnce.release();
            done.countDown();
        }
    }

    /// Models of one provider, asking it when its list is not known.
    public List<ModelChoice> models(Provider provider) {
        if (lists.cached(provider).isEmpty() && !lists.failed(provider)) {
            lists.fetch(provider);
        }
        return known(provider);
    }

    /// Everything to be listed to clients, in order of precedence; unknown lists are asked for.
    public List<ModelChoice> advertised() {
        Snapshot now = snapshot();
        fetch(now.providers().stream().filter(now::isCold).map(Provider::id).toList());
        Set<String> chosen = chosen(now.providers(), active.get());
        List<ModelChoice> all = new ArrayList<>();
        for (Provider provider : now.providers()) {
            if (provider.advertiseModels() && chosen.contains(provider.id())) {
                known(provider).stream()
                        .filter(choice -> provider.filters().lists(choice.info().id()))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private List<ModelChoice> known(Provider provider) {
        Map<String, ModelChoice> byId = new LinkedHashMap<>();
        for (ModelInfo model : provider.models()) {
            byId.put(model.id(), choice(provider, model, false));
        }
        for (ModelInfo model : lists.cached(provider).orElse(List.of())) {
            byId.putIfAbsent(model.id(), choice(provider, model, true));
        }
        if (byId.isEmpty() && provider.defaultModel() != null) {
            ModelInfo usual = ModelInfo.of(provider.defaultModel());
            byId.put(usual.id(), choice(provider, usual, false));
        }
        return List.copyOf(byId.values());
    }

    private static ModelChoice choice(Provider provider, ModelInfo model, boolean listed) {
        return new ModelChoice(provider.id(), model, provider.local(), listed);
    }

    private static Set<String> ids(List<ModelInfo> models) {
        Set<String> ids = new HashSet<>();
        for (ModelInfo model : models) {
            ids.add(model.id());
        }
        return ids;
    }

    private List<Provider> providers() {
        Optional<URI> own = ownAddress.get();
        return registry.usable().stream()
                .filter(provider -> own.isEmpty() || !isAt(provider.baseUrl(), own.get()))
                .toList();
    }

    private Set<String> chosen(List<Provider> providers, Optional<Active> now) {
        Set<String> chosen = new HashSet<>();
        registry.declared().forEach(provider -> chosen.add(provider.id()));
        now.ifPresent(active -> chosen.add(active.provider()));
        providers.stream()
                .filter(provider -> registry.hasKey(provider))
                .forEach(provider -> chosen.add(provider.id()));
        return chosen;
    }

    private static boolean isAt(URI url, URI own) {
        return url.getHost() != null
                && url.getPort() == own.getPort()
                && hal0.relay.guard.HostRule.isLoopback(url.getHost());
    }
}
