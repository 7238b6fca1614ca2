package hal0.home.memory;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import hal0.home.store.Database;
import hal0.home.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gives notes their vectors, in the background: the newest first, and all again when the model
/// changes, gradually. What was not done when the program ended is done when it runs again.
///
/// **Shape** a model that cannot be asked is asked again after a pause that doubles with each
/// failure, which is told once; a text that it refuses is asked for in part, and then goes without.
/// **Threads** one of its own, from `start` to `close`; the rest from any.
public final class Embedding implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Embedding.class.getName());

    /// When it looks, and how long it leaves a failing model alone.
    record Pace(Duration start, Duration idle, Duration pause, Duration longestPause) {
        static final Pace USUAL =
                new Pace(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(10));
    }

    /// How far it is, for people.
    ///
    /// **Shape** `model` is empty without one; `problem` is null while all is well.
    public record Progress(String model, long waiting, @Nullable String problem) {}

    private final Database database;
    private final Path file;
    private final Embedder embedder;
    private final Consumer<String> tell;
    private final Pace pace;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable String problem;
    private Duration pause;

    private Embedding(
            Database database, Path file, Embedder embedder, Consumer<String> tell, Pace pace) {
        this.database = database;
        this.file = file;
        this.embedder = embedder;
        this.tell = tell;
        this.pace = pace;
        this.pause = pace.pause();
        this.thread = Thread.ofVirtual().name("memory-embedding").unstarted(this::run);
    }

    /// Begins; `tell` hears of what does not work, once, and is never called after `close`.
    public static Embedding start(
            Database database, Path file, Embedder embedder, Consumer<String> tell) {
        return start(database, file, embedder, tell, Pace.USUAL);
    }

    static Embedding start(
            Database database, Path file, Embedder embedder, Consumer<String> tell, Pace pace) {
        Embedding embedding = new Embedding(database, file, embedder, tell, pace);
        embedding.thread.start();
        return embedding;
    }

    /// There may be something to do: a note is new, or the model another.
    public void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    public Progress progress() {
        Progress now = progress(database, file, embedder.model());
        return new Progress(now.model(), now.waiting(), problem);
    }

    /// How far a home is while nothing is done about it.
    public static Progress progress(Database database, Path file, String model) {
        boolean none = model.isEmpty() || !Files.exists(file);
        return new Progress(
                model,
                none
                        ? 0
                        : database.read(c ->
                                VectorTable.countWaiting(c, VectorTable.latestModel(c, model))),
                null);
    }

    private void run() {
        try {
            rest(pace.start());
            while (!closed) {
                rest(step());
            }
        } catch (InterruptedException _) {
            // It was closed.
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.log(ERROR, "notes get no vectors any more", e);
            }
        }
    }

    private void rest(Duration most) throws InterruptedException {
        if (most.isPositive()) {
            var _ = wake.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
            wake.drainPermits();
        }
    }

    /// Does what can be done at once, and says how long there is nothing to do after that.
    private Duration step() throws InterruptedException {
        String model = embedder.model();
        if (model.isEmpty() || !Files.exists(file)) {
            return pace.idle();
        }
        try {
            boolean more = new EmbeddingBatch(database, embedder, model).run();
            worked();
            return more ? Duration.ZERO : pace.idle();
        } catch (EmbedderException e) {
            return failed(String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private void worked() {
        pause = pace.pause();
        if (problem != null) {
            problem = null;
            LOG.log(INFO, "notes get their vectors again");
        }
    }

    /// New notes do not wake it from this pause: they would fail as those before them.
    private Duration failed(String reason) throws InterruptedException {
        if (closed || Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
        if (problem == null) {
            tell.accept(reason);
        }
        problem = reason;
        long until = System.nanoTime() + pause.toNanos();
        String model = embedder.model();
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(pace.longestPause()) > 0 ? pace.longestPause() : doubled;
        while (embedder.model().equals(model) && until - System.nanoTime() > 0) {
            rest(Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime())));
        }
        return Duration.ZERO;
    }

    /// Ends what is under way; the rest is done another time.
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
