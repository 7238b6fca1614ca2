package hal0.relay.key;

import hal0.home.key.KeyStore;
import hal0.home.ledger.LedgerRow;
import hal0.home.store.StoreException;
import hal0.providers.price.Money;
import hal0.relay.error.RelayException;
import hal0.relay.guard.Allowance;
import hal0.relay.guard.Principal;
import hal0.relay.key.Account.Standing;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps each key within its requests and tokens a minute and its money.
///
/// **Shape** a request is counted when it is let in. Before it goes out, what it may come to is
/// held until it ends: a request passes while its question fits beside what is used and what others
/// may still come to, so that many at once cannot pass a limit together; the last one may pass it
/// by the length of its own answer. What was really used comes from the rows of the ledger.
/// **Errors** [RelayException]: 429, 402, or 503 while nobody can tell what was spent. **Threads**
/// any.
public final class Limits {

    /// A request that was counted, which can be taken back where nobody upstream heard of it.
    public interface Counted {
        Counted NOT = () -> {};

        void giveBack();
    }

    /// What a request holds of its key; given back once.
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    private static final Hold NOTHING = () -> {};

    private final KeyStore store;
    private final InstantSource clock;
    private final Instant started;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<String, UnderWay> underWay = new ConcurrentHashMap<>();

    /// The requests of one id that are under way: a client chooses it, and may give several the
    /// same. `hold` is null then: whose row it is that comes nobody can tell.
    private record UnderWay(int requests, @Nullable Held hold) {}

    public Limits(KeyStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        // The database's own grain: its rows and this process's meet at one instant.
        this.started = Instant.ofEpochMilli(clock.millis());
    }

    /// Counts a request for a model.
    public Counted request(Principal who) {
        Long limit = who.allowance().rpm();
        if (who.keyId() == null || limit == null) {
            return Counted.NOT;
        }
        Account account = account(who.keyId());
        long second = second();
        Standing standing = account.request(second, limit);
        if (!standing.taken()) {
            throw RelayException.of(
                            429,
                            "limit.requests",
                            "the key \"%s\" may ask %d times a minute, and has; try again in %d s"
                                    .formatted(who.name(), limit, standing.waitSeconds()))
                    .with(RateHeaders.of("requests", limit, standing, clock.instant()))
                    .after(Duration.ofSeconds(standing.waitSeconds()));
        }
        return () -> account.giveBackRequest(second);
    }

    /// Whether what a request may come to has to be known.
    public boolean holdsFor(Principal who) {
        Allowance allowance = who.allowance();
        return who.keyId() != null && (allowance.tpm() != null || allowance.budgetUsd() != null);
    }

    /// Holds what a request of that id may come to, or refuses it.
    public Hold hold(Principal who, String request, Claim claim) {
        if (who.keyId() == null || !holdsFor(who)) {
            return NOTHING;
        }
        Account account = account(who.keyId());
        BigDecimal budget = who.allowance().budgetUsd();
        if (budget != null) {
            know(account, who);
        }
        // One at a time: between looking and taking nobody else may take.
        synchronized (account) {
            Long limit = who.allowance().tpm();
            if (limit != null) {
                requireTokens(account, who, limit, claim);
            }
            if (budget != null) {
                requireMoney(account, who, budget, claim);
            }
            account.hold(claim);
        }
        return underWay(who.keyId() + " " + request, new Held(account, claim));
    }

    private Hold underWay(String name, Held hold) {
        underWay.compute(
                name,
                (_, other) ->
                        other == null
                                ? new UnderWay(1, hold)
                                : new UnderWay(other.requests() + 1, null));
        return () -> {
            underWay.computeIfPresent(
                    name,
                    (_, now) ->
                            now.requests() == 1 ? null : new UnderWay(now.requests() - 1, null));
            hold.close();
        };
    }

    private void requireTokens(Account account, Principal who, long limit, Claim claim) {
        Standing standing = account.tokens(second(), limit, claim.sureTokens());
        if (standing.taken()) {
            return;
        }
        Map<String, String> headers = RateHeaders.of("tokens", limit, standing, clock.instant());
        if (claim.sureTokens() > limit) {
            throw RelayException.of(
                            429,
                            "limit.tokens",
                            "the request has some %d tokens, and the key \"%s\" may use %d a minute: shorten it"
                                    .formatted(claim.sureTokens(), who.name(), limit))
                    .with(RateHeaders.inVain(headers));
        }
        throw RelayException.of(
                        429,
                        "limit.tokens",
                        "the key \"%s\" may use %d tokens a minute, and has %d left; try again in %d s"
                                .formatted(
                                        who.name(), limit, standing.left(), standing.waitSeconds()))
                .with(headers)
                .after(Duration.ofSeconds(standing.waitSeconds()));
    }

    private static void requireMoney(
            Account account, Principal who, BigDecimal budget, Claim claim) {
        BigDecimal committed = account.committed();
        // What is spent to the last cent is spent: an answer costs more than nothing.
        if (committed.add(claim.sureUsd()).compareTo(budget) <= 0
                && committed.compareTo(budget) < 0) {
            return;
        }
        BigDecimal spent = account.spent();
        BigDecimal others = committed.subtract(spent);
        String held =
                others.signum() == 0
                        ? ""
                        : ", %s is held for requests under way".formatted(Money.format(others));
        throw RelayException.of(
                402,
                "budget.exceeded",
                "not sent: %s of the %s of the key \"%s\" is spent%s, and this request costs about %s or more"
                        .formatted(
                                Money.format(spent),
                                Money.format(budget),
                                who.name(),
                                held,
                                Money.format(claim.sureUsd())));
    }

    /// A key whose spend cannot be read must not spend: it may have nothing left.
    private void know(Account account, Principal who) {
        if (account.knowsBefore() || who.keyId() == null) {
            return;
        }
        try {
            account.before(store.spentBefore(who.keyId(), started));
        } catch (StoreException e) {
            throw RelayException.of(
                    503,
                    "guard.keys_unavailable",
                    "nobody can tell what the key \"%s\" has spent: %s"
                            .formatted(who.name(), e.getMessage()));
        }
    }

    /// A row that goes to the ledger: what a request really used.
    public void used(LedgerRow row) {
        if (row.key() != null) {
            long tokens =
                    row.inputTokens()
                            + row.outputTokens()
                            + row.cacheReadTokens()
                            + row.cacheWriteTokens();
            account(row.key()).used(second(), tokens, row.costUsd());
            // Before the client sees the end of its answer, as the row is: it may ask at once.
            UnderWay request = underWay.get(row.key() + " " + row.requestId());
            if (request != null && request.hold() != null) {
                request.hold().close();
            }
        }
    }

    /// What a key has spent, as far as prices are known.
    ///
    /// **Errors** [StoreException].
    public BigDecimal spent(String keyId) {
        Account account = account(keyId);
        if (!account.knowsBefore()) {
            account.before(store.spentBefore(keyId, started));
        }
        return account.spent();
    }

    private Account account(String keyId) {
        return accounts.computeIfAbsent(keyId, _ -> new Account());
    }

    private long second() {
        return Math.floorDiv(clock.millis(), 1000L);
    }

    private static final class Held implements Hold {
        private final Account account;
        private @Nullable Claim claim;

        private Held(Account account, Claim claim) {
            this.account = account;
            this.claim = claim;
        }

        @Override
        public synchronized void close() {
            Claim mine = claim;
            claim = null;
            if (mine != null) {
                account.release(mine);
            }
        }
    }
}
