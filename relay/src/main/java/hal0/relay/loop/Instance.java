package hal0.relay.loop;

import static java.lang.System.Logger.Level.WARNING;

import hal0.providers.Provider;
import hal0.relay.error.RelayException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// This relay among others.
///
/// **Shape** `x-hal0-instance` holds an entry for each relay that a request came through, the last
/// one last: its id, a dot, and a word that only the provider which it called can know. A request
/// that comes back is refused; where it comes straight back, the provider that it went to leads to
/// this very relay, and is left out from then on. **Threads** any.
public final class Instance {
    static final String HEADER = "x-hal0-instance";

    private static final System.Logger LOG = System.getLogger(Instance.class.getName());
    private static final int MOST_HOPS = 8;
    private static final int LONGEST = 1024;

    /// What the request that is being answered came with.
    private static final ScopedValue<String> CAME_THROUGH = ScopedValue.newInstance();

    private record Door(String provider, URI address) {
        static Door of(Provider provider) {
            return new Door(provider.id(), provider.baseUrl());
        }
    }

    private final String id;
    private final Map<Door, String> words = new ConcurrentHashMap<>();
    private final Set<Door> leadBack = ConcurrentHashMap.newKeySet();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public Instance() {
        this.id = random(8);
    }

    /// Calls `listener` whenever a provider was found to lead back.
    public void onFound(Runnable listener) {
        listeners.add(listener);
    }

    /// The same for as long as this process runs.
    public String id() {
        return id;
    }

    /// Answers a request that came with that header, null for none; what is sent upstream meanwhile
    /// carries it on.
    ///
    /// **Errors** [RelayException] of status 508 when it came through here already, or through too
    /// many.
    public void answer(@Nullable String header, Runnable answering) {
        answer(header, 0, answering);
    }

    /// The same for a request with this home's own token, which no provider is given: a program
    /// that asks the relay in its own process has marked its call, and has not been led back.
    ///
    /// **Errors** as above, when it comes back from there.
    public void answerOwn(@Nullable String header, Runnable answering) {
        answer(header, 1, answering);
    }

    private void answer(@Nullable String header, int ownHops, Runnable answering) {
        if (header == null || header.isBlank()) {
            answering.run();
            return;
        }
        List<String> hops = List.of(header.strip().split("\\s*,\\s*", -1));
        boolean back = hops.stream().filter(hop -> hop.startsWith(id + ".")).count() > ownHops;
        if (back) {
            noteStraightBack(hops.getLast());
        }
        if (back || hops.size() >= MOST_HOPS || header.length() > LONGEST) {
            throw back ? loop() : tooFar(hops.size());
        }
        ScopedValue.where(CAME_THROUGH, String.join(", ", hops)).run(answering);
    }

    private static RelayException loop() {
        return RelayException.of(
                508,
                "dispatch.loop",
                "the request came through this relay already: a provider leads back here; point it"
                        + " elsewhere, or disable it");
    }

    private static RelayException tooFar(int hops) {
        return RelayException.of(
                508,
                "dispatch.loop",
                "the request came through %d relays, and no more than %d are followed"
                        .formatted(hops, MOST_HOPS));
    }

    private void noteStraightBack(String hop) {
        words.forEach((door, word) -> {
            if (hop.equals(id + "." + word) && leadBack.add(door)) {
                LOG.log(
                        WARNING,
                        "provider {0} at {1} leads back to this relay; it is left out",
                        door.provider(),
                        door.address());
                listeners.forEach(Runnable::run);
            }
        });
    }

    /// What a call to that provider is marked with.
    String mark(Provider provider) {
        String own = id + "." + words.computeIfAbsent(Door.of(provider), _ -> random(6));
        return CAME_THROUGH.isBound() ? CAME_THROUGH.get() + ", " + own : own;
    }

    /// Whether a call to that provider came straight back.
    public boolean leadsBack(Provider provider) {
        return leadBack.contains(Door.of(provider));
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
