package hal0.relay.key;

import static java.lang.System.Logger.Level.INFO;

import hal0.home.key.KeyRow;
import hal0.home.key.KeyStore;
import hal0.home.store.StoreException;
import hal0.relay.error.RelayException;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Scope;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of this process's home: what is changed here holds here at once.
public final class Keys implements KeyControl {
    private static final System.Logger LOG = System.getLogger(Keys.class.getName());

    private final KeyStore store;
    private final KnownKeys known;
    private final Limits limits;
    private final InstantSource clock;
    private final Told told;
    private final String actor;

    /// Who keeps account of what was changed by whom, such as `key.created`.
    public interface Told {
        void changed(String actor, String what, KeyInfo key);
    }

    /// Those of a process whose user changes them himself.
    public Keys(KeyStore store, KnownKeys known, Limits limits, InstantSource clock, Told told) {
        this(store, known, limits, clock, told, "cli");
    }

    private Keys(
            KeyStore store,
            KnownKeys known,
            Limits limits,
            InstantSource clock,
            Told told,
            String actor) {
        this.store = store;
        this.known = known;
        this.limits = limits;
        this.clock = clock;
        this.told = told;
        this.actor = actor;
    }

    @Override
    public Keys by(String other) {
        return new Keys(store, known, limits, clock, told, other);
    }

    @Override
    public List<KeyInfo> list() {
        return store.all().stream().map(this::info).toList();
    }

    @Override
    public Made create(Wish wish) {
        KeyFields.check(wish);
        String key = KeyText.mint();
        Allowance allowance = wish.allowance();
        KeyRow row =
                new KeyRow(
                        KeyText.id(),
                        wish.name(),
                        KeyText.hash(key),
                        KeyText.hint(key),
                        wish.scope().word(),
                        allowance.models(),
                        allowance.rpm(),
                        allowance.tpm(),
                        allowance.budgetUsd(),
                        wish.launch(),
                        now(),
                        null,
                        null);
        if (!store.add(row)) {
            throw RelayException.of(
                    409,
                    "key.exists",
                    "there is a key \"%s\" already; revoke it first, or choose another name"
                            .formatted(wish.name()));
        }
        return new Made(done("key.created", row), key);
    }

    @Override
    public KeyInfo change(String key, Scope scope, Allowance allowance) {
        KeyFields.check(allowance);
        KeyRow old = inUse(key);
        KeyRow changed =
                new KeyRow(
                        old.id(),
                        old.name(),
                        old.hash(),
                        old.hint(),
                        scope.word(),
                        allowance.models(),
                        allowance.rpm(),
                        allowance.tpm(),
                        allowance.budgetUsd(),
                        old.launch(),
                        old.createdAt(),
                        old.lastUsedAt(),
                        null);
        if (!store.change(changed)) {
            throw notFound(key);
        }
        return done("key.changed", changed);
    }

    @Override
    public KeyInfo revoke(String key) {
        KeyRow row = inUse(key);
        Instant now = now();
        if (!store.revoke(row.id(), now)) {
            throw notFound(key);
        }
        return done("key.revoked", revoked(row, now));
    }

    @Override
    public KeyInfo forget(String key) {
        KeyRow row = find(key);
        if (!store.forget(row.id())) {
            throw notFound(key);
        }
        return done("key.forgotten", row.isRevoked() ? row : revoked(row, now()));
    }

    private static KeyRow revoked(KeyRow row, Instant at) {
        return new KeyRow(
                row.id(),
                row.name(),
                row.hash(),
                row.hint(),
                row.scope(),
                row.models(),
                row.rpm(),
                row.tpm(),
                row.budgetUsd(),
                row.launch(),
                row.createdAt(),
                row.lastUsedAt(),
                at);
    }

    private KeyInfo done(String what, KeyRow row) {
        known.changed();
        KeyInfo info = info(row);
        LOG.log(INFO, "{0}: {1} \"{2}\"", what, row.id(), row.name());
        told.changed(actor, what, info);
        return info;
    }

    /// As the database keeps it, so that a key is told the same way ever after.
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private KeyRow inUse(String key) {
        KeyRow row = find(key);
        if (row.isRevoked()) {
            throw RelayException.of(
                    404, "key.not_found", "the key \"%s\" is revoked already".formatted(key));
        }
        return row;
    }

    /// By id or name; of several of one name the one in use, else the newest.
    private KeyRow find(String key) {
        return store.all().stream()
                .filter(row -> row.id().equals(key) || row.name().equals(key))
                .max(
                        Comparator.comparing((KeyRow row) -> !row.isRevoked())
                                .thenComparing(KeyRow::createdAt))
                .orElseThrow(() -> notFound(key));
    }

    private static RelayException notFound(String key) {
        return RelayException.of(
                404,
                "key.not_found",
                "there is no key \"%s\"; see them with: hal0 keys list".formatted(key));
    }

    private KeyInfo info(KeyRow row) {
        return new KeyInfo(
                row.id(),
                row.name(),
                row.hint(),
                Scope.find(row.scope()).orElse(Scope.CLIENT),
                new Allowance(row.models(), row.rpm(), row.tpm(), row.budgetUsd()),
                row.launch(),
                spent(row),
                row.createdAt(),
                known.lastUse(row),
                row.revokedAt());
    }

    private @Nullable BigDecimal spent(KeyRow row) {
        try {
            return limits.spent(row.id());
        } catch (StoreException e) {
            // Told as unknown: the key can be listed and revoked all the same.
            return null;
        }
    }
}
