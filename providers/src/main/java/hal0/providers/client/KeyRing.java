package hal0.providers.client;

import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.error.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which of a provider's keys the next call carries, where it has several.
///
/// **Shape** the first key in the user's order that does not rest. A key that was refused (401)
/// rests until its value changes or five minutes have passed; one that met its limit (429), for as
/// long as the provider said. **Threads** any; a [Turn] belongs to one.
public final class KeyRing {
    private static final Duration REFUSED = Duration.ofMinutes(5);
    private static final Duration LIMITED = Duration.ofSeconds(30);

    private record Slot(String provider, String key) {}

    /// `value` is the hash of the key that rests: another one under its name is as good as new.
    private record Rest(Instant until, int value) {}

    private final Function<String, Optional<String>> variables;
    private final InstantSource clock;
    private final Map<Slot, Rest> resting = new ConcurrentHashMap<>();

    /// `variables` finds what is set in the environment or in `api.env`.
    public KeyRing(Function<String, Optional<String>> variables, InstantSource clock) {
        this.variables = variables;
        this.clock = clock;
    }

    /// The keys of one request, which tries each at most once before it waits.
    public Turn turn(Provider provider) {
        return new Turn(provider);
    }

    private List<String> keysOf(Provider provider) {
        if (provider.auth() instanceof Auth.None || provider.keyNames().size() < 2) {
            return List.of();
        }
        return provider.keyNames().stream().filter(name -> find(name).isPresent()).toList();
    }

    private Optional<String> find(String name) {
        return variables.apply(name).map(String::strip).filter(key -> !key.isEmpty());
    }

    private Instant restsUntil(Slot slot) {
        Rest rest = resting.get(slot);
        if (rest == null) {
            return Instant.MIN;
        }
        boolean changed = find(slot.key()).map(String::hashCode).orElse(0) != rest.value();
        if (changed || !rest.until().isAfter(clock.instant())) {
            resting.remove(slot, rest);
            return Instant.MIN;
        }
        return rest.until();
    }

    private void rest(Slot slot, Duration duration) {
        int value = find(slot.key()).map(String::hashCode).orElse(0);
        resting.put(slot, new Rest(clock.instant().plus(duration), value));
    }

    /// The keys that one request may still try.
    ///
    /// **Threads** one.
    public final class Turn {
        private final Provider provider;
        private final List<String> keys;
        private final Set<String> spent = new HashSet<>();
        private @Nullable String current;

        private Turn(Provider provider) {
            this.provider = provider;
            this.keys = keysOf(provider);
        }

        /// The provider with the one key that the next call carries; unchanged where there is no
        /// choice.
        public Provider provider() {
            if (keys.size() < 2) {
                return provider;
            }
            String best = keys.getFirst();
            Instant earliest = Instant.MAX;
            for (String key : keys) {
                Instant until = spent.contains(key) ? Instant.MAX : restsUntil(slot(key));
                if (until.isBefore(earliest)) {
                    best = key;
                    earliest = until;
                }
            }
            current = best;
            return provider.toBuilder().keyNames(List.of(best)).build();
        }

        /// Whether `failure` is the key's and another key is there that does not rest: then the
        /// next call goes out at once.
        public boolean goesOn(ProviderException failure) {
            String used = current;
            Optional<Duration> rest = restAfter(failure);
            if (used == null || rest.isEmpty()) {
                return false;
            }
            rest(slot(used), rest.get());
            spent.add(used);
            boolean another =
                    keys.stream()
                            .anyMatch(key ->
                                    !spent.contains(key)
                                            && restsUntil(slot(key)).equals(Instant.MIN));
            if (!another) {
                // Whoever waits now may take any of them again.
                spent.clear();
            }
            return another;
        }

        private Slot slot(String key) {
            return new Slot(provider.id(), key);
        }
    }

    private static Optional<Duration> restAfter(ProviderException failure) {
        return switch (failure) {
            case ProviderException.Unauthenticated _ -> Optional.of(REFUSED);
            case ProviderException.RateLimited limited ->
                    Optional.of(Optional.ofNullable(limited.delay()).orElse(LIMITED));
            case ProviderException.Rejected _,
                    ProviderException.Forbidden _,
                    ProviderException.OverBudget _,
                    ProviderException.UnknownModel _,
                    ProviderException.Overloaded _,
                    ProviderException.Unreachable _,
                    ProviderException.TimedOut _,
                    ProviderException.BadStream _,
                    ProviderException.Misconfigured _,
                    ProviderException.NotReady _,
                    ProviderException.Cancelled _ ->
                    Optional.empty();
        };
    }
}
