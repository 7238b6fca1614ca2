package hal0.slots.engine;

import com.github.dockerjava.api.async.ResultCallback;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An answer that comes bit by bit.
///
/// **Threads** `sink` is called on docker-java's thread; the others may be called on any. Nothing
/// is given to `sink` that arrives after closing.
public final class Feed<T> implements ResultCallback<T>, AutoCloseable {
    private final Consumer<T> sink;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Object lock = new Object();
    private @Nullable Closeable stream;
    private @Nullable Throwable failure;
    private boolean closed;

    Feed(Consumer<T> sink) {
        this.sink = sink;
    }

    @Override
    public void onStart(Closeable opened) {
        boolean late;
        synchronized (lock) {
            stream = opened;
            late = closed;
        }
        if (late) {
            end(opened);
        }
    }

    @Override
    public void onNext(T item) {
        synchronized (lock) {
            if (closed) {
                return;
            }
        }
        sink.accept(item);
    }

    /// Closing makes the reader fail, which is not worth a word.
    @Override
    public void onError(Throwable cause) {
        synchronized (lock) {
            if (!closed && failure == null) {
                failure = cause;
            }
        }
        ended.countDown();
    }

    @Override
    public void onComplete() {
        ended.countDown();
    }

    /// Returns when the answer has ended or was closed.
    void await() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Deadline.Cancelled("interrupted");
        }
        synchronized (lock) {
            switch (failure) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case IOException e -> throw new UncheckedIOException(e);
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        Closeable open;
        synchronized (lock) {
            closed = true;
            open = stream;
        }
        ended.countDown();
        if (open != null) {
            end(open);
        }
    }

    private static void end(Closeable stream) {
        try {
            stream.close();
        } catch (IOException e) {
            System.getLogger(Feed.class.getName())
                    .log(System.Logger.Level.DEBUG, "stream of an engine did not close", e);
        }
    }
}
