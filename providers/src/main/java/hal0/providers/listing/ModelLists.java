package hal0.providers.listing;

import hal0.home.error.ErrorKind;
import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.client.Dialects;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks providers for their models, and remembers what they said.
///
/// **Shape** one question at a time for each provider, whoever waits for it; an answer is good for
/// five minutes, a failure for ten seconds, and neither outlives a change of the declaration.
/// **Threads** any; blocks.
public final class ModelLists {
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);
    private static final Duration FAILURE_GOOD_FOR = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int LARGEST = 32 * 1024 * 1024;
    private static final int AT_ONCE = 4;

    private record Known(Provider provider, Listing listing, Instant until) {}

    private record Flight(Provider provider, FutureTask<Listing> task) {
        boolean serves(Provider asked) {
            return !task.isDone() && provider.equals(asked);
        }
    }

    private final Transport transport;
    private final RequestBuilder requests;
    private final ProviderClient client;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, Flight> flights = new ConcurrentHashMap<>();

    public ModelLists(
            Transport transport,
            RequestBuilder requests,
            ProviderClient client,
            InstantSource clock) {
        this.transport = transport;
        this.requests = requests;
        this.client = client;
        this.clock = clock;
    }

    /// A provider with what its script says.
    public Provider completed(Provider declared) {
        return client.scripts().completed(declared);
    }

    /// What is remembered of a provider; never blocks.
    public Optional<Listing> cached(Provider provider) {
        Known entry = known.get(provider.id());
        return entry != null
                        && entry.provider.equals(provider)
                        && clock.instant().isBefore(entry.until)
                ? Optional.of(entry.listing)
                : Optional.empty();
    }

    /// The models of a provider: remembered, or asked for, at most eight seconds.
    public Listing of(Provider provider) {
        return of(provider, PATIENCE);
    }

    /// The models of several providers, four asked at a time; who has not answered within
    /// `patience` is a failure for now, though its answer is remembered when it comes.
    public Map<String, Listing> of(List<Provider> providers, Duration patience) {
        Semaphore permits = new Semaphore(AT_ONCE);
        Map<String, FutureTask<Listing>> asked = new LinkedHashMap<>();
        for (Provider provider : providers) {
            FutureTask<Listing> task =
                    new FutureTask<>(() -> {
                        permits.acquire();
                        try {
                            return of(provider, PATIENCE);
                        } finally {
                            permits.release();
                        }
                    });
            asked.put(provider.id(), task);
            Thread.ofVirtual().name("model-lists").start(task);
        }
        Instant end = clock.instant().plus(patience);
        Map<String, Listing> listings = new LinkedHashMap<>();
        asked.forEach((id, task) ->
                listings.put(id, await(id, task, Duration.between(clock.instant(), end))));
        return listings;
    }

    /// Forgets what a provider said, so that it is asked again.
    public void forget(String providerId) {
        known.remove(providerId);
    }

    private Listing of(Provider provider, Duration patience) {
        Optional<Listing> remembered = cached(provider);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        Flight mine = new Flight(provider, new FutureTask<>(() -> fetchAndRemember(provider)));
        // One that has landed may still be in the map for a moment; its answer may be forgotten.
        Flight flight =
                flights.compute(
                        provider.id(),
                        (_, other) -> other != null && other.serves(provider) ? other : mine);
        if (flight.equals(mine)) {
            Thread.ofVirtual().name("model-list " + provider.id()).start(land(flight));
        }
        return await(provider.id(), flight.task, patience);
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

    private static Listing await(String id, FutureTask<Listing> task, Duration patience) {
        try {
            return task.get(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
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
        Listing listing = fetch(provider, PATIENCE);
        Duration good =
                switch (listing) {
                    case Listing.Listed _ -> GOOD_FOR;
                    case Listing.Failed _ -> FAILURE_GOOD_FOR;
                };
        known.put(provider.id(), new Known(provider, listing, clock.instant().plus(good)));
        return listing;
    }

    /// Asks now, within `patience`, and remembers nothing.
    Listing fetch(Provider declared, Duration patience) {
        Provider provider;
        try {
            provider = client.scripts().completed(declared);
        } catch (ProviderException e) {
            return new Listing.Failed(e.kind(), String.valueOf(e.getMessage()));
        }
        String scheme = String.valueOf(provider.baseUrl().getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return new Listing.Listed(provider.models(), false);
        }
        Duration connect =
                patience.compareTo(provider.timeouts().connect()) < 0
                        ? patience
                        : provider.timeouts().connect();
        Provider impatient =
                provider.toBuilder()
                        .timeouts(new Timeouts(connect, patience, patience, patience))
                        .build();
        String path =
                Dialects.find(provider.protocol())
                        .map(dialect -> RequestBuilder.modelsPath(dialect, provider))
                        .orElse("/models");
        try (UpstreamResponse response =
                transport.send(requests.get(impatient, path), new CancelToken())) {
            return read(impatient, response);
        } catch (ProviderException e) {
            return new Listing.Failed(e.kind(), String.valueOf(e.getMessage()));
        }
    }

    private Listing read(Provider provider, UpstreamResponse response) {
        byte[] body = response.decoded().readAll(LARGEST);
        if (response.status() != 200) {
            ProviderException failure =
                    client.failure(provider, "", response.status(), response.headers(), body);
            return new Listing.Failed(failure.kind(), String.valueOf(failure.getMessage()));
        }
        Optional<Listing.Listed> listed =
                ModelListParser.parse(client.scripts().models(provider, body));
        return listed.isPresent()
                ? listed.get()
                : new Listing.Failed(
                        ErrorKind.BAD_STREAM,
                        "%s answered something that is not a list of models. Check base_url %s"
                                .formatted(provider.id(), provider.baseUrl()));
    }
}
