package hal0.relay.connection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Looks every few milliseconds for requests that have been running for a moment, and has their
/// connections read ahead. Short requests end before that and pay nothing for being watched. Once a
/// second it looks for clients that are too slow.
///
/// **Threads** one daemon of its own, parked while there is no connection.
public final class ClientSweeper implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(10);

    private static final Duration LATE = Duration.ofSeconds(1);

    private final Set<ClientWatch> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger running = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;

    public ClientSweeper() {
        thread = Thread.ofPlatform().daemon().name("relay-client-sweep").start(this::sweep);
    }

    void add(ClientWatch watch) {
        boolean first = connections.isEmpty();
        connections.add(watch);
        if (first) {
            LockSupport.unpark(thread);
        }
    }

    void remove(ClientWatch watch) {
        connections.remove(watch);
    }

    void started() {
        if (running.getAndIncrement() == 0) {
            LockSupport.unpark(thread);
        }
    }

    void finished() {
        running.decrementAndGet();
    }

    /// How many connections are being read ahead now.
    int readingAhead() {
        int count = 0;
        for (ClientWatch watch : connections) {
            if (watch.isReading()) {
                count++;
            }
        }
        return count;
    }

    private void sweep() {
        long looked = System.nanoTime();
        while (!closed) {
            if (running.get() > 0) {
                LockSupport.parkNanos(this, PERIOD.toNanos());
                long deadline = System.nanoTime() - PERIOD.toNanos();
                for (ClientWatch watch : connections) {
                    watch.readAhead(deadline);
                }
            } else if (connections.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, LATE.toNanos());
            }
            long now = System.nanoTime();
            if (now - looked >= LATE.toNanos()) {
                looked = now;
                for (ClientWatch watch : connections) {
                    watch.letGoIfLate(now);
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
