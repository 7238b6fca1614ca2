package hal0.slots.engine;

import hal0.providers.http.CancelToken;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Ends a call to an engine that takes too long or that nobody wants any more.
///
/// The call has a thread of its own, since an interrupt closes the socket that it blocks on.
final class Deadline {

    /// The engine took longer than it may.
    static final class Missed extends RuntimeException {
        Missed(Duration limit) {
            super("no answer in " + limit.toSeconds() + " s");
        }
    }

    /// Nobody waits for the call any more.
    static final class Cancelled extends RuntimeException {
        Cancelled(@Nullable String reason) {
            super(reason == null ? "cancelled" : reason);
        }
    }

    private Deadline() {}

    static <T extends @Nullable Object> T call(
            Duration limit, CancelToken cancel, Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread thread = Thread.ofVirtual().name("slot-engine-call").unstarted(task);
        thread.start();
        try (CancelToken.Registration _ = cancel.onCancel(() -> task.cancel(true))) {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new Missed(limit);
        } catch (java.util.concurrent.CancellationException e) {
            throw new Cancelled(cancel.reason());
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted");
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default ->
                    new IllegalStateException("a supplier throws nothing checked", cause);
        };
    }
}
