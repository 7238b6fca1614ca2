package hal0.relay.dispatch;

import hal0.home.ledger.LedgerRow;
import hal0.relay.control.LocalRequests;
import hal0.relay.control.Pulse;
import hal0.relay.control.RequestInfo;
import hal0.relay.control.RequestInfo.Try;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Remembers the requests under way and the last that are over, with their decision and attempts.
///
/// **Threads** any; never blocks for longer than it takes to note a line.
public final class RequestTrail implements RequestListener, LocalRequests.Trail {
    /// How many that are over are remembered.
    public static final int REMEMBERED = 200;

    private static final int LONGEST_ERROR = 600;

    private final Pulse pulse;
    private final ReentrantLock lock = new ReentrantLock();
    private final IdentityHashMap<Meter.Caller, Trace> running = new IdentityHashMap<>();
    private final ArrayDeque<RequestInfo> over = new ArrayDeque<>(REMEMBERED);

    /// Who looks is told when a request begins or ends.
    public RequestTrail(Pulse pulse) {
        this.pulse = pulse;
    }

    /// What is known of one under way; guarded by the lock.
    private static final class Trace {
        final Meter.Caller caller;
        final List<Try> tries = new ArrayList<>();
        @Nullable Decision decision;
        @Nullable Target trying;
        @Nullable String error;
        long headUs = -1;

        Trace(Meter.Caller caller) {
            this.caller = caller;
        }

        RequestInfo told(@Nullable LedgerRow row) {
            Decision decided = decision;
            List<Try> all = new ArrayList<>(tries);
            if (trying != null) {
                all.add(new Try(trying.toString(), null, -1, error));
            }
            return new RequestInfo(
                    caller.requestId(),
                    caller.at(),
                    caller.client(),
                    caller.purse().session(),
                    caller.protocol(),
                    Router.bounded(caller.requestedModel()),
                    caller.streamed(),
                    row == null
                            ? (System.nanoTime() - caller.startedNanos()) / 1_000_000
                            : row.latencyMs(),
                    decided == null ? "" : decided.path(),
                    decided == null
                            ? List.of()
                            : decided.targets().stream().map(Target::toString).toList(),
                    decided == null ? List.of() : decided.tried(),
                    all,
                    headUs,
                    row);
        }
    }

    private interface Noting {
        void on(Trace trace);
    }

    private void note(Meter.Caller caller, Noting noting) {
        lock.lock();
        try {
            Trace trace = running.get(caller);
            if (trace != null) {
                noting.on(trace);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void begun(Meter.Caller caller) {
        lock.lock();
        try {
            running.put(caller, new Trace(caller));
        } finally {
            lock.unlock();
        }
        pulse.beat();
    }

    @Override
    public void decided(Meter.Caller caller, Decision decision) {
        note(caller, trace -> trace.decision = decision);
    }

    @Override
    public void tried(Meter.Caller caller, Target target) {
        note(
                caller,
                trace -> {
                    trace.trying = target;
                    trace.error = null;
                });
    }

    @Override
    public void failed(Meter.Caller caller, String reason) {
        String cut =
                reason.length() > LONGEST_ERROR ? reason.substring(0, LONGEST_ERROR) + "…" : reason;
        note(caller, trace -> trace.error = cut);
    }

    @Override
    public void left(
            Meter.Caller caller,
            Target target,
            boolean worked,
            long firstContentNanos,
            long nanos) {
        note(
                caller,
                trace -> {
                    trace.tries.add(
                            new Try(
                                    target.toString(),
                                    nanos / 1_000_000,
                                    firstContentNanos < 0 ? -1 : firstContentNanos / 1_000_000,
                                    worked ? null : trace.error));
                    trace.trying = null;
                    trace.error = null;
                });
    }

    @Override
    public void headed(Meter.Caller caller, long overheadMicros) {
        note(caller, trace -> trace.headUs = overheadMicros);
    }

    @Override
    public void finished(Meter.Caller caller, LedgerRow row) {
        lock.lock();
        try {
            Trace trace = running.remove(caller);
            if (trace != null) {
                if (over.size() == REMEMBERED) {
                    over.removeLast();
                }
                over.addFirst(trace.told(row));
            }
        } finally {
            lock.unlock();
        }
        pulse.beat();
    }

    @Override
    public List<RequestInfo> remembered() {
        lock.lock();
        try {
            List<RequestInfo> all = new ArrayList<>(running.size() + over.size());
            running.values().forEach(trace -> all.add(trace.told(null)));
            all.addAll(over);
            return all;
        } finally {
            lock.unlock();
        }
    }
}
