package hal0.slots.swarm;

import com.github.dockerjava.api.model.Task;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.runtime.SlotRuntime.Watching;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Notices that the task of a service has ended, or that Swarm runs another in its place.
///
/// **Shape** a manager is asked a few times a second, in one question for all slots: engines tell
/// nobody of the tasks of other nodes. Nothing is asked while no slot is there. Each end that
/// nobody asked for is told once. **Threads** any; one thread asks.
final class SwarmWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SwarmWatch.class.getName());
    private static final Duration LOOK = Duration.ofMillis(300);

    private final Swarm swarm;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private final List<Consumer<RuntimeEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    private @Nullable Thread looking;
    private volatile boolean closed;
    private boolean lost;

    SwarmWatch(Swarm swarm) {
        this.swarm = swarm;
    }

    private static final class Watched {
        private final String slot;
        private final String service;
        private final String task;
        private final List<Runnable> onEnd = new CopyOnWriteArrayList<>();
        private volatile boolean stopping;

        private Watched(String slot, String service, String task) {
            this.slot = slot;
            this.service = service;
            this.task = task;
        }

        private boolean isOfItsService(Task other) {
            return service.equals(other.getServiceId());
        }

        private boolean runs(Placed placed) {
            return placed.task().equals(task) && placed.phase() == Placed.Phase.RUNNING;
        }
    }

    Watching listen(Consumer<RuntimeEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void add(String id, String slot, String service, String task) {
        watched.putIfAbsent(id, new Watched(slot, service, task));
        wake();
    }

    private void wake() {
        synchronized (lock) {
            if (looking != null) {
                LockSupport.unpark(looking);
            } else if (!closed) {
                looking = Thread.ofVirtual().name("slot-swarm").start(this::lookOn);
            }
        }
    }

    void stopping(String id) {
        Watched one = watched.get(id);
        if (one != null) {
            one.stopping = true;
        }
    }

    /// Runs `action` when that task ends, at once where it does not run.
    void onEnd(String id, Runnable action) {
        Watched one = watched.get(id);
        if (one != null) {
            one.onEnd.add(action);
        }
        if (one == null || watched.get(id) != one) {
            action.run();
        }
    }

    private void lookOn() {
        while (!closed) {
            if (watched.isEmpty()) {
                LockSupport.park(this);
                continue;
            }
            try {
                look(swarm.tasks());
                found();
            } catch (SlotException e) {
                lost(e);
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "watching the swarm failed and goes on", e);
            }
            LockSupport.parkNanos(this, LOOK.toNanos());
        }
    }

    private void found() {
        if (lost) {
            lost = false;
            tell(new RuntimeEvent.EngineFound(RuntimeName.SWARM));
        }
    }

    private void lost(SlotException e) {
        if (!lost && !closed) {
            lost = true;
            tell(new RuntimeEvent.EngineLost(RuntimeName.SWARM, e.message()));
        }
    }

    private void look(List<Task> tasks) {
        for (Map.Entry<String, Watched> entry : Map.copyOf(watched).entrySet()) {
            Watched one = entry.getValue();
            List<Task> own = tasks.stream().filter(one::isOfItsService).toList();
            if (Placed.of(own).filter(one::runs).isEmpty()) {
                end(entry.getKey(), one, own);
            }
        }
    }

    private void end(String id, Watched one, List<Task> tasks) {
        if (!watched.remove(id, one)) {
            return;
        }
        one.onEnd.forEach(Runnable::run);
        if (!one.stopping) {
            tell(new RuntimeEvent.Ended(one.slot, id, why(one, tasks)));
        }
    }

    private String why(Watched one, List<Task> tasks) {
        if (swarm.services().stream().noneMatch(s -> one.service.equals(s.id()))) {
            return "its service was removed";
        }
        List<Task> same = tasks.stream().filter(task -> one.task.equals(task.getId())).toList();
        return Placed.of(same)
                .map(placed -> "its task ended on the swarm: " + placed.why())
                .orElse("the swarm runs it elsewhere now");
    }

    private void tell(RuntimeEvent event) {
        listeners.forEach(listener -> listener.accept(event));
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
