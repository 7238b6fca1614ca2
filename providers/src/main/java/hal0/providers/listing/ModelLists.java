package hal0.providers.listing;

import hal0.home.error.ErrorKind;
import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.client.Dialects;
import hal0.providers.client.KeyRing;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks providers for their models, and remembers what they said.
///
/// **Shape** one question at a time for each provider, whoever waits for it. A list is new for five
/// minutes; an old one is given all the same, and asked for again meanwhile, so that a provider
/// that was known is never waited for twice. A failure is remembered for ten seconds and takes
/// nothing away. Nothing outlives a change of the declaration. With a folder, lists are kept
/// between runs. **Threads** any; blocks.
public final class ModelLists {
    private static final Duration NEW_FOR = Duration.ofMinutes(5);
    private static final Duration FAILURE_GOOD_FOR = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int LARGEST = 32 * 1024 * 1024;
    private static final int AT_ONCE = 4;

    /// **Shape** `good` is the last list, null before the first; `failure` is what came of asking
    /// since.
    private record Known(
            Provider provider,
            Listing.@Nullable Listed good,
            Instant newUntil,
            Listing.@Nullable Failed failure,
            Instant failedUntil) {

        boolean isOld(Instant now) {
            return good != null && !now.isBefore(newUntil);
        }

        boolean hasJustFailed(Instant now) {
            return failure != null && now.isBefore(failedUntil);
        }
    }

    private record Flight(Provider provider, FutureTask<Listing> task) {
        boolean serves(Provider asked) {
            return !task.isDone() && provider.equals(asked);
        }
    }

    private final Transport transport;
    private final RequestBuilder requests;
    private final ProviderClient client;
    private final InstantSource clock;
    private final @Nullable ListStore store;
    private final Duration patience;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, Flight> flights = new ConcurrentHashMap<>();
    private final Set<String> looked = ConcurrentHashMap.newKeySet();

    /// Lists that are forgotten when this process ends.
    public ModelLists(
            Transport transport,
            RequestBuilder requests,
            ProviderClient client,
            InstantSource clock) {
        this(transport, requests, client, clock, null, PATIENCE);
    }

    /// Lists that are kept in `folder`, which need not be there.
    public static ModelLists keptIn(
            Path folder,
            Transport transport,
            RequestBuilder requests,
            ProviderClient client,
            InstantSource clock) {
        return new ModelLists(transport, requests, client, clock, new ListStore(folder), PATIENCE);
    }

    /// `patience` is how long an answer is waited for.
    ModelLists(
            Transport transport,
            RequestBuilder requests,
            ProviderClient client,
            InstantSource clock,
            @Nullable ListStore store,
            Duration patience) {
        this.transport = transport;
        this.requests = requests;
        this.client = client;
        this.clock = clock;
        this.store = store;
        this.patience = patience;
    }

    /// A provider with what its script says.
    public Provider completed(Provider declared) {
        return client.scripts().completed(declared);
    }

    /// What is remembered of a provider, its last list before its last failure; never asks.
    public Optional<Listing> cached(Provider provider) {
        Known entry = entry(provider);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.good != null) {
            return Optional.of(entry.good);
        }
        return entry.hasJustFailed(clock.instant())
                ? Optional.ofNullable(entry.failure)
                : Optional.empty();
    }

    /// The last list of a provider, however old; never asks.
    public Optional<Listing.Listed> lastGood(Provider provider) {
        Known entry = entry(provider);
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.good);
    }

    /// Whether there is a list of a provider that could have changed by now, and asking for it has
    /// not just failed.
    public boolean isOld(Provider provider) {
        Known entry = entry(provider);
        Instant now = clock.instant();
        return entry != null && entry.isOld(now) && !entry.hasJustFailed(now);
    }

    /// Whether a provider was asked and has never told its models.
    public boolean wasAskedInVain(Provider provider) {
        Known entry = entry(provider);
        return entry != null && entry.good == null && entry.failure != null;
    }

    private @Nullable Known entry(Provider provider) {
        if (store != null && !known.containsKey(provider.id()) && looked.add(provider.id())) {
            Known kept = kept(store, provider);
            if (kept != null) {
                known.putIfAbsent(provider.id(), kept);
            }
        }
        Known entry = known.get(provider.id());
        return entry != null && entry.provider.equals(provider) ? entry : null;
    }

    private @Nullable Known kept(ListStore from, Provider provider) {
        return from.read(provider, clock.instant())
                .map(stored ->
                        new Known(
                                provider,
                                stored.listed(),
                                stored.at().plus(NEW_FOR),
                                null,
                                Instant.EPOCH))
                .orElse(null);
    }

    /// The models of a provider: remembered, or asked for, at most eight seconds.
    public Listing of(Provider provider) {
        return of(provider, patience);
    }

    /// The models of a provider as it tells them now, at most eight seconds; what was known before
    /// stays known when it fails.
    public Listing renewed(Provider provider) {
        return await(
                provider.id(), launched(provider, () -> fetchAndRemember(provider)).task, patience);
    }

    /// Whether asking again may tell more than is known: the list is old, or was asked for in vain
    /// some time ago.
    public boolean isDue(Provider provider) {
        return isOld(provider) || (wasAskedInVain(provider) && cached(provider).isEmpty());
    }

    /// Asks again, in the background, for a list that is due.
    public void renewIfDue(Provider provider) {
        if (isDue(provider)) {
            launched(provider, () -> unlessKnown(provider));
        }
    }

    /// Another question may have been answered between looking and asking.
    private Listing unlessKnown(Provider provider) {
        Optional<Listing> remembered = isOld(provider) ? Optional.empty() : cached(provider);
        return remembered.isPresent() ? remembered.get() : fetchAndRemember(provider);
    }

    /// The models of several providers, four asked at a time; who has not answered within `limit`
    /// is a failure for now, though its answer is remembered when it comes.
    public Map<String, Listing> of(List<Provider> providers, Duration limit) {
        return of(providers, limit, AT_ONCE);
    }

    /// The same, `atOnce` asked at a time.
    public Map<String, Listing> of(List<Provider> providers, Duration limit, int atOnce) {
        return each(providers, limit, atOnce, this::of);
    }

    /// The same for providers that are asked whatever is remembered of them.
    public Map<String, Listing> renewed(List<Provider> providers, Duration limit) {
        return each(providers, limit, AT_ONCE, this::renewed);
    }

    private Map<String, Listing> each(
            List<Provider> providers,
            Duration limit,
            int atOnce,
            Function<Provider, Listing> question) {
        Semaphore permits = new Semaphore(atOnce);
        Map<String, FutureTask<Listing>> asked = new LinkedHashMap<>();
        for (Provider provider : providers) {
            FutureTask<Listing> task =
                    new FutureTask<>(() -> {
                        permits.acquire();
                        try {
                            return question.apply(provider);
                        } finally {
                            permits.release();
                        }
                    });
            asked.put(provider.id(), task);
            Thread.ofVirtual().name("model-lists").start(task);
        }
        Instant end = clock.instant().plus(limit);
        Map<String, Listing> listings = new LinkedHashMap<>();
        asked.forEach((id, task) ->
                listings.put(id, await(id, task, Duration.between(clock.instant(), end))));
        return listings;
    }

    private Listing of(Provider provider, Duration limit) {
        Optional<Listing> remembered = cached(provider);
        if (remembered.isPresent()) {
            renewIfDue(provider);
            return remembered.get();
        }
        return await(provider.id(), launched(provider, () -> unlessKnown(provider)).task, limit);
    }

    /// The question that is under way, or a new one.
    private Flight launched(Provider provider, Callable<Listing> question) {
        Flight mine = new Flight(provider, new FutureTask<>(question));
        // One that has landed may still be in the map for a moment; its answer may be forgotten.
        Flight flight =
                flights.compute(
                        provider.id(),
                        (_, other) -> other != null && other.serves(provider) ? other : mine);
        if (flight.equals(mine)) {
            Thread.ofVirtual().name("model-list " + provider.id()).start(land(flight));
        }
        return flight;
    }

    private Runnable land(Flight flight) {
        return () -> {
            try {
                flight.task.run();
            } finally {
                flights.remove(flight.provider.id(), flight);
            }
        };
    }

    private static Listing await(String id, FutureTask<Listing> task, Duration limit) {
        try {
            return task.get(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Listing.Failed(ErrorKind.TIMED_OUT, id + " has not told its models in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Listing.Failed(ErrorKind.CANCELLED, "interrupted while asking " + id);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "asking " + id + " for its models failed", e.getCause());
        }
    }

    private Listing fetchAndRemember(Provider provider) {
        Listing listing = fetch(provider, patience);
        Instant now = clock.instant();
        switch (listing) {
            case Listing.Listed listed -> {
                known.put(
                        provider.id(),
                        new Known(provider, listed, now.plus(NEW_FOR), null, Instant.EPOCH));
                if (store != null && isRemote(provider)) {
                    store.write(provider, listed, now);
                }
            }
            case Listing.Failed failed -> {
                Known before = entry(provider);
                known.put(
                        provider.id(),
                        new Known(
                                provider,
                                before == null ? null : before.good,
                                before == null ? Instant.EPOCH : before.newUntil,
                                failed,
                                now.plus(FAILURE_GOOD_FOR)));
            }
        }
        return listing;
    }

    private static boolean isRemote(Provider provider) {
        String scheme = String.valueOf(provider.baseUrl().getScheme());
        return scheme.equals("http") || scheme.equals("https");
    }

    /// Asks now, within `limit`, and remembers nothing.
    Listing fetch(Provider declared, Duration limit) {
        Provider provider;
        try {
            provider = completed(declared);
        } catch (ProviderException e) {
            return new Listing.Failed(e.kind(), String.valueOf(e.getMessage()));
        }
        if (!isRemote(provider)) {
            return new Listing.Listed(provider.models(), false);
        }
        Duration connect =
                limit.compareTo(provider.timeouts().connect()) < 0
                        ? limit
                        : provider.timeouts().connect();
        Provider impatient =
                provider.toBuilder().timeouts(new Timeouts(connect, limit, limit, limit)).build();
        String path = RequestBuilder.modelsPath(Dialects.of(provider.protocol()), provider);
        KeyRing.Turn turn = requests.keys().turn(impatient);
        while (true) {
            ProviderException failure;
            Provider keyed = turn.provider();
            try (UpstreamResponse response =
                    transport.send(requests.get(keyed, path), new CancelToken())) {
                byte[] body = response.decoded().readAll(LARGEST);
                if (response.status() == 200) {
                    return read(keyed, body, isRelay(response));
                }
                failure = client.failure(keyed, "", response.status(), response.headers(), body);
            } catch (ProviderException e) {
                failure = e;
            }
            if (!turn.goesOn(failure)) {
                return new Listing.Failed(failure.kind(), String.valueOf(failure.getMessage()));
            }
        }
    }

    /// A relay without a model yet marks no entry of its list, but its answer all the same.
    private static boolean isRelay(UpstreamResponse response) {
        return response.headers().find("x-hal0-origin").filter("relay"::equals).isPresent();
    }

    private Listing read(Provider provider, byte[] body, boolean relay) {
        Optional<Listing.Listed> listed =
                ModelListParser.parse(client.scripts().models(provider, body));
        return listed.isPresent()
                ? new Listing.Listed(listed.get().models(), relay || listed.get().hal0())
                : new Listing.Failed(
                        ErrorKind.BAD_STREAM,
                        "%s answered something that is not a list of models. Check base_url %s"
                                .formatted(provider.id(), provider.baseUrl()));
    }
}
