package hal0.tui;

import hal0.tui.state.UiEvent;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// Tells how many commands of the agent run, each time that this changes.
///
/// **Shape** it looks once a second, only while one runs. **Threads** any asks it to look; one
/// looks.
final class JobWatch implements AutoCloseable {
    private final IntSupplier running;
    private final Consumer<UiEvent> sink;
    private final Executor threads;
    private final AtomicBoolean watching = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int told;

    JobWatch(IntSupplier running, Consumer<UiEvent> sink, Executor threads) {
        this.running = running;
        this.sink = sink;
        this.threads = threads;
    }

    /// A command may have begun or ended.
    void look() {
        if ((told > 0 || running.getAsInt() > 0) && watching.compareAndSet(false, true)) {
            threads.execute(this::watch);
        }
    }

    private void watch() {
        try {
            boolean over = false;
            while (!over) {
                int now = running.getAsInt();
                if (now != told) {
                    told = now;
                    sink.accept(new UiEvent.CommandsRun(now));
                }
                over = now == 0 || closed.await(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException _) {
            // The screen ends; nobody is to be told any more.
            Thread.currentThread().interrupt();
        } finally {
            watching.set(false);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
