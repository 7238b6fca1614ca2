package hal0.relay.dispatch;

import hal0.providers.ModelInfo;
import hal0.providers.ModelKnowledge;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.providers.listing.Listing;
import hal0.providers.listing.ModelLists;
import hal0.relay.control.ControlPlane.Active;
import hal0.relay.control.ModelChoice;
import hal0.relay.guard.HostRule;
import hal0.relay.routing.Names;
import hal0.relay.routing.SlotAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which models there are and who has them: what is declared and what providers list themselves.
///
/// **Shape** only providers that the user chose are asked for their list without being named:
/// declared ones, the active one, and presets with a key. A server that happens to run on this
/// machine is used when it is named. A provider that leads back to this very relay is left out.
/// **Threads** any.
public final class Catalog implements Router.Lists {
    /// Programs list models at their start: who has not answered by then is listed the next time.
    private static final Duration LISTING_PATIENCE = Duration.ofSeconds(2);

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private record Made(Snapshot snapshot, int generation, long atNanos) {}

    private final ProviderRegistry registry;
    private final Supplier<Optional<Active>> active;
    private final ModelLists lists;
    private final ModelKnowledge knowledge;
    private final Supplier<Optional<URI>> ownAddress;
    private final Files files;
    private final AtomicInteger generation = new AtomicInteger();
    private volatile @Nullable Made last;

    /// What the files of the home say of routing, read anew at each use.
    public record Files(
            Supplier<DispatcherSettings> settings,
            Supplier<Names> names,
            Predicate<Provider> leadsBack) {

        /// They say nothing.
        public static final Files NONE =
                new Files(() -> DispatcherSettings.USUAL, () -> Names.NONE, _ -> false);
    }

    /// `ownAddress` is where this relay listens: it must not become its own upstream.
    public Catalog(
            ProviderRegistry registry,
            Supplier<Optional<Active>> active,
            ModelLists lists,
            ModelKnowledge knowledge,
            Supplier<Optional<URI>> ownAddress) {
        this(registry, active, lists, knowledge, ownAddress, Files.NONE);
    }

    public Catalog(
            ProviderRegistry registry,
            Supplier<Optional<Active>> active,
            ModelLists lists,
            ModelKnowledge knowledge,
            Supplier<Optional<URI>> ownAddress,
            Files files) {
        this.registry = registry;
        this.active = active;
        this.lists = lists;
        this.knowledge = knowledge;
        this.ownAddress = ownAddress;
        this.files = files;
    }

    /// **Shape** made anew after every change of the configuration or of a list, and once a second
    /// for lists that grow old: most requests share one.
    @Override
    public Snapshot snapshot() {
        Made made = last;
        // Read before building: what changes meanwhile makes the result old at once.
        int now = generation.get();
        if (made == null
                || made.generation() != now
                || System.nanoTime() - made.atNanos() > GOOD_FOR.toNanos()) {
            made = new Made(build(), now, System.nanoTime());
            last = made;
        }
        return made.snapshot();
    }

    /// Forgets what was known of the configuration.
    public void changed() {
        generation.incrementAndGet();
    }

    private Snapshot build() {
        Optional<Active> now = active.get();
        List<Provider> providers = providers();
        Set<String> chosen = chosen(providers, now);
        Map<String, Set<String>> listed = new HashMap<>();
        Set<String> unlisted = new HashSet<>();
        Set<String> ready = new HashSet<>();
        Set<String> keyed = new HashSet<>();
        boolean serving = ownAddress.get().isPresent();
        for (Provider provider : providers) {
            if (SlotAddress.isSlot(provider)) {
                // It has told its models, and is not asked: that could load it.
                unlisted.add(provider.id());
                ready.add(provider.id());
                continue;
            }
            // Who asks once and ends must not begin with calls that nobody waits for.
            if (serving && chosen.contains(provider.id())) {
                lists.renewIfDue(provider);
            }
            switch (lists.cached(provider).orElse(null)) {
                case Listing.Listed(var models, _) -> listed.put(provider.id(), ids(models));
                case Listing.Failed _ -> unlisted.add(provider.id());
                case null -> {
                    // Once was waited for it; from then on it is asked beside the requests.
                    if (!chosen.contains(provider.id()) || lists.wasAskedInVain(provider)) {
                        unlisted.add(provider.id());
                    }
                }
            }
            if (registry.hasWhatItNeeds(provider)) {
                ready.add(provider.id());
            }
            if (registry.hasKey(provider)) {
                keyed.add(provider.id());
            }
        }
        return new Snapshot(
                providers,
                now.map(Active::provider).orElse(null),
                now.map(Active::model).filter(model -> !model.isEmpty()).orElse(null),
                listed,
                unlisted,
                ready,
                keyed,
                files.names().get());
    }

    @Override
    public void fetch(List<String> ids) {
        DispatcherSettings settings = files.settings().get();
        lists.of(
                providers().stream().filter(p -> ids.contains(p.id())).toList(),
                settings.prefetchTimeout(),
                settings.prefetchCap());
        changed();
    }

    @Override
    public Provider completed(Provider provider) {
        return lists.completed(provider);
    }

    @Override
    public boolean renew() {
        Set<String> chosen = chosen(providers(), active.get());
        List<Provider> old =
                providers().stream()
                        .filter(provider -> chosen.contains(provider.id()))
                        .filter(lists::isDue)
                        .toList();
        lists.renewed(old, files.settings().get().prefetchTimeout());
        changed();
        return !old.isEmpty();
    }

    /// Models of one provider, asking it when its list is not known.
    public List<ModelChoice> models(Provider provider) {
        return known(provider, lists.of(provider));
    }

    /// Everything to be listed to clients, by the name that leads there, in order of precedence;
    /// unknown lists are asked for.
    ///
    /// **Shape** slots, then routes, then what providers have: the bare id where that leads to the
    /// very provider, else `provider/id`: the first part of an id may be another provider's, and
    /// two providers may have the same model.
    public SequencedMap<String, Advertised> advertised() {
        List<Provider> providers = providers();
        Set<String> chosen = chosen(providers, active.get());
        List<Provider> listing =
                providers.stream()
                        .filter(Provider::advertiseModels)
                        .filter(provider -> !SlotAddress.isSlot(provider))
                        .filter(provider -> chosen.contains(provider.id()))
                        .toList();
        Map<String, Listing> listings = lists.of(listing, LISTING_PATIENCE);
        Snapshot now = build();
        SequencedMap<String, Advertised> all =
                new NamedModels(now, knowledge, choice -> name(choice, now)).all();
        for (Provider provider : listing) {
            known(provider, listings.get(provider.id())).stream()
                    .filter(choice -> provider.filters().lists(choice.info().id()))
                    .forEach(choice -> all.putIfAbsent(name(choice, now), Advertised.of(choice)));
        }
        return all;
    }

    private static String name(ModelChoice choice, Snapshot snapshot) {
        String id = choice.info().id();
        boolean leadsThere =
                Dispatcher.resolve(id, snapshot, List.of())
                                instanceof Dispatcher.Resolution.Routed(Decision decision)
                        && decision.target().provider().id().equals(choice.provider())
                        && decision.target().model().equals(id);
        return leadsThere ? id : choice.provider() + "/" + id;
    }

    private List<ModelChoice> known(Provider provider, @Nullable Listing listing) {
        Map<String, ModelChoice> byId = new LinkedHashMap<>();
        for (ModelInfo model : provider.models()) {
            byId.put(model.id(), choice(provider, model.id(), false));
        }
        // Another relay's models are its providers' models, under another name.
        if (listing instanceof Listing.Listed(var models, var hal0) && !hal0) {
            models.forEach(
                    model -> byId.computeIfAbsent(model.id(), id -> choice(provider, id, true)));
        }
        if (byId.isEmpty() && provider.defaultModel() != null) {
            byId.put(provider.defaultModel(), choice(provider, provider.defaultModel(), false));
        }
        return List.copyOf(byId.values());
    }

    private ModelChoice choice(Provider provider, String model, boolean listed) {
        return new ModelChoice(
                provider.id(), knowledge.about(provider, model), provider.local(), listed);
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
        return registry.enabled().stream()
                .filter(provider -> own.isEmpty() || !isAt(provider.baseUrl(), own.get()))
                .filter(provider -> !files.leadsBack().test(provider))
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
                && HostRule.isLoopback(url.getHost());
    }
}
