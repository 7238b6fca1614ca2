package hal0.home.memory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/// The vectors of queries, for which nobody waits long.
///
/// **Shape** those asked for last are kept. One that comes too late for its search serves the next.
/// After a failure nobody is asked for a while, so that each search is not held up anew.
/// **Threads** any.
final class Queries {
    private static final int KEPT = 256;
    private static final int LONGEST = 2_000;

    /// A model that hangs shall not gather who asks it.
    private static final int AT_ONCE = 4;

    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Embedder embedder;
    private final Duration patience;
    private final LongSupplier nanos;
    private final Map<Asked, FutureTask<float[]>> asked = new LinkedHashMap<>(16, 0.75f, true);
    private int asking;
    private boolean failed;
    private long failedAt;

    private record Asked(String model, String query) {}

    /// The vector of a query, and the name of the model that it is by.
    record Answer(String model, float[] vector) {}

    Queries(Embedder embedder, Duration patience, LongSupplier nanos) {
        this.embedder = embedder;
        this.patience = patience;
        this.nanos = nanos;
    }

    /// A vector that may be on its way.
    interface Pending {
        /// Waits for it, but not for long.
        Optional<Answer> await();
    }

    /// Begins to ask, where there is whom to ask.
    Pending begin(String query) {
        String model = embedder.model();
        if (model.isEmpty() || query.isBlank()) {
            return Optional::empty;
        }
        String cut = query.length() > LONGEST ? query.substring(0, LONGEST) : query;
        Optional<FutureTask<float[]>> task = task(new Asked(model, cut.strip()));
        long until = nanos.getAsLong() + patience.toNanos();
        return () -> task.flatMap(running -> awaited(running, model, until));
    }

    /// Empty while nobody is asked.
    private synchronized Optional<FutureTask<float[]>> task(Asked wanted) {
        FutureTask<float[]> known = asked.get(wanted);
        if (known != null) {
            return Optional.of(known);
        }
        boolean silent = failed && nanos.getAsLong() - failedAt < SILENCE.toNanos();
        if (silent || asking == AT_ONCE) {
            return Optional.empty();
        }
        FutureTask<float[]> task = new FutureTask<>(() -> ask(wanted));
        asked.put(wanted, task);
        asking++;
        if (asked.size() > KEPT) {
            asked.remove(asked.keySet().iterator().next());
        }
        Thread.ofVirtual().name("memory-query").start(task);
        return Optional.of(task);
    }

    private float[] ask(Asked wanted) {
        boolean done = false;
        try {
            float[] vector = embedder.embed(List.of(wanted.query())).getFirst();
            var _ = Direction.of(vector); // one without a direction is as good as none
            done = true;
            return vector;
        } finally {
            ended(wanted, done);
        }
    }

    private synchronized void ended(Asked wanted, boolean done) {
        asking--;
        failed = !done;
        if (!done) {
            failedAt = nanos.getAsLong();
            asked.remove(wanted);
        }
    }

    private Optional<Answer> awaited(FutureTask<float[]> task, String model, long until) {
        try {
            long left = Math.max(0, until - nanos.getAsLong());
            return Optional.of(new Answer(model, task.get(left, TimeUnit.NANOSECONDS)));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            // The words find what they find; that the model fails is told by who embeds the notes.
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
