package hal0.agent;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets pieces of an answer gather that come faster than anybody reads.
///
/// Each that is waited for by itself wakes a thread and asks the system once, which took a third of
/// the time that reading a swift answer cost. The first piece, those that come slowly and those
/// that are there already are not held up; the others come [#PAUSE] later at most.
///
/// **Units** nanoseconds. **Threads** that of whoever reads the answer.
final class Gathering {
    /// Whoever waited longer than this found nothing there.
    static final long WAITED = 300_000L;

    /// Pieces that come further apart than this are slow.
    static final long SLOW = 5_000_000L;

    /// Half of the time between two drawings of an answer.
    static final long PAUSE = 16_000_000L;

    private final LongSupplier nanoTime;
    private final LongConsumer pause;
    private boolean alone;

    Gathering() {
        this(System::nanoTime, LockSupport::parkNanos);
    }

    Gathering(LongSupplier nanoTime, LongConsumer pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    /// The next piece. Whatever was to be done with the one before is done by now, so that none is
    /// kept from being seen.
    <T> @Nullable T next(Supplier<@Nullable T> source) {
        if (alone) {
            pause.accept(PAUSE);
        }
        long asked = nanoTime.getAsLong();
        @Nullable T piece = source.get();
        long waited = nanoTime.getAsLong() - asked;
        alone = waited > WAITED && waited < SLOW;
        return piece;
    }
}
