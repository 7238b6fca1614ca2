package hal0.agent.process;

import hal0.agent.process.ProcessTable.Entry;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A process with everything that it has started.
///
/// **Shape** who belongs to it: its descendants, what is in the session that it leads, and what
/// bears its mark in the environment, in whatever session and whoever its parent is by now. Where
/// there is no `/proc`, only descendants can be seen. **Threads** any.
public final class ProcessTree {
    /// No process has it.
    private static final long NO_SESSION = -1;

    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int LOOKS = 5;
    private static final Duration KILL = Duration.ofSeconds(5);

    private final @Nullable ProcessHandle leader;
    private final String mark;
    private final long session;
    private final long started;

    private ProcessTree(@Nullable ProcessHandle leader, String mark, long session, long started) {
        this.leader = leader;
        this.mark = mark;
        this.session = session;
        this.started = started;
    }

    /// `mark` is `NAME=value` as in the environment; `leads` when it has a session of its own.
    public static ProcessTree of(ProcessHandle leader, String mark, boolean leads) {
        long started = ProcessTable.find(leader.pid()).map(Entry::started).orElse(0L);
        return new ProcessTree(leader, mark, leads ? leader.pid() : NO_SESSION, started);
    }

    /// Everything that bears a mark.
    static ProcessTree marked(String mark) {
        return new ProcessTree(null, mark, NO_SESSION, 0);
    }

    /// Those of it that live now.
    List<ProcessHandle> members() {
        Map<Long, ProcessHandle> found = new LinkedHashMap<>();
        boolean told = ProcessTable.isThere();
        if (told) {
            ProcessHandle.allProcesses().filter(this::belongs).forEach(h -> add(found, h));
        }
        if (leader != null) {
            add(found, leader);
        }
        // A program that clears its environment and leads a session still has its parent.
        for (ProcessHandle member : List.copyOf(found.values())) {
            member.descendants().forEach(h -> add(found, h));
        }
        return found.values().stream().filter(h -> isAlive(h, told)).toList();
    }

    private static void add(Map<Long, ProcessHandle> found, ProcessHandle handle) {
        found.putIfAbsent(handle.pid(), handle);
    }

    private static boolean isAlive(ProcessHandle handle, boolean told) {
        return told ? ProcessTable.find(handle.pid()).isPresent() : handle.isAlive();
    }

    private boolean belongs(ProcessHandle handle) {
        return ProcessTable.find(handle.pid())
                .filter(entry -> belongs(handle.pid(), entry))
                .isPresent();
    }

    private boolean belongs(long pid, Entry entry) {
        return entry.started() >= started
                && (entry.session() == session || ProcessTable.bears(pid, mark));
    }

    /// Asks all of it to end, and makes it after `grace`. True when nothing of it is left.
    public boolean end(Duration grace) {
        members().forEach(ProcessHandle::destroy);
        if (!awaitNone(grace, _ -> {})) {
            endGroup();
            if (!awaitNone(KILL, left -> left.forEach(ProcessHandle::destroyForcibly))) {
                return false;
            }
        }
        return sweep();
    }

    /// Whether all of it ends by itself within `patience`.
    public boolean endsWithin(Duration patience) {
        return awaitNone(patience, _ -> {});
    }

    /// True once nothing is seen any more; `otherwise` is told what is, each time it looks.
    private boolean awaitNone(Duration patience, Consumer<List<ProcessHandle>> otherwise) {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            List<ProcessHandle> left = members();
            if (left.isEmpty()) {
                return true;
            }
            otherwise.accept(left);
            if (System.nanoTime() - until >= 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /// Ends what the looks so far have missed: one that goes on in another process all the time has
    /// moved on before a whole table was looked through. So the newest are looked at first, each is
    /// ended the moment it is found, and one look without any does not count.
    private boolean sweep() {
        Set<Long> older = new HashSet<>();
        long until = System.nanoTime() + KILL.toNanos();
        for (int none = 0; none < LOOKS; ) {
            none = ended(older) ? 0 : none + 1;
            if (System.nanoTime() - until >= 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /// Whether there was anything to end. `older` are those that were there before its leader.
    private boolean ended(Set<Long> older) {
        boolean any = false;
        for (long pid : ProcessTable.newestFirst()) {
            if (older.contains(pid)) {
                continue;
            }
            Optional<Entry> entry = ProcessTable.find(pid);
            if (entry.isPresent() && entry.get().started() < started) {
                older.add(pid);
            } else if (entry.isPresent() && belongs(pid, entry.get())) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                any = true;
            }
        }
        return any;
    }

    /// At one stroke, so that those who keep starting others cannot outrun it.
    private void endGroup() {
        boolean any =
                members().stream()
                        .flatMap(h -> ProcessTable.find(h.pid()).stream())
                        .anyMatch(entry -> entry.group() == session);
        if (!any) {
            return;
        }
        try {
            var _ =
                    new ProcessBuilder("sh", "-c", "kill -KILL -- -" + session)
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start();
        } catch (IOException _) {
            // No process can be started at the moment: they are ended one by one.
        }
    }
}
