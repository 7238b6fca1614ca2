package hal0.tui;

import hal0.home.ledger.Tally;
import hal0.home.store.StoreException;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.SlotInfo;
import hal0.tui.state.Glance;
import hal0.tui.state.UiEvent;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Looks at relay and slots for the status line, when somebody says that they may have changed.
///
/// **Shape** looks that are wanted while one is under way become one; between two of them lies a
/// second. **Threads** one of its own, which waits without a clock while nothing happens; `wake`
/// any.
final class Glances implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Glances.class.getName());
    private static final long GAP_NANOS = 1_000_000_000L;

    private final InstantSource clock;
    private final Consumer<UiEvent> sink;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private boolean wanted;
    private boolean closed;

    Glances(InstantSource clock, Consumer<UiEvent> sink) {
        this.clock = clock;
        this.sink = sink;
    }

    void wake() {
        lock.lock();
        try {
            wanted = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Looks until it is closed.
    void run(ControlPlane plane) {
        try (var _ = plane.requests().onChange(this::wake)) {
            while (awaitWish()) {
                look(plane);
                pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitWish() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!wanted && !closed) {
                change.await();
            }
            wanted = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void pause() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = GAP_NANOS;
            while (left > 0 && !closed) {
                left = change.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void look(ControlPlane plane) {
        try {
            sink.accept(new UiEvent.Glanced(plane.status(), glance(plane)));
        } catch (RuntimeException e) {
            // Whoever asks something of the relay is told why; here it is only not known.
            LOG.log(System.Logger.Level.DEBUG, "the relay cannot be looked at", e);
            sink.accept(new UiEvent.Glanced(null, Glance.NOTHING));
        }
    }

    private Glance glance(ControlPlane plane) {
        List<SlotInfo> slots = slots(plane);
        return new Glance(
                count(slots, SlotInfo::isReady),
                count(slots, SlotInfo::isUnderWay),
                count(slots, SlotInfo::isFailed),
                spent(plane),
                Looks.waiting(plane).size());
    }

    /// A full disk keeps the ledger from being read, and the relay answers all the same.
    private BigDecimal spent(ControlPlane plane) {
        try {
            return Looks.others(plane, clock.instant()).stream()
                    .map(Tally::costUsd)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "what others spent is not known", e);
            return BigDecimal.ZERO;
        }
    }

    private static int count(List<SlotInfo> slots, Predicate<SlotInfo> which) {
        return (int) slots.stream().filter(which).count();
    }

    /// Without a relay that listens there are none.
    private static List<SlotInfo> slots(ControlPlane plane) {
        try {
            return plane.slots().all();
        } catch (ControlException e) {
            return List.of();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
