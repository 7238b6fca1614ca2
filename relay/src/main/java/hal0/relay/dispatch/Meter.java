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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Follows one request from its arrival to its end and writes its ledger row, exactly once,
/// whatever becomes of it. A request that was never tried upstream leaves no row.
///
/// **Threads** any; the first way of ending counts.
public final class Meter {

    /// Who asks, by which protocol, for what; `estimatedTokens` is a guess of what the request has.
    public record Caller(
            String requestId,
            Instant at,
            long startedNanos,
            String client,
            @Nullable String session,
            @Nullable String key,
            String protocol,
            String requestedModel,
            boolean streamed,
            LongSupplier estimatedTokens) {}

    /// What an answer of that model costs.
    public interface Pricing {
        Cost cost(Provider provider, String model, Usage usage);
    }

    /// What one target that did not finish the answer had counted.
    private record Share(Target target, Usage usage) {}

    private final Ledger ledger;
    private final Pricing pricing;
    private final Caller caller;
    private Budget.@Nullable Hold hold;
    private boolean finished;
    private @Nullable Target target;
    private Usage usage = Usage.NONE;
    private boolean counted;
    private final List<Share> abandoned = new ArrayList<>(0);
    private boolean rescued;
    private int attempts;
    private int status;
    private long firstTokenNanos = -1;
    private long waitedNanos;
    private long headNanos = -1;

    public Meter(Ledger ledger, Pricing pricing, Caller caller) {
        this.ledger = ledger;
        this.pricing = pricing;
        this.caller = caller;
    }

    public Caller caller() {
        return caller;
    }

    /// Money that is set aside until the row is written, in place of what was set aside before.
    synchronized void holds(Budget.Hold money) {
        if (hold != null) {
            hold.close();
        }
        hold = money;
    }

    /// A call goes out. What the one before it counted stays counted.
    public synchronized void attempt(Target next) {
        if (counted && target != null) {
            abandoned.add(new Share(target, usage));
            usage = Usage.NONE;
            counted = false;
        }
        target = next;
        status = 0;
        attempts++;
    }

    /// The call could not be made after all.
    synchronized void notCalled() {
        attempts--;
    }

    /// The calls so far.
    public synchronized int attempts() {
        return attempts;
    }

    /// After all have failed, the client is told the failure of that target.
    synchronized void tells(Target failed, ProviderException failure) {
        target = failed;
        status = failure.failure().status();
    }

    /// An answer that had broken off is gone on with.
    synchronized void wentOn() {
        rescued = true;
    }

    /// Who was called last.
    public synchronized @Nullable Target target() {
        return target;
    }

    /// What all who took part in the answer have counted.
    public synchronized Usage usageInAll() {
        Usage all = usage;
        for (Share share : abandoned) {
            all = all.plus(share.usage());
        }
        return all;
    }

    /// Whether anybody upstream was asked.
    public synchronized boolean isTried() {
        return attempts > 0;
    }

    public synchronized void status(int upstreamStatus) {
        status = upstreamStatus;
    }

    /// The provider's count so far; the last one stands.
    public synchronized void usage(Usage report) {
        usage = report;
        counted = true;
    }

    /// Something that a reader can see has come.
    public synchronized void firstToken() {
        if (firstTokenNanos < 0) {
            firstTokenNanos = System.nanoTime() - caller.startedNanos();
        }
    }

    /// Time spent waiting for the upstream or for the client's body, which is not the relay's own.
    public synchronized void waited(long nanos) {
        waitedNanos += nanos;
    }

    /// The head of the answer goes out now.
    public synchronized void head() {
        if (headNanos < 0) {
            headNanos = System.nanoTime() - caller.startedNanos();
        }
    }

    /// The relay's own share of the time until the head went out, in microseconds.
    public synchronized long overheadMicros() {
        long until = headNanos < 0 ? System.nanoTime() - caller.startedNanos() : headNanos;
        return Math.max(0, (until - waitedNanos) / 1000);
    }

    /// What an answer of these numbers costs, which are those of all who took part in it.
    synchronized Cost cost(Target answering, Usage told) {
        if (abandoned.isEmpty()) {
            return pricing.cost(answering.provider(), answering.model(), told);
        }
        Cost own = pricing.cost(answering.provider(), answering.model(), usage);
        BigDecimal sum = withAbandoned(usd(own, Outcome.RESCUED));
        return sum == null ? new Cost.Unknown() : new Cost.Usd(sum);
    }

    public synchronized void answered() {
        finish(rescued ? Outcome.RESCUED : Outcome.ANSWERED, null);
    }

    public synchronized void cancelled() {
        finish(Outcome.CANCELLED, ErrorKind.CANCELLED);
    }

    public synchronized void failed(ErrorKind kind) {
        finish(kind == ErrorKind.CANCELLED ? Outcome.CANCELLED : Outcome.FAILED, kind);
    }

    public synchronized void failed(ProviderException failure) {
        if (status == 0) {
            status = failure.failure().status();
        }
        failed(failure.kind());
    }

    private void finish(Outcome outcome, @Nullable ErrorKind error) {
        Target tried = target;
        if (tried != null && !finished) {
            finished = true;
            write(tried, outcome, error);
        }
        if (hold != null) {
            hold.close();
        }
    }

    private void write(Target tried, Outcome outcome, @Nullable ErrorKind error) {
        Usage used = usageInAll();
        Cost cost = pricing.cost(tried.provider(), tried.model(), usage);
        ledger.record(
                new LedgerRow(
                        caller.requestId(),
                        caller.at(),
                        caller.client(),
                        caller.session(),
                        caller.key(),
                        caller.protocol(),
                        caller.requestedModel(),
                        tried.provider().id(),
                        tried.model(),
                        outcome,
                        error == null ? null : error.name().toLowerCase(Locale.ROOT),
                        status,
                        attempts,
                        caller.streamed(),
                        used.input(),
                        used.output(),
                        used.cacheRead(),
                        used.cacheWrite(),
                        used.reasoning(),
                        withAbandoned(usd(cost, outcome)),
                        cost instanceof Cost.Local && abandoned.isEmpty(),
                        millis(System.nanoTime() - caller.startedNanos()),
                        firstTokenNanos < 0 ? -1 : millis(firstTokenNanos),
                        overheadMicros()));
    }

    /// What nobody counted has no known cost, unless nothing was answered.
    private @Nullable BigDecimal usd(Cost cost, Outcome outcome) {
        return switch (cost) {
            case Cost.Local _ -> BigDecimal.ZERO;
            case Cost.Unknown _ -> null;
            case Cost.Usd(BigDecimal amount) ->
                    counted || outcome == Outcome.FAILED ? amount : null;
        };
    }

    /// With what the targets cost that did not finish the answer; unknown where one of them is.
    private @Nullable BigDecimal withAbandoned(@Nullable BigDecimal own) {
        BigDecimal sum = own;
        for (Share share : abandoned) {
            BigDecimal more =
                    switch (pricing.cost(
                            share.target().provider(), share.target().model(), share.usage())) {
                        case Cost.Local _ -> BigDecimal.ZERO;
                        case Cost.Unknown _ -> null;
                        case Cost.Usd(BigDecimal amount) -> amount;
                    };
            sum = sum == null || more == null ? null : sum.add(more);
        }
        return sum;
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
