package hal0.home.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The database of a home.
///
/// **Shape** opened, made and migrated when it is first used. Writes follow each other, each in a
/// transaction of its own; reads run beside them, each on one consistent state. Other processes may
/// use the same file. **Errors** [StoreException]; the next use tries to open it anew. **Threads**
/// any; the work runs on threads of the database, and the caller waits.
public final class Database implements AutoCloseable {
    private static final int READERS = 2;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    private final Connections connections;
    private final ExecutorService writing;
    private final ExecutorService reading;
    private final Queue<Connection> readers = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean migrated;
    private @Nullable Connection writer; // only on the writing thread

    /// Work on a connection whose transaction has begun; it must not end it.
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    private Database(Connections connections) {
        this.connections = connections;
        this.writing =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("store-write").daemon().factory());
        this.reading =
                Executors.newFixedThreadPool(
                        READERS, Thread.ofPlatform().name("store-read-", 1).daemon().factory());
    }

    /// Names the file; nothing is opened yet.
    public static Database at(Path file) {
        return new Database(new Connections(file, Migration::all));
    }

    static Database at(Path file, List<Migration> migrations) {
        return new Database(new Connections(file, () -> migrations));
    }

    /// Runs work that changes something: all of it is kept, or nothing when it throws.
    public <T extends @Nullable Object> T write(Work<T> work) {
        return await(writing, () -> transaction(work));
    }

    /// Runs work that only reads.
    public <T extends @Nullable Object> T read(Work<T> work) {
        if (!migrated) {
            await(
                    writing,
                    () -> {
                        opened();
                        return true;
                    });
        }
        return await(reading, () -> snapshot(work));
    }

    /// The version of its schema.
    public int version() {
        return read(Schema::version);
    }

    private Connection opened() {
        Connection open = writer;
        if (open == null) {
            open = connections.openWriter();
            writer = open;
            migrated = true;
        }
        return open;
    }

    private <T extends @Nullable Object> T transaction(Work<T> work) {
        Connection connection = opened();
        try {
            Transactions.begin(connection);
            T result = work.run(connection);
            Transactions.commit(connection);
            return result;
        } catch (SQLException e) {
            // What state it is in is not known: the next use gets a new one.
            dropWriter(connection);
            throw connections.failure(e);
        } catch (RuntimeException | Error e) {
            rollback(connection);
            throw e;
        }
    }

    private void rollback(Connection connection) {
        try {
            Transactions.rollback(connection);
        } catch (SQLException _) {
            dropWriter(connection); // closing rolls back too
        }
    }

    private void dropWriter(Connection connection) {
        writer = null;
        closeQuietly(connection);
    }

    private <T extends @Nullable Object> T snapshot(Work<T> work) {
        Connection idle = readers.poll();
        Connection connection = idle == null ? connections.openReader() : idle;
        boolean clean = false;
        try {
            T result = work.run(connection);
            connection.rollback();
            clean = true;
            return result;
        } catch (SQLException e) {
            throw connections.failure(e);
        } finally {
            if (clean) {
                readers.add(connection);
            } else {
                closeQuietly(connection);
            }
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // It is not used again, and what was to be told about it was told before.
        }
    }

    private <T extends @Nullable Object> T await(ExecutorService threads, Callable<T> work) {
        try {
            Future<T> result = threads.submit(work);
            return result.get();
        } catch (RejectedExecutionException e) {
            throw new StoreException("the database is closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the database", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException fault -> throw fault;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// Ends what is under way, then closes. Closing twice is fine.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        reading.shutdown();
        awaitEnd(reading);
        writing.execute(this::closeAll);
        writing.shutdown();
        awaitEnd(writing);
    }

    private void closeAll() {
        for (Connection reader = readers.poll(); reader != null; reader = readers.poll()) {
            closeQuietly(reader);
        }
        if (writer != null) {
            closeQuietly(writer); // last: it empties the log into the database
            writer = null;
        }
    }

    private static void awaitEnd(ExecutorService threads) {
        try {
            if (!threads.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
