package hal0.providers.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Does the same for many providers at once, but not for too many.
public final class SideBySide {
    private SideBySide() {}

    /// What `work` makes of each, in their order, at most `atOnce` at a time.
    ///
    /// **Errors** the first that `work` threw.
    public static <T, R> List<R> each(List<T> items, int atOnce, Function<T, R> work)
            throws InterruptedException {
        Semaphore permits = new Semaphore(atOnce);
        List<FutureTask<R>> tasks = new ArrayList<>();
        for (T item : items) {
            FutureTask<R> task =
                    new FutureTask<>(() -> {
                        permits.acquire();
                        try {
                            return work.apply(item);
                        } finally {
                            permits.release();
                        }
                    });
            tasks.add(task);
            Thread.ofVirtual().name("probe " + item).start(task);
        }
        List<R> results = new ArrayList<>();
        for (FutureTask<R> task : tasks) {
            results.add(result(task));
        }
        return results;
    }

    private static <R> R result(FutureTask<R> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException("a probe failed", e.getCause());
        }
    }
}
