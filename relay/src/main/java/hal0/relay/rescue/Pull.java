package hal0.relay.rescue;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes from a source that blocks, without having to wait as long as it does.
///
/// **Shape** a take that was not waited for stays under way, and the next one gets what it brings.
/// **Threads** one taker; the source is asked from one thread at a time, by turns from another.
public final class Pull<T extends @Nullable Object> {
    private final Supplier<T> source;
    private @Nullable FutureTask<T> underWay;

    public Pull(Supplier<T> source) {
        this.source = source;
    }

    /// Whether something can be taken within that time; what the source throws is taken too.
    public boolean isReady(Duration patience) {
        FutureTask<T> task = underWay;
        if (task == null) {
            task = new FutureTask<>(source::get);
            underWay = task;
            Thread.ofVirtual().name("relay-held-answer").start(task);
        }
        try {
            task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            // Thrown again by who takes.
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Whether something was waited for in vain and is still to be taken.
    public boolean isUnderWay() {
        return underWay != null;
    }

    /// The next thing, however long it takes.
    ///
    /// **Errors** what the source throws.
    public T take() {
        FutureTask<T> task = underWay;
        if (task == null) {
            return source.get();
        }
        underWay = null;
        while (true) {
            try {
                return task.get();
            } catch (ExecutionException e) {
                throw rethrown(e);
            } catch (InterruptedException e) {
                // The source ends by being closed, which who interrupts does.
                return interrupted(task);
            }
        }
    }

    private static <T extends @Nullable Object> T interrupted(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw rethrown(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted twice while an answer was taken", e);
        } finally {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException rethrown(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
            return failure;
        }
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a source threw what it does not declare", e);
    }
}
