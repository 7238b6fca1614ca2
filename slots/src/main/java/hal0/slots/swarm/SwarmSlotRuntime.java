package hal0.slots.swarm;

import com.github.dockerjava.api.model.ContainerSpecSecret;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.PortConfig;
import com.github.dockerjava.api.model.Service;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.Task;
import com.github.dockerjava.api.model.TaskSpec;
import hal0.providers.Secret;
import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.engine.Engine;
import hal0.slots.engine.Labels;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.LogLine;
import hal0.slots.runtime.PullProgress;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.runtime.SlotRuntime;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Slots as services of a Docker Swarm.
///
/// **Shape** `state` is the folder of slots' states, where a slot's key is kept. A start makes the
/// service, or changes the one that is there, and returns when its task runs; when Swarm has moved
/// or restarted a task, that is told as the end of the slot, and the next start returns where it is
/// now. A service cannot be published on loopback only: it is reached at its node's address with a
/// key that is made for it. **Threads** any.
public final class SwarmSlotRuntime implements SlotRuntime {
    private static final System.Logger LOG = System.getLogger(SwarmSlotRuntime.class.getName());

    /// Between the service and the task in what a slot that runs is called.
    private static final String SEPARATOR = "/";

    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(250);

    /// A port or memory that the last task held is free again within that.
    private static final Duration NO_NODE = Duration.ofSeconds(5);

    private final Engine engine;
    private final Swarm swarm;
    private final HomeMark home;
    private final SlotKey keys;
    private final SwarmWatch watch;

    public SwarmSlotRuntime(Engine engine, HomeMark home, Path state) {
        this.engine = engine;
        this.home = home;
        this.swarm = new Swarm(engine, home);
        this.keys = new SlotKey(state);
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
        SlotKey.refuseOthers(launch);
        swarm.check();
        List<Service> present = swarm.services(launch.slot());
        present.stream().skip(1).forEach(extra -> swarm.remove(launch.slot(), id(extra)));
        Service service = present.isEmpty() ? null : present.getFirst();
        try {
            String id = service == null ? create(launch) : change(launch, service);
            return await(launch, id, cancel);
        } catch (SlotException e) {
            swarm.services(launch.slot()).forEach(left -> swarm.remove(launch.slot(), id(left)));
            forgetKeys(launch.slot());
            throw e;
        }
    }

    private static String id(Service service) {
        return String.valueOf(service.getId());
    }

    private String create(Launch launch) {
        return swarm.create(launch.slot(), form(launch));
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
            return ServiceForm.of(launch, home, null, null, STOP_GRACE);
        }
        Secret key = keys.make(launch.slot());
        ServiceForm.KeyPlace place =
                way == SlotKey.Way.FLAG ? swarm.keep(launch.slot(), key) : null;
        return ServiceForm.of(launch, home, key, place, STOP_GRACE);
    }

    /// Leaves a service alone that is what is wanted and has a task; any other is changed.
    private String change(Launch launch, Service service) {
        String id = id(service);
        boolean same = launch.fingerprint().equals(fingerprint(service));
        Optional<Placed> placed = Placed.of(swarm.tasks(id));
        if (same && placed.filter(p -> p.phase() != Placed.Phase.ENDED).isPresent()) {
            return id;
        }
        Set<String> before = swarm.tasks(id).stream().map(Task::getId).collect(Collectors.toSet());
        ServiceSpec spec = form(launch);
        TaskSpec template = spec.getTaskTemplate();
        if (template != null) {
            template.withForceUpdate(forced(service) + 1);
        }
        swarm.update(launch.slot(), service, spec);
        swarm.forgetKeys(launch.slot(), secret(spec));
        awaitNewTask(id, before);
        return id;
    }

    private static int forced(Service service) {
        ServiceSpec spec = service.getSpec();
        TaskSpec template = spec == null ? null : spec.getTaskTemplate();
        Integer count = template == null ? null : template.getForceUpdate();
        return count == null ? 0 : count;
    }

    private static @Nullable String secret(ServiceSpec spec) {
        TaskSpec template = spec.getTaskTemplate();
        List<ContainerSpecSecret> secrets =
                template == null || template.getContainerSpec() == null
                        ? null
                        : template.getContainerSpec().getSecrets();
        return secrets == null || secrets.isEmpty() ? null : secrets.getFirst().getSecretId();
    }

    /// Until then the tasks that there are tell of the service as it was.
    private void awaitNewTask(String service, Set<String> before) {
        long until = System.nanoTime() + NO_NODE.toNanos();
        while (System.nanoTime() - until < 0
                && swarm.tasks(service).stream().allMatch(task -> before.contains(task.getId()))) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /// Follows the task until it runs, as far as its node and its image take.
    private Running await(Launch launch, String service, CancelToken cancel) {
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
                    return swarm.services(launch.slot()).stream()
                            .map(found -> watched(found, placed, swarm.nodes()))
                            .findFirst()
                            .orElseThrow(() -> refused(launch, "its service was removed"));
                }
                case ENDED -> throw refused(launch, placed.map(Placed::why).orElse(""));
                case COMING -> waitingSince = System.nanoTime();
                case WAITING -> {
                    boolean forGood = placed.filter(p -> Refusal.isForGood(p.why())).isPresent();
                    if (forGood || System.nanoTime() - waitingSince > NO_NODE.toNanos()) {
                        throw refused(launch, placed.map(Placed::why).orElse("no task was made"));
                    }
                }
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private SlotException refused(Launch launch, String why) {
        return Refusal.of(engine, launch, why);
    }

    private static String fingerprint(Service service) {
        return Objects.requireNonNullElse(Swarm.label(service, Labels.FINGERPRINT), "");
    }

    @Override
    public List<Running> find() {
        List<Service> services = swarm.services();
        if (services.isEmpty()) {
            return List.of();
        }
        List<Task> tasks = swarm.tasks();
        Swarm.Nodes nodes = swarm.nodes();
        return services.stream().map(service -> seen(service, tasks, nodes)).toList();
    }

    private Running seen(Service service, List<Task> tasks, Swarm.Nodes nodes) {
        List<Task> own =
                tasks.stream().filter(task -> id(service).equals(task.getServiceId())).toList();
        return watched(service, Placed.of(own), nodes);
    }

    private Running watched(Service service, Optional<Placed> placed, Swarm.Nodes nodes) {
        Running running = running(service, placed, nodes);
        placed.filter(_ -> running.alive())
                .ifPresent(p -> watch.add(running.id(), running.slot(), id(service), p.task()));
        return running;
    }

    /// A service whose key is lost can only be replaced, so it is told as another launch.
    private Running running(Service service, Optional<Placed> placed, Swarm.Nodes nodes) {
        String slot = String.valueOf(Swarm.label(service, Labels.SLOT));
        boolean keyed = isKeyed(service);
        Secret key = keyed ? keys.read(slot) : null;
        return new Running(
                slot,
                RuntimeName.SWARM,
                id(service) + SEPARATOR + placed.map(Placed::task).orElse(""),
                Swarm.label(service, Labels.MODEL),
                keyed && key == null ? "" : fingerprint(service),
                endpoint(service, placed, nodes),
                key,
                placed.filter(p -> p.phase() == Placed.Phase.RUNNING).isPresent(),
                service.getCreatedAt() == null ? Instant.EPOCH : service.getCreatedAt().toInstant(),
                placed.map(p -> pids(p, nodes)).orElse(List.of()));
    }

    private static String service(Running running) {
        int end = running.id().indexOf(SEPARATOR);
        return end < 0 ? running.id() : running.id().substring(0, end);
    }

    /// Those of other machines mean nothing here.
    private static List<Long> pids(Placed placed, Swarm.Nodes nodes) {
        boolean here = placed.node().equals(nodes.self()) && placed.pid() > 0;
        return here && placed.phase() == Placed.Phase.RUNNING ? List.of(placed.pid()) : List.of();
    }

    private static boolean isKeyed(Service service) {
        ServiceSpec spec = service.getSpec();
        if (spec == null) {
            return false;
        }
        TaskSpec template = spec.getTaskTemplate();
        List<String> env =
                template == null || template.getContainerSpec() == null
                        ? null
                        : template.getContainerSpec().getEnv();
        return secret(spec) != null
                || (env != null && env.stream().anyMatch(word -> word.startsWith("VLLM_API_KEY=")));
    }

    private static URI endpoint(Service service, Optional<Placed> placed, Swarm.Nodes nodes) {
        String address = nodes.address(placed.map(Placed::node).orElse(""));
        String host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create("http://" + host + ":" + port(service));
    }

    private static int port(Service service) {
        ServiceSpec spec = service.getSpec();
        List<PortConfig> ports =
                spec == null || spec.getEndpointSpec() == null
                        ? null
                        : spec.getEndpointSpec().getPorts();
        return ports == null || ports.isEmpty() ? 0 : ports.getFirst().getPublishedPort();
    }

    @Override
    public void stop(Running running, Duration grace) {
        watch.stopping(running.id());
        String service = service(running);
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
            forgetKeys(slot);
        }
    }

    private void forgetKeys(String slot) {
        swarm.forgetKeys(slot, null);
        keys.forget(slot);
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
        ServiceLog log = new ServiceLog(sink);
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
                                    client.logServiceCmd(service(running))
                                            .withStdout(true)
                                            .withStderr(true)
                                            .withTimestamps(true)
                                            .withTail(lines)
                                            .withFollow(follow)
                                            .exec(feed));
        }
        log.finish();
    }

    /// Of a container on this machine; other nodes do not tell.
    @Override
    public long memoryMb(Running running) {
        Optional<Placed> placed = Placed.of(swarm.tasks(service(running)));
        String container =
                placed.filter(p -> p.node().equals(swarm.node())).map(Placed::container).orElse("");
        if (container.isEmpty()) {
            return 0;
        }
        AtomicLong bytes = new AtomicLong();
        swarm.connect()
                .<Statistics>follow(
                        "measure slot " + running.slot(),
                        new CancelToken(),
                        statistics -> bytes.set(Memory.used(statistics)),
                        (client, feed) -> client.statsCmd(container).withNoStream(true).exec(feed));
        return bytes.get() >> 20;
    }

    /// What runs goes on running.
    @Override
    public void close() {
        watch.close();
        engine.close();
    }
}
