package hal0.relay.key;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.US_ASCII;

import hal0.home.key.KeyRow;
import hal0.home.key.KeyStore;
import hal0.home.store.StoreException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The keys as they were read last, which is what a request is checked against.
///
/// **Shape** read when first needed, then again beside requests once a second while there are any,
/// and at once when somebody shows a key of ours that is not known: another process may have made
/// it. A database that cannot be read leaves what is known as it is, and [#problem] says so.
/// **Errors** [StoreException] while nothing was ever read. **Threads** any.
public final class KnownKeys implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(KnownKeys.class.getName());

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);
    private static final Duration LOOKED_JUST_NOW = Duration.ofMillis(100);
    private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);

    private record Snapshot(
            List<KeyRow> all, Map<String, KeyRow> byHash, boolean needed, long readNanos) {
        private boolean isOlderThan(Duration age) {
            return System.nanoTime() - readNanos > age.toNanos();
        }
    }

    private final KeyStore store;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final Map<String, Instant> uses = new ConcurrentHashMap<>();
    private volatile @Nullable Snapshot last;
    private volatile @Nullable String problem;
    private volatile Instant noted = Instant.EPOCH;

    public KnownKeys(KeyStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// All of them, oldest first.
    public List<KeyRow> all() {
        return current().all();
    }

    /// Whether callers of this machine must show a key: from the first one that the user made on. A
    /// revoked key counts, or revoking the last one would open the relay to everybody.
    public boolean isNeeded() {
        return current().needed();
    }

    /// Whether any key that the user made lets somebody in.
    public boolean hasUsable() {
        return current().all().stream().anyMatch(key -> !key.launch() && !key.isRevoked());
    }

    /// The key, revoked or not, that somebody shows.
    Optional<KeyRow> find(String shown) {
        String hash = KeyText.hash(shown);
        KeyRow known = known(current(), hash);
        if (known == null && shown.startsWith(KeyText.PREFIX)) {
            known = known(readUnlessJustRead(), hash);
        }
        return Optional.ofNullable(known);
    }

    /// The key of that id, revoked or not.
    Optional<KeyRow> byId(String id) {
        return current().all().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /// The map's own comparison may take longer the more of a hash fits; who shows keys cannot
    /// choose their hashes, and what counts is compared in constant time.
    private static @Nullable KeyRow known(Snapshot snapshot, String hash) {
        KeyRow key = snapshot.byHash().get(hash);
        return key != null
                        && MessageDigest.isEqual(
                                key.hash().getBytes(US_ASCII), hash.getBytes(US_ASCII))
                ? key
                : null;
    }

    /// Notes that a key was used; it is written later.
    void used(KeyRow key) {
        uses.put(key.id(), clock.instant());
    }

    /// When a key was used last, as far as is known.
    @Nullable Instant lastUse(KeyRow key) {
        Instant now = uses.get(key.id());
        return now == null ? key.lastUsedAt() : now;
    }

    /// Why keys cannot be read; empty while they can.
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /// Reads again, now.
    void changed() {
        read();
    }

    private Snapshot current() {
        Snapshot now = last;
        if (now == null) {
            return read();
        }
        if (now.isOlderThan(GOOD_FOR) && refreshing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("relay-keys").start(this::refresh);
        }
        return now;
    }

    /// Wrong keys must not make the database the way of every request.
    private Snapshot readUnlessJustRead() {
        Snapshot now = last;
        if (now != null && !now.isOlderThan(LOOKED_JUST_NOW)) {
            return now;
        }
        return readOrKeep(now);
    }

    private void refresh() {
        try {
            readOrKeep(last);
            noteUses();
        } finally {
            refreshing.set(false);
        }
    }

    private Snapshot readOrKeep(@Nullable Snapshot known) {
        try {
            return read();
        } catch (StoreException e) {
            if (known == null) {
                throw e;
            }
            if (problem == null) {
                LOG.log(
                        WARNING,
                        "keys cannot be read, the known ones stay valid: {0}",
                        e.getMessage());
            }
            problem = e.getMessage();
            // Else every request would try again, and wait as long as the database makes it wait.
            Snapshot kept =
                    new Snapshot(known.all(), known.byHash(), known.needed(), System.nanoTime());
            last = kept;
            return kept;
        }
    }

    private Snapshot read() {
        reading.lock();
        try {
            List<KeyRow> all = store.all();
            Map<String, KeyRow> byHash = new HashMap<>();
            all.forEach(key -> byHash.put(key.hash(), key));
            boolean needed = all.stream().anyMatch(key -> !key.launch());
            Snapshot read = new Snapshot(all, Map.copyOf(byHash), needed, System.nanoTime());
            last = read;
            if (problem != null) {
                problem = null;
                LOG.log(INFO, "keys can be read again");
            }
            return read;
        } finally {
            reading.unlock();
        }
    }

    private void noteUses() {
        Instant now = clock.instant();
        if (!uses.isEmpty() && noted.plus(BETWEEN_NOTES).isBefore(now)) {
            noted = now;
            writeUses();
        }
    }

    private void writeUses() {
        Map<String, Instant> told = Map.copyOf(uses);
        try {
            store.used(told);
            told.forEach(uses::remove);
        } catch (StoreException e) {
            // When a key was used is told the next time; only that was lost.
            LOG.log(WARNING, "the last use of keys cannot be noted: {0}", e.getMessage());
        }
    }

    /// Notes what was used.
    @Override
    public void close() {
        if (!uses.isEmpty()) {
            writeUses();
        }
    }
}
