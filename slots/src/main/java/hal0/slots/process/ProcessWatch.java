package hal0.slots.process;

import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.runtime.SlotRuntime.Watching;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Notices the end of servers and keeps their logs short.
///
/// **Shape** a child's end is told by the kernel, at once and with its exit code; one that an
/// earlier relay had started is looked at a few times a second. Each end is told once. What is left
/// of a server that ended is killed before that is told, so that its memory and port are free.
/// **Threads** any; one thread looks while there is something to look at.
final class ProcessWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ProcessWatch.class.getName());
    private static final Duration LOOK = Duration.ofMillis(400);

    private final ProcessTable table;
    private final Function<String, SlotLog> logs;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private final List<Consumer<RuntimeEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private @Nullable Thread looking;
    private volatile boolean closed;
    private volatile long killsBefore;
    private volatile long killsBeforeThat;

    ProcessWatch(ProcessTable table, Function<String, SlotLog> logs) {
        this.table = table;
        this.logs = logs;
    }

    private static final class Watched {
        private final ProcessRecord record;
        private final @Nullable Process child;
        private volatile boolean stopping;

        private Watched(ProcessRecord record, @Nullable Process child) {
            this.record = record;
            this.child = child;
        }
    }

    Watching listen(Consumer<RuntimeEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Watches what lives; `child` is null where it is not one of this process.
    void add(ProcessRecord record, @Nullable Process child) {
        Watched one = new Watched(record, child);
        if (watched.putIfAbsent(record.id(), one) != null) {
            return;
        }
        if (child != null) {
            Thread.ofVirtual().name("slot-process-" + record.slot()).start(() -> await(one, child));
        }
        look();
    }

    @Nullable ProcessRecord find(String id) {
        Watched one = watched.get(id);
        return one == null ? null : one.record;
    }

    /// From now on its end is meant, and who ends it sees to all of it.
    void stopping(String id) {
        Watched one = watched.get(id);
        if (one != null) {
            one.stopping = true;
        }
    }

    private void await(Watched one, Process child) {
        try {
            child.waitFor();
        } catch (InterruptedException _) {
            return; // nobody interrupts it but the end of the program
        }
        ended(one);
    }

    private void look() {
        synchronized (lock) {
            if (looking == null && !closed) {
                killsBefore = table.memoryKills();
                killsBeforeThat = killsBefore;
                looking = Thread.ofVirtual().name("slot-processes").start(this::lookOn);
            } else if (looking != null) {
                LockSupport.unpark(looking);
            }
        }
    }

    private void lookOn() {
        while (!closed) {
            try {
                lookOnce();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "watching processes failed and goes on", e);
            }
            if (watched.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, LOOK.toNanos());
            }
        }
    }

    private void lookOnce() {
        for (Watched one : watched.values()) {
            if (one.child == null && !table.isAlive(one.record.pid(), one.record.started())) {
                ended(one);
            } else {
                cut(one.record.slot());
            }
        }
        killsBeforeThat = killsBefore;
        killsBefore = table.memoryKills();
    }

    private void cut(String slot) {
        try {
            logs.apply(slot).cut();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "log of slot {0} cannot be cut: {1}", slot, e.getMessage());
        }
    }

    private void ended(Watched one) {
        if (closed || !watched.remove(one.record.id(), one)) {
            return;
        }
        ProcessRecord record = one.record;
        if (one.stopping) {
            return;
        }
        if (!new ProcessTree(table, record).end(Duration.ZERO)) {
            LOG.log(Level.WARNING, "slot {0} has workers that do not end", record.slot());
        }
        RuntimeEvent event = new RuntimeEvent.Ended(record.slot(), record.id(), why(one));
        listeners.forEach(listener -> listener.accept(event));
    }

    private String why(Watched one) {
        Integer code = one.child == null ? null : one.child.exitValue();
        return Ending.of(code, table.memoryKills() > killsBeforeThat, lastWords(one.record.slot()));
    }

    private String lastWords(String slot) {
        try {
            return logs.apply(slot).lastWords();
        } catch (IOException _) {
            return ""; // the end is told without them
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (looking != null) {
                LockSupport.unpark(looking);
            }
        }
        listeners.clear();
    }
}
