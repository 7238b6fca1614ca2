package hal0.tui;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts what was begun and is not over, so that somebody can wait for all of it.
///
/// **Threads** any.
final class Workload {
    private final AtomicInteger under = new AtomicInteger();
    private final Runnable idle;

    /// `idle` is run whenever nothing is left.
    Workload(Runnable idle) {
        this.idle = idle;
    }

    boolean isIdle() {
        return under.get() == 0;
    }

    Executor counting(Executor executor) {
        return task -> {
            under.incrementAndGet();
            boolean taken = false;
            try {
                executor.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        over();
                    }
                });
                taken = true;
            } finally {
                if (!taken) {
                    over();
                }
            }
        };
    }

    private void over() {
        if (under.decrementAndGet() == 0) {
            idle.run();
        }
    }
}
