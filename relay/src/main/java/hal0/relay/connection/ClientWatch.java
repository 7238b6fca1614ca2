package hal0.relay.connection;

import hal0.providers.http.CancelToken;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The reading side of one client connection, which can be watched while a request runs.
///
/// A client that closes its sending side counts as gone, as it does for most HTTP servers.
///
/// **Threads** `get`, `watch`, `lingerAtEnd` and `linger` by the connection's thread; `readAhead`
/// by the sweeper. At most one thread reads the socket at any time: while the server itself waits
/// for bytes (a body that is still being sent) nobody reads ahead, and the server sees the end.
public final class ClientWatch implements Supplier<byte[]> {
    /// The watch of the connection whose request this thread handles.
    public static final ScopedValue<ClientWatch> CURRENT = ScopedValue.newInstance();

    private static final int KEEP_AT_MOST = 64 * 1024;

    private final Supplier<byte @Nullable []> socket;
    private final ClientSweeper sweeper;
    private final SlowClient slow;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private int aheadBytes;
    private boolean reading;
    private boolean serverReads;
    private boolean ended;
    private boolean lingers;
    private @Nullable RuntimeException failure;
    private @Nullable CancelToken running;
    private long runningSince;

    /// `socket` blocks for bytes and gives null at the end of the connection.
    ClientWatch(Supplier<byte @Nullable []> socket, ClientSweeper sweeper, SlowClient slow) {
        this.socket = socket;
        this.sweeper = sweeper;
        this.slow = slow;
    }

    /// Cancels `token` when the client leaves, until the returned watching is closed.
    public Watching watch(CancelToken token) {
        return watch(token, null);
    }

    /// The same; `late` is the whole answer for a client that takes too long over its body.
    public Watching watch(CancelToken token, @Nullable Supplier<byte[]> late) {
        lock.lock();
        try {
            slow.begin(late);
            running = token;
            runningSince = System.nanoTime();
            if (ended) {
                token.cancel("the client left");
            }
        } finally {
            lock.unlock();
        }
        sweeper.started();
        return () -> {
            lock.lock();
            try {
                slow.end();
                running = null;
            } finally {
                lock.unlock();
            }
            sweeper.finished();
        };
    }

    /// The next bytes for the server: those read ahead first.
    @Override
    @SuppressWarnings("NullAway") // null is how the server library is told of the end
    public byte[] get() {
        byte[] bytes = next();
        if (bytes == null && !isHandled()) {
            // The library takes an end within a head for a fault of its own.
            throw new CloseConnectionException(
                    "the client left between its requests, or in a head");
        }
        return bytes;
    }

    /// Whether a request is being answered: its head has been understood.
    public boolean isHandled() {
        lock.lock();
        try {
            return running != null;
        } finally {
            lock.unlock();
        }
    }

    private byte @Nullable [] next() {
        lock.lock();
        try {
            slow.reads(running != null);
            while (reading && ahead.isEmpty() && !ended) {
                changed.await();
            }
            byte[] kept = ahead.poll();
            if (kept != null) {
                aheadBytes -= kept.length;
                return kept;
            }
            if (failure != null) {
                throw failure;
            }
            if (ended) {
                return null;
            }
            serverReads = true;
        } catch (InterruptedException e) {
            if (!slow.gaveUp()) {
                Thread.currentThread().interrupt();
            }
            return null;
        } finally {
            if (!serverReads) {
                slow.hasRead();
            }
            lock.unlock();
        }
        try {
            return socket.get();
        } finally {
            serverHasRead();
        }
    }

    private void serverHasRead() {
        lock.lock();
        try {
            serverReads = false;
            slow.hasRead();
            if (slow.gaveUp()) {
                // The interrupt was for the read only; what follows still has to be put in order.
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Before this connection is closed, takes what the client is still sending: closing on unread
    /// bytes would reset the connection and destroy the answer on its way.
    public void lingerAtEnd() {
        lingers = true;
    }

    /// No further request is taken from this connection.
    public void endAfterThis() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Takes and drops what still comes, if that was asked for.
    void linger(Linger limits) {
        if (!lingers) {
            return;
        }
        AtomicLong lastRead = new AtomicLong(System.nanoTime());
        long end = lastRead.get() + limits.longest().toNanos();
        AtomicBoolean over = new AtomicBoolean();
        Thread reader = Thread.currentThread();
        Thread.ofVirtual()
                .name("relay-linger")
                .start(() -> {
                    while (!over.get()) {
                        long until = Math.min(end, lastRead.get() + limits.quiet().toNanos());
                        long left = until - System.nanoTime();
                        if (left > 0) {
                            LockSupport.parkNanos(left);
                        } else if (over.compareAndSet(false, true)) {
                            reader.interrupt();
                        }
                    }
                });
        try {
            while (!over.get() && get() != null) {
                // Dropped: this is the rest of a request that was refused.
                lastRead.set(System.nanoTime());
            }
        } catch (RuntimeException e) {
            // The client has gone, or was waited for long enough.
        }
        if (!over.compareAndSet(false, true)) {
            // The alarm's interrupt was for the read above only.
            Thread.interrupted();
        }
    }

    /// How long a client that still sends is listened to: at most, and after its last byte.
    record Linger(Duration longest, Duration quiet) {}

    /// Starts reading ahead if a request has been running since before `deadline` and nobody reads.
    void readAhead(long deadline) {
        lock.lock();
        try {
            if (running == null
                    || reading
                    || serverReads
                    || ended
                    || runningSince - deadline > 0
                    || full()) {
                return;
            }
            reading = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("relay-client-watch").start(this::readUntilIdle);
    }

    /// Lets a client go that has taken too long for what the server waits for.
    void letGoIfLate(long now) {
        if (slow.isLate(now)) {
            // Telling it may block.
            Thread.ofVirtual().name("relay-slow-client").start(() -> letGo(now));
        }
    }

    private void letGo(long now) {
        lock.lock();
        try {
            if (slow.isLate(now)) {
                slow.giveUp();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isReading() {
        lock.lock();
        try {
            return reading;
        } finally {
            lock.unlock();
        }
    }

    private void readUntilIdle() {
        boolean more = true;
        while (more) {
            byte[] bytes = null;
            RuntimeException broken = null;
            try {
                bytes = socket.get();
            } catch (RuntimeException e) {
                broken = e;
            }
            more = keep(bytes, broken);
        }
    }

    private boolean keep(byte @Nullable [] bytes, @Nullable RuntimeException broken) {
        CancelToken gone = null;
        boolean more;
        lock.lock();
        try {
            if (bytes == null) {
                ended = true;
                failure = broken;
                gone = running;
                more = false;
            } else {
                ahead.add(bytes);
                aheadBytes += bytes.length;
                more = running != null && !full();
            }
            reading = more;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (gone != null) {
            gone.cancel("the client left");
        }
        return more;
    }

    private boolean full() {
        return aheadBytes >= KEEP_AT_MOST;
    }

    /// Ends the interest in a request's client.
    public interface Watching extends AutoCloseable {
        @Override
        void close();
    }
}
