package hal0.slots.swarm;

import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.Task;
import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.engine.ContainerMemory;
import hal0.slots.engine.Engine;
import hal0.slots.engine.LogLines;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.LogLine;
import hal0.slots.runtime.PullProgress;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.runtime.SlotRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Slots as services of a Docker Swarm.
///
/// **Shape** `state` is the folder of slots' states, where a slot's key is kept. A start makes the
/// service, or changes the one that is there, and returns when its task runs; when Swarm has moved
/// or restarted a task, that is told as the end of the slot, and the next start returns where it is
/// now. A service cannot be published on loopback only: it is reached at its node's address with a
/// key that is made for it. **Threads** any.
public final class SwarmSlotRuntime implements SlotRuntime {
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Engine engine;
    private final Swarm swarm;
    private final SlotKey keys;
    private final ServiceStart starting;
    private final SwarmWatch watch;

    public SwarmSlotRuntime(Engine engine, HomeMark home, Path state) {
        this.engine = engine;
        this.swarm = new Swarm(engine, home);
        this.keys = new SlotKey(state);
        this.starting = new ServiceStart(engine, swarm, home, keys, STOP_GRACE);
        this.watch = new SwarmWatch(swarm);
    }

    @Override
    public RuntimeName name() {
        return RuntimeName.SWARM;
    }

    @Override
    public void check() {
        swarm.check();
    }

    /// Of the node that this is: others get the image when they get a task, and so does this one.
    @Override
    public boolean isPrepared(Launch launch) {
        String image = launch.image();
        return image != null && swarm.hasImage(image);
    }

    /// Nothing is to be done but to see whether it can be done: see `isPrepared`.
    @Override
    public void prepare(Launch launch, Consumer<PullProgress> progress, CancelToken cancel) {
        if (launch.image() == null) {
            throw SlotException.of(
                    SlotProblem.CONFIG_ERROR,
                    "slot %s: [slot] image is missing: a service on a Swarm needs one"
                            .formatted(launch.slot()));
        }
    }

    @Override
    public Running start(Launch launch, CancelToken cancel) {
        prepare(launch, _ -> {}, cancel);
        swarm.check();
        String id = starting.start(launch, cancel);
        return find().stream()
                .filter(running -> ServiceView.id(running).equals(id))
                .findFirst()
                .orElseThrow(() ->
                        SlotException.of(
                                SlotProblem.LOAD_FAILED,
                                "slot %s: its service was removed as soon as it ran"
                                        .formatted(launch.slot())));
    }

    @Override
    public List<Running> find() {
        List<ServiceView> services = swarm.services();
        if (services.isEmpty()) {
            return List.of();
        }
        List<Task> tasks = swarm.tasks();
        Swarm.Nodes nodes = swarm.nodes();
        return services.stream().map(service -> seen(service, tasks, nodes)).toList();
    }

    private Running seen(ServiceView service, List<Task> tasks, Swarm.Nodes nodes) {
        Optional<Placed> placed =
                Placed.of(
                        tasks.stream()
                                .filter(task -> service.id().equals(task.getServiceId()))
                                .toList());
        Running running = service.running(placed, nodes, keys.read(service.slot()));
        placed.filter(_ -> running.alive())
                .ifPresent(p -> watch.add(running.id(), service.slot(), service.id(), p.task()));
        return running;
    }

    @Override
    public void stop(Running running, Duration grace) {
        watch.stopping(running.id());
        String service = ServiceView.id(running);
        clear(running.slot(), service);
        if (!isDown(service, grace)) {
            killHere(running.slot(), service);
            isDown(service, STOP_GRACE);
        }
    }

    /// Swarm ends the tasks of a removed service in its own time.
    private boolean isDown(String service, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (holdsItsPort(service)) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }

    /// On another node Swarm does so itself, after the grace of the service.
    private void killHere(String slot, String service) {
        String here = swarm.node();
        Placed.of(swarm.tasks(service))
                .filter(placed -> placed.node().equals(here) && !placed.container().isEmpty())
                .ifPresent(placed -> swarm.kill(slot, placed.container()));
    }

    private void clear(String slot, String service) {
        swarm.remove(slot, service);
        if (swarm.services(slot).isEmpty()) {
            swarm.forgetKeys(slot, null);
            keys.forget(slot);
        }
    }

    private boolean holdsItsPort(String service) {
        return swarm.tasks(service).stream()
                .map(task -> task.getStatus().getState())
                .anyMatch(state ->
                        switch (state) {
                            case STARTING, RUNNING -> true;
                            case NEW,
                                    ALLOCATED,
                                    PENDING,
                                    ASSIGNED,
                                    ACCEPTED,
                                    PREPARING,
                                    READY,
                                    COMPLETE,
                                    SHUTDOWN,
                                    FAILED,
                                    REJECTED,
                                    REMOVE,
                                    ORPHANED ->
                                    false;
                        });
    }

    @Override
    public Watching watch(Consumer<RuntimeEvent> listener) {
        return watch.listen(listener);
    }

    @Override
    public void logs(
            Running running,
            int lines,
            boolean follow,
            Consumer<LogLine> sink,
            CancelToken cancel) {
        CancelToken over = new CancelToken();
        LogLines log = new LogLines(sink);
        try (var _ = cancel.onCancel(() -> over.cancel("cancelled"))) {
            if (follow) {
                watch.onEnd(running.id(), () -> over.cancel("it has ended"));
            }
            swarm.connect()
                    .<Frame>follow(
                            "read the log of slot " + running.slot(),
                            over,
                            log::add,
                            (client, feed) ->
                                    client.logServiceCmd(ServiceView.id(running))
                                            .withStdout(true)
                                            .withStderr(true)
                                            .withTimestamps(true)
                                            .withTail(lines)
                                            .withFollow(follow)
                                            .exec(feed));
        }
        if (!cancel.isCancelled()) {
            log.end();
        }
    }

    /// Of a container on this machine; other nodes do not tell.
    @Override
    public long memoryMb(Running running) {
        Optional<Placed> placed = Placed.of(swarm.tasks(ServiceView.id(running)));
        String container =
                placed.filter(p -> p.node().equals(swarm.node())).map(Placed::container).orElse("");
        if (container.isEmpty()) {
            return 0;
        }
        return ContainerMemory.megabytes(engine, container, running.pids());
    }

    /// What runs goes on running.
    @Override
    public void close() {
        watch.close();
        engine.close();
    }
}
