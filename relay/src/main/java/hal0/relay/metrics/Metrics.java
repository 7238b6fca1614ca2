package hal0.relay.metrics;

import hal0.home.ledger.LedgerRow;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.RequestListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Counts requests for whoever reads `/metrics`.
///
/// **Shape** the library behind it takes a tenth of a second to load, so the first request has it
/// loaded on another thread; what ends meanwhile is counted when it is there. **Threads** any; a
/// request never waits.
public final class Metrics implements RequestListener {
    private final LongAdder inFlight = new LongAdder();
    private final List<Gauge> gauges = new CopyOnWriteArrayList<>();
    private final Queue<LedgerRow> early = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean loading = new AtomicBoolean();
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Families families;

    public Metrics() {
        add(Gauge.of("hal0_inflight", "Requests for a model under way.", inFlight::sum));
    }

    /// Shows a state that somebody else keeps; before the first reading.
    public void add(Gauge gauge) {
        gauges.add(gauge);
    }

    @Override
    public void begun(Meter.Caller caller) {
        inFlight.increment();
        if (!loading.get() && !loading.getAndSet(true)) {
            Thread.ofVirtual().name("metrics-load").start(this::families);
        }
    }

    @Override
    public void finished(Meter.Caller caller, LedgerRow row) {
        inFlight.decrement();
        Families known = families;
        if (known != null) {
            known.count(row);
            return;
        }
        early.add(row);
        if (families != null) {
            countEarly(); // it was made just now
        }
    }

    /// All numbers in Prometheus' text format.
    public byte[] text() {
        return families().text();
    }

    private Families families() {
        Families known = families;
        if (known == null) {
            making.lock();
            try {
                known = families;
                if (known == null) {
                    known = new Families(gauges);
                    families = known;
                }
            } finally {
                making.unlock();
            }
        }
        countEarly();
        return known;
    }

    private void countEarly() {
        Families known = families;
        if (known == null) {
            return;
        }
        for (LedgerRow row = early.poll(); row != null; row = early.poll()) {
            known.count(row);
        }
    }
}
