package hal0.relay.key;

import static java.lang.System.Logger.Level.WARNING;

import hal0.home.key.KeyRow;
import hal0.relay.error.RelayException;
import hal0.relay.guard.Scope;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The pages that are signed in: each shows a cookie, which stands for an admin key.
///
/// **Shape** of a cookie only its hash is kept, in the home too, so that a page stays signed in
/// when the relay starts anew. At most [#MOST] at once: one more ends the oldest. It ends with its
/// key, when that opens less, and after [#LIFE]. **Threads** any.
public final class Logins {
    /// How many pages may be signed in.
    public static final int MOST = 32;

    public static final Duration LIFE = Duration.ofHours(8);

    private static final System.Logger LOG = System.getLogger(Logins.class.getName());
    private static final int RANDOM_BYTES = 32;

    private final KnownKeys keys;
    private final LoginFile file;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Map<String, Kept> read;

    /// What is kept of one, by the hash of its cookie.
    record Kept(String keyId, Instant expiresAt) {}

    public Logins(KnownKeys keys, LoginFile file, InstantSource clock) {
        this.keys = keys;
        this.file = file;
        this.clock = clock;
    }

    /// Signs a page in.
    ///
    /// **Errors** [RelayException]: 401 `login.refused` for what is no key that is in use, 403
    /// `login.scope` for one that does not open everything.
    public Login.Opened open(String key) {
        KeyRow row =
                keys.find(key).filter(found -> !found.isRevoked()).orElseThrow(Logins::refused);
        if (!opensAll(row)) {
            throw RelayException.of(
                    403,
                    "login.scope",
                    "the key \"%s\" is of scope %s, and signing in takes one of scope admin; make one with: hal0 keys create NAME --scope admin"
                            .formatted(row.name(), row.scope()));
        }
        String token = random();
        Kept kept = new Kept(row.id(), clock.instant().plus(LIFE));
        lock.lock();
        try {
            Map<String, Kept> all = all();
            forgetOver(all);
            while (all.size() >= MOST) {
                all.remove(all.keySet().iterator().next());
            }
            all.put(KeyText.hash(token), kept);
            write(all);
        } finally {
            lock.unlock();
        }
        return new Login.Opened(token, login(row, kept));
    }

    private static RelayException refused() {
        return RelayException.of(
                401,
                "login.refused",
                "this is no key of this relay; make one with: hal0 keys create NAME --scope admin");
    }

    private static boolean opensAll(KeyRow row) {
        return Scope.find(row.scope()).filter(scope -> scope.covers(Scope.ADMIN)).isPresent();
    }

    private static Login login(KeyRow row, Kept kept) {
        return new Login(row.id(), row.name(), Scope.ADMIN, kept.expiresAt());
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Who shows that cookie, while it holds.
    public Optional<Login> find(String token) {
        return kept(token).flatMap(kept -> holder(kept).map(row -> login(row, kept)));
    }

    /// The key that a cookie stands for, while it holds.
    Optional<KeyRow> keyOf(String token) {
        return kept(token).flatMap(this::holder);
    }

    /// By its hash: whoever shows cookies cannot choose that, so that how long the comparison of a
    /// map takes says nothing.
    private Optional<Kept> kept(String token) {
        lock.lock();
        try {
            return Optional.ofNullable(all().get(KeyText.hash(token)))
                    .filter(kept -> kept.expiresAt().isAfter(clock.instant()));
        } finally {
            lock.unlock();
        }
    }

    private Optional<KeyRow> holder(Kept kept) {
        return keys.byId(kept.keyId()).filter(row -> !row.isRevoked()).filter(Logins::opensAll);
    }

    /// Signs the page out; nothing where it is not signed in.
    public void close(String token) {
        lock.lock();
        try {
            Map<String, Kept> all = all();
            if (all.remove(KeyText.hash(token)) != null) {
                forgetOver(all);
                write(all);
            }
        } finally {
            lock.unlock();
        }
    }

    private void forgetOver(Map<String, Kept> all) {
        Instant now = clock.instant();
        all.values().removeIf(kept -> !kept.expiresAt().isAfter(now) || holder(kept).isEmpty());
    }

    private Map<String, Kept> all() {
        Map<String, Kept> known = read;
        if (known == null) {
            known = new LinkedHashMap<>(file.read());
            read = known;
        }
        return known;
    }

    private void write(Map<String, Kept> all) {
        file.write(all)
                .ifPresent(problem ->
                        LOG.log(
                                WARNING,
                                "logins are kept until hal0 ends and no longer: {0}",
                                problem));
    }
}
