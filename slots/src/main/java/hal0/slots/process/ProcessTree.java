package hal0.slots.process;

import hal0.slots.process.ProcessTable.Entry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A slot's server with everything that it started.
///
/// **Shape** who belongs to it: what is in the session that it leads, and what bears the mark of
/// that start, in whatever session; so its workers are found when it is gone itself. Nothing is
/// ever sent to a process that has come to its number later.
final class ProcessTree {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration KILL = Duration.ofSeconds(5);

    private final ProcessTable table;
    private final ProcessRecord record;

    ProcessTree(ProcessTable table, ProcessRecord record) {
        this.table = table;
        this.record = record;
    }

    boolean leads() {
        return record.boot().equals(table.boot()) && table.isAlive(record.pid(), record.started());
    }

    /// Those of it that live now.
    List<Entry> members() {
        if (!record.boot().equals(table.boot())) {
            return List.of();
        }
        boolean leads = leads();
        return table.all().stream()
                .filter(entry -> entry.started() >= record.started())
                .filter(entry -> (leads && entry.session() == record.pid()) || isMarked(entry))
                .toList();
    }

    private boolean isMarked(Entry entry) {
        return !record.launch().isEmpty()
                && record.launch().equals(table.environment(entry.pid()).get(Marks.LAUNCH));
    }

    List<Long> pids() {
        return members().stream().map(Entry::pid).toList();
    }

    /// **Units** MiB.
    long memoryMb() {
        return members().stream().mapToLong(entry -> table.residentKb(entry.pid())).sum() / 1024;
    }

    /// Asks all of it to end, and makes it after `grace`. True when nothing of it is left.
    boolean end(Duration grace) {
        Map<Long, Entry> known = new HashMap<>();
        gather(known);
        known.values().forEach(entry -> signal(entry, false));
        if (!grace.isZero()) {
            awaitNone(known, grace, false);
        }
        return awaitNone(known, KILL, true);
    }

    /// What has been seen once is remembered: when its leader is gone, a session says nothing.
    private void gather(Map<Long, Entry> known) {
        known.values().removeIf(entry -> !table.isAlive(entry.pid(), entry.started()));
        members().forEach(entry -> known.put(entry.pid(), entry));
    }

    private boolean awaitNone(Map<Long, Entry> known, Duration patience, boolean byForce) {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            gather(known);
            if (known.isEmpty()) {
                return true;
            }
            if (byForce) {
                known.values().forEach(entry -> signal(entry, true));
            }
            if (System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /// The handle remembers the start of its process and does nothing to a later one.
    private void signal(Entry entry, boolean byForce) {
        ProcessHandle.of(entry.pid())
                .filter(_ -> table.isAlive(entry.pid(), entry.started()))
                .ifPresent(handle -> signal(handle, byForce));
    }

    private static void signal(ProcessHandle handle, boolean byForce) {
        if (byForce) {
            handle.destroyForcibly();
        } else {
            handle.destroy();
        }
    }
}
