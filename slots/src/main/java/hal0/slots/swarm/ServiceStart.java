package hal0.slots.swarm;

import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.Task;
import com.github.dockerjava.api.model.TaskSpec;
import hal0.providers.Secret;
import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.engine.Engine;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// Makes a slot's service, or changes the one that is there, and follows its task until it runs.
final class ServiceStart {
    private static final System.Logger LOG = System.getLogger(ServiceStart.class.getName());
    private static final Duration LOOK = Duration.ofMillis(250);

    /// A port or memory that the last task held is free again within that.
    private static final Duration NO_NODE = Duration.ofSeconds(5);

    private final Engine engine;
    private final Swarm swarm;
    private final HomeMark home;
    private final SlotKey keys;
    private final Duration grace;

    /// `grace` is what Swarm gives a task to end in order.
    ServiceStart(Engine engine, Swarm swarm, HomeMark home, SlotKey keys, Duration grace) {
        this.engine = engine;
        this.swarm = swarm;
        this.home = home;
        this.keys = keys;
        this.grace = grace;
    }

    /// Returns the id of the service when its task runs. What a failed start had begun is gone.
    String start(Launch launch, CancelToken cancel) {
        String slot = launch.slot();
        SlotKey.refuseOthers(launch);
        List<ServiceView> present = swarm.services(slot);
        present.stream().skip(1).forEach(extra -> swarm.remove(slot, extra.id()));
        try {
            String id =
                    present.isEmpty()
                            ? swarm.create(slot, form(launch))
                            : change(launch, present.getFirst());
            await(launch, id, cancel);
            return id;
        } catch (SlotException e) {
            clear(slot);
            throw e;
        }
    }

    /// The failure that led here is the one that counts.
    private void clear(String slot) {
        try {
            swarm.services(slot).forEach(left -> swarm.remove(slot, left.id()));
            swarm.forgetKeys(slot, null);
            keys.forget(slot);
        } catch (SlotException e) {
            LOG.log(
                    Level.WARNING,
                    "slot {0}: what was begun could not be removed: {1}",
                    slot,
                    e.message());
        }
    }

    /// With a key of its own, of which there is then one only.
    private ServiceSpec form(Launch launch) {
        SlotKey.Way way = SlotKey.way(launch);
        if (way == SlotKey.Way.NONE) {
            LOG.log(
                    Level.WARNING,
                    "slot {0}: servers of type {1} know no keys; whoever reaches its node''s port can use it",
                    launch.slot(),
                    launch.type().word());
            return ServiceForm.of(launch, home, null, null, grace);
        }
        Secret key = keys.make(launch.slot());
        ServiceForm.KeyPlace place =
                way == SlotKey.Way.FLAG ? swarm.keep(launch.slot(), key) : null;
        return ServiceForm.of(launch, home, key, place, grace);
    }

    /// Leaves a service alone that is what is wanted and has a task; any other is changed.
    private String change(Launch launch, ServiceView present) {
        List<Task> tasks = swarm.tasks(present.id());
        if (isWanted(launch, present)
                && Placed.of(tasks).filter(p -> p.phase() != Placed.Phase.ENDED).isPresent()) {
            return present.id();
        }
        Set<String> before = tasks.stream().map(Task::getId).collect(Collectors.toSet());
        ServiceSpec spec = form(launch);
        TaskSpec template = spec.getTaskTemplate();
        if (template != null) {
            template.withForceUpdate(present.forced() + 1);
        }
        swarm.update(launch.slot(), present.service(), spec);
        swarm.forgetKeys(launch.slot(), ServiceView.secret(spec));
        awaitNewTask(present.id(), before);
        return present.id();
    }

    private boolean isWanted(Launch launch, ServiceView present) {
        return launch.fingerprint().equals(present.fingerprint())
                && (!present.isKeyed() || keys.read(launch.slot()) != null);
    }

    /// Until then the tasks that there are tell of the service as it was.
    private void awaitNewTask(String service, Set<String> before) {
        long until = System.nanoTime() + NO_NODE.toNanos();
        while (System.nanoTime() - until < 0
                && swarm.tasks(service).stream().allMatch(task -> before.contains(task.getId()))) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /// As long as its node and its image take.
    private void await(Launch launch, String service, CancelToken cancel) {
        long waitingSince = System.nanoTime();
        while (true) {
            if (cancel.isCancelled()) {
                throw SlotException.of(
                        SlotProblem.CANCELLED,
                        "slot %s: its start was cancelled: %s"
                                .formatted(launch.slot(), cancel.reason()));
            }
            Optional<Placed> placed = Placed.of(swarm.tasks(service));
            switch (placed.map(Placed::phase).orElse(Placed.Phase.WAITING)) {
                case RUNNING -> {
                    return;
                }
                case ENDED -> throw refused(launch, placed);
                case COMING -> waitingSince = System.nanoTime();
                case WAITING -> {
                    boolean forGood = placed.filter(p -> Refusal.isForGood(p.why())).isPresent();
                    if (forGood || System.nanoTime() - waitingSince > NO_NODE.toNanos()) {
                        throw refused(launch, placed);
                    }
                }
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private SlotException refused(Launch launch, Optional<Placed> placed) {
        return Refusal.of(engine, launch, placed.map(Placed::why).orElse("it made no task"));
    }
}
