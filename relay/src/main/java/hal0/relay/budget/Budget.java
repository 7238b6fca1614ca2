package hal0.relay.budget;

import hal0.home.ledger.Ledger;
import hal0.providers.ModelClient.Turn;
import hal0.providers.Provider;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.providers.price.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps spending within the user's limits.
///
/// **Shape** before a request goes out, what its input is sure to cost is set aside, until its row
/// stands in the ledger. It is refused when that and what was spent before exceed a limit; what the
/// answer will cost nobody knows yet, so that the last answer of a day may pass the limit by its
/// own length. Local models and models of unknown price cost nothing here. **Errors** `OverBudget`.
/// **Threads** any; reads the ledger only where a limit is set.
public final class Budget {

    /// What an answer of that model costs.
    public interface Pricing {
        Cost cost(Provider provider, String model, Usage usage);
    }

    /// Money set aside for a request; given back once.
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    /// Who pays for a request: its session, and what its turn has cost and may cost.
    public record Purse(@Nullable String session, Turn turn) {
        public static Purse of(@Nullable String session) {
            return new Purse(session, Turn.ALONE);
        }
    }

    private static final Hold NOTHING = () -> {};

    private final Supplier<BudgetSettings> settings;
    private final Ledger ledger;
    private final Pricing pricing;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Map<Object, Held> held = new ConcurrentHashMap<>();

    private record Held(@Nullable String session, BigDecimal usd) {}

    public Budget(
            Supplier<BudgetSettings> settings,
            Ledger ledger,
            Pricing pricing,
            InstantSource clock,
            ZoneId zone) {
        this.settings = settings;
        this.ledger = ledger;
        this.pricing = pricing;
        this.clock = clock;
        this.zone = zone;
    }

    /// Sets aside what a request of so many tokens will cost at least; they are counted only where
    /// a limit is set.
    public Hold hold(Provider provider, String model, Purse purse, LongSupplier tokens) {
        BudgetSettings limits = settings.get();
        if (limits.isNone() && purse.turn().limit() == null) {
            return NOTHING;
        }
        Cost least = pricing.cost(provider, model, Usage.of(tokens.getAsLong(), 0));
        if (least instanceof Cost.Local) {
            return NOTHING;
        }
        BigDecimal usd = least instanceof Cost.Usd(var amount) ? amount : BigDecimal.ZERO;
        // Set aside first and compared then, so that two requests cannot both take the last cent.
        Object id = new Object();
        held.put(id, new Held(purse.session(), usd));
        boolean allowed = false;
        try {
            Failure failure = Failure.unanswered(provider.id(), model);
            check(limits, usd, purse, failure);
            allowed = true;
        } finally {
            if (!allowed) {
                held.remove(id);
            }
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                held.remove(id);
            }
        };
    }

    private void check(BudgetSettings limits, BigDecimal usd, Purse purse, Failure failure) {
        requireTurn(limits, usd, purse.turn(), failure);
        String session = purse.session();
        if (limits.session().signum() > 0 && session != null) {
            BigDecimal others = ledger.spentIn(session).add(heldFor(session)).subtract(usd);
            require(limits.session(), others, usd, failure, "session", "begin a new one");
        }
        if (limits.day().signum() > 0) {
            BigDecimal others = ledger.spentSince(midnight()).add(heldFor(null)).subtract(usd);
            require(limits.day(), others, usd, failure, "day", "wait until midnight");
        }
    }

    private static void requireTurn(
            BudgetSettings limits, BigDecimal usd, Turn turn, Failure failure) {
        BigDecimal own = turn.limit();
        boolean owns =
                own != null && (limits.turn().signum() == 0 || own.compareTo(limits.turn()) < 0);
        BigDecimal limit = own != null && owns ? own : limits.turn();
        if (!owns && limit.signum() == 0) {
            return;
        }
        boolean spent = turn.spent().signum() > 0 && turn.spent().compareTo(limit) >= 0;
        if (!spent && turn.spent().add(usd).compareTo(limit) <= 0) {
            return;
        }
        String way =
                owns ? "Allow more with --budget" : "Raise turn_usd under [budget] in config.toml";
        throw new ProviderException.OverBudget(
                turn.spent().signum() == 0
                        ? "not sent: the question alone costs about %s, and a turn may cost %s. Shorten it, or %s."
                                .formatted(
                                        Money.format(usd),
                                        Money.format(limit),
                                        way.substring(0, 1).toLowerCase(Locale.ROOT)
                                                + way.substring(1))
                        : "not sent: this turn has cost %s, may cost %s, and its next request costs about %s or more. %s, or say \"go on\" for another turn."
                                .formatted(
                                        Money.format(turn.spent()),
                                        Money.format(limit),
                                        Money.format(usd),
                                        way),
                failure);
    }

    private static void require(
            BigDecimal limit,
            BigDecimal spent,
            BigDecimal next,
            Failure failure,
            String period,
            String way) {
        // What is spent to the last cent is spent: an answer costs more than nothing.
        if (spent.add(next).compareTo(limit) <= 0 && spent.compareTo(limit) < 0) {
            return;
        }
        throw new ProviderException.OverBudget(
                "not sent: %s of the %s's budget of %s is spent, and this request costs about %s or more. Raise %s_usd under [budget] in config.toml, or %s."
                        .formatted(
                                Money.format(spent),
                                period,
                                Money.format(limit),
                                Money.format(next),
                                period,
                                way),
                failure);
    }

    /// Of a session, or of all.
    private BigDecimal heldFor(@Nullable String session) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Held one : held.values()) {
            if (session == null || session.equals(one.session())) {
                sum = sum.add(one.usd());
            }
        }
        return sum;
    }

    private Instant midnight() {
        return clock.instant().atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }
}
