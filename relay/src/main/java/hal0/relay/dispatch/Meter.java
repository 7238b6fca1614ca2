package hal0.relay.dispatch;

import hal0.home.error.ErrorKind;
import hal0.home.ledger.Ledger;
import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Outcome;
import hal0.providers.Provider;
import hal0.providers.error.ProviderException;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.relay.budget.Budget;
import hal0.relay.timing.Waits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Follows one request from its arrival to its end and writes its ledger row, exactly once,
/// whatever becomes of it. A request that was never tried upstream leaves no row: nobody was asked,
/// and nothing was spent.
///
/// **Shape** what several targets used is added up, each at its own price. Where the client left or
/// the answer broke off before its provider had counted anything, the input is estimated, and the
/// row says so; what a provider counted is never replaced. **Threads** any; the first way of ending
/// counts.
public final class Meter {

    /// Who asks, by which protocol, for what; `estimatedTokens` is a guess of what the request has.
    public record Caller(
            String requestId,
            Instant at,
            long startedNanos,
            String client,
            Budget.Purse purse,
            @Nullable String key,
            String protocol,
            String requestedModel,
            boolean streamed,
            LongSupplier estimatedTokens) {}

    /// What an answer of that model costs.
    public interface Pricing {
        Cost cost(Provider provider, String model, Usage usage);
    }

    private final Ledger ledger;
    private final Pricing pricing;
    private final List<RequestListener> listeners;
    private final Caller caller;
    private final Waits waits;

    private Budget.@Nullable Hold hold;
    private boolean finished;
    private boolean rescued;
    private Ledger.@Nullable Announced announced;
    private Spending earlier = Spending.NONE;
    private int attempts;
    private long firstTokenNanos = -1;
    private long headNanos = -1;

    // Of the attempt under way.
    private @Nullable Target target;
    private @Nullable Target trying; // the same until the attempt is over
    private long triedNanos;
    private long contentNanos = -1;
    private int status;
    private Usage usage = Usage.NONE;
    private boolean counted;
    private @Nullable Usage told; // what was announced
    private @Nullable String answeredModel;
    private final LastPrice lastPrice;

    Meter(
            Ledger ledger,
            Pricing pricing,
            List<RequestListener> listeners,
            Caller caller,
            Waits waits) {
        this.ledger = ledger;
        this.pricing = pricing;
        this.lastPrice = new LastPrice(pricing);
        this.listeners = listeners;
        this.caller = caller;
        this.waits = waits;
        listeners.forEach(listener -> listener.begun(caller));
    }

    public Caller caller() {
        return caller;
    }

    /// What the request waits for others, where its own thread does not say it.
    public Waits waits() {
        return waits;
    }

    /// Gives back what was set aside for a target that is not asked any more.
    synchronized void frees() {
        if (hold != null) {
            hold.close();
            hold = null;
        }
    }

    /// Money that is set aside until the row is written.
    synchronized void holds(Budget.Hold money) {
        hold = money;
        if (finished) {
            // Who asked has left meanwhile, and nobody gives it back after that.
            money.close();
        }
    }

    /// Where the request goes.
    public void decided(Decision decision) {
        listeners.forEach(listener -> listener.decided(caller, decision));
    }

    /// Why the attempt under way came to nothing.
    void noted(ProviderException failure) {
        String reason = String.valueOf(failure.getMessage());
        listeners.forEach(listener -> listener.failed(caller, reason));
    }

    /// Another target is asked, or the same again; what the one before used stays counted.
    public synchronized void attempt(Target next) {
        leave(false);
        if (target != null && counted) {
            earlier = earlier.plus(usage, Spending.usd(price(target, usage)));
        }
        target = next;
        trying = next;
        triedNanos = System.nanoTime();
        contentNanos = -1;
        status = 0;
        usage = Usage.NONE;
        counted = false;
        answeredModel = null;
        lastPrice.forget();
        attempts++;
        listeners.forEach(listener -> listener.tried(caller, next));
    }

    /// The call could not be made after all.
    public synchronized void notCalled() {
        attempts--;
    }

    /// The calls so far.
    public synchronized int attempts() {
        return attempts;
    }

    /// Who was called last.
    public synchronized @Nullable Target target() {
        return target;
    }

    /// After all have failed, the client is told the failure of that target.
    synchronized void tells(Target failed, ProviderException failure) {
        leave(false);
        target = failed;
        lastPrice.forget();
        status = failure.failure().status();
    }

    /// An answer that had broken off is gone on with.
    synchronized void wentOn() {
        rescued = true;
    }

    /// What all who took part in the answer have counted.
    public synchronized Usage usageInAll() {
        return earlier.isNone() ? usage : earlier.usage().plus(usage);
    }

    /// What an answer of these numbers costs, which are those of all who took part in it.
    synchronized Cost cost(Target answering, Usage told) {
        if (earlier.isNone()) {
            return price(answering, told);
        }
        BigDecimal own = counted ? Spending.usd(price(answering, usage)) : null;
        BigDecimal sum = earlier.plus(Usage.NONE, own).usd();
        return sum == null ? new Cost.Unknown() : new Cost.Usd(sum);
    }

    /// What the answer has cost if it ends here uncounted, as its row will say.
    synchronized Cost estimate() {
        Target asked = target;
        long guess = asked == null || counted ? 0 : caller.estimatedTokens().getAsLong();
        if (asked == null || guess == 0) {
            return new Cost.Unknown();
        }
        Cost last = price(asked, Usage.of(guess, 0));
        if (earlier.isNone()) {
            return last;
        }
        BigDecimal sum = earlier.plus(Usage.NONE, Spending.usd(last)).usd();
        return sum == null ? new Cost.Unknown() : new Cost.Usd(sum);
    }

    /// Whether anybody upstream was asked.
    public synchronized boolean isTried() {
        return attempts > 0;
    }

    public synchronized void status(int upstreamStatus) {
        status = upstreamStatus;
    }

    /// The provider's count so far; the last one of an attempt stands.
    public synchronized void usage(Usage report) {
        usage = report;
        counted = true;
    }

    /// The model by which the answer calls itself.
    public synchronized void answeredBy(@Nullable String model) {
        answeredModel = model;
    }

    /// Something that a reader can see has come.
    public synchronized void firstToken() {
        if (contentNanos < 0) {
            long now = System.nanoTime();
            contentNanos = now - triedNanos;
            if (firstTokenNanos < 0) {
                firstTokenNanos = now - caller.startedNanos();
            }
        }
    }

    /// A wait for somebody else that ends now.
    public void waited(long nanos) {
        waits.since(System.nanoTime() - nanos);
    }

    /// The head of the answer goes out now.
    public synchronized void head() {
        if (headNanos < 0) {
            headNanos = ownNanos();
            listeners.forEach(listener -> listener.headed(caller, headNanos / 1000));
        }
    }

    /// The relay's own share of the time until the head went out, in microseconds.
    public synchronized long overheadMicros() {
        return (headNanos < 0 ? ownNanos() : headNanos) / 1000;
    }

    private long ownNanos() {
        return Math.max(0, System.nanoTime() - caller.startedNanos() - waits.nanos());
    }

    /// The answer is whole, and what tells the client so goes out next: the row is kept first,
    /// since nobody may be left to write it afterwards. May be said again when more was counted.
    public void complete() {
        Ledger.Announced known;
        LedgerRow likely;
        synchronized (this) {
            Target asked = target;
            if (finished || asked == null || (announced != null && usage.equals(told))) {
                return;
            }
            told = usage;
            known = announced;
            likely = row(asked, Outcome.ANSWERED, null);
        }
        if (known != null) {
            known.again(likely);
            return;
        }
        Ledger.Announced kept = ledger.announce(likely);
        synchronized (this) {
            announced = kept;
        }
    }

    public void answered() {
        finish(Outcome.ANSWERED, null);
    }

    public void cancelled() {
        finish(Outcome.CANCELLED, ErrorKind.CANCELLED);
    }

    public void failed(ErrorKind kind) {
        finish(kind == ErrorKind.CANCELLED ? Outcome.CANCELLED : Outcome.FAILED, kind);
    }

    public void failed(ProviderException failure) {
        synchronized (this) {
            if (status == 0) {
                status = failure.failure().status();
            }
        }
        failed(failure.kind());
    }

    private void finish(Outcome outcome, @Nullable ErrorKind error) {
        LedgerRow row;
        Ledger.Announced known;
        Budget.@Nullable Hold money;
        synchronized (this) {
            if (finished) {
                return;
            }
            finished = true;
            money = hold;
            leave(outcome == Outcome.ANSWERED);
            row = row(target, outcome, error);
            known = announced;
        }
        if (known != null) {
            known.end(row);
        } else if (row.attempts() > 0) {
            ledger.record(row);
        }
        if (money != null) {
            money.close();
        }
        listeners.forEach(listener -> listener.finished(caller, row));
    }

    /// Ends the attempt under way, for who counts attempts.
    private void leave(boolean worked) {
        Target asked = trying;
        if (asked != null) {
            trying = null;
            long nanos = System.nanoTime() - triedNanos;
            listeners.forEach(
                    listener -> listener.left(caller, asked, worked, contentNanos, nanos));
        }
    }

    private LedgerRow row(@Nullable Target asked, Outcome end, @Nullable ErrorKind error) {
        boolean estimated = asked != null && !counted && isUncounted(end);
        long guess = estimated ? caller.estimatedTokens().getAsLong() : 0;
        Usage last = guess > 0 ? Usage.of(guess, 0) : usage;
        Cost cost = asked == null ? new Cost.Local() : lastPrice.of(asked, last);
        boolean known =
                counted || guess > 0 || end == Outcome.FAILED || !(cost instanceof Cost.Usd);
        Spending all = earlier.plus(last, known ? Spending.usd(cost) : null);
        String model = asked == null ? "" : asked.model();
        return new LedgerRow(
                caller.requestId(),
                caller.at(),
                caller.client(),
                caller.purse().session(),
                caller.key(),
                caller.protocol(),
                caller.requestedModel(),
                asked == null ? "" : asked.provider().id(),
                model,
                end == Outcome.ANSWERED && rescued ? Outcome.RESCUED : end,
                error == null ? null : error.name().toLowerCase(Locale.ROOT),
                status,
                attempts,
                caller.streamed(),
                all.usage().input(),
                all.usage().output(),
                all.usage().cacheRead(),
                all.usage().cacheWrite(),
                all.usage().reasoning(),
                all.usd(),
                asked != null && cost instanceof Cost.Local && earlier.isNone(),
                millis(System.nanoTime() - caller.startedNanos()),
                firstTokenNanos < 0 ? -1 : millis(firstTokenNanos),
                ownNanos() / 1000,
                model.equals(answeredModel) ? null : answeredModel,
                guess > 0);
    }

    /// Whether the provider was at work on the request, and so had its input, when it ended.
    private boolean isUncounted(Outcome end) {
        boolean working = status >= 200 && status < 300;
        return switch (end) {
            case CANCELLED -> working || status == 0;
            case FAILED -> working;
            case ANSWERED, RESCUED -> false;
        };
    }

    private Cost price(Target asked, Usage used) {
        return pricing.cost(asked.provider(), asked.model(), used);
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
