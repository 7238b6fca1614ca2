package hal0.slots.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.Frame;
import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.engine.ContainerMemory;
import hal0.slots.engine.Engine;
import hal0.slots.engine.EngineWatch;
import hal0.slots.engine.Labels;
import hal0.slots.engine.LogLines;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.LogLine;
import hal0.slots.runtime.PullProgress;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.runtime.SlotRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Runs slots in containers of a Docker or a Podman engine.
///
/// **Shape** containers are published on the loopback address only, never privileged, have no
/// capability that they do not need, no restart policy, and logs of bounded size. **Threads** any.
public final class DockerSlotRuntime implements SlotRuntime {
    private static final int LAST_LINES = 20;

    private final Engine engine;
    private final HomeMark home;
    private final DeviceNodes nodes;
    private final Images images;
    private final Containers containers;
    private final AskedEnds asked = new AskedEnds();

    private DockerSlotRuntime(Engine engine, HomeMark home, DeviceNodes nodes) {
        this.engine = engine;
        this.home = home;
        this.nodes = nodes;
        this.images = new Images(engine);
        this.containers = new Containers(engine, home);
    }

    /// On that engine, which is closed with it. Nothing is looked for before it is needed.
    public static DockerSlotRuntime on(Engine engine, HomeMark home) {
        return new DockerSlotRuntime(engine, home, DeviceNodes.ofMachine());
    }

    static DockerSlotRuntime on(Engine engine, HomeMark home, DeviceNodes nodes) {
        return new DockerSlotRuntime(engine, home, nodes);
    }

    @Override
    public RuntimeName name() {
        return engine.name();
    }

    @Override
    public void check() {
        engine.connect().call("answer", docker -> docker.pingCmd().exec());
    }

    @Override
    public boolean isPrepared(Launch launch) {
        return images.has(image(launch));
    }

    @Override
    public void prepare(Launch launch, Consumer<PullProgress> progress, CancelToken cancel) {
        images.pull(image(launch), progress, cancel);
    }

    private static String image(Launch launch) {
        String image = launch.image();
        if (image == null) {
            throw SlotException.of(
                    SlotProblem.CONFIG_ERROR,
                    "Slot %s has no image: set slot.image or slot.profile."
                            .formatted(launch.slot()));
        }
        return image;
    }

    /// What the engine is asked is waited for, also when nobody wants it any more: a call that is
    /// broken off may be carried out all the same, and later.
    @Override
    public Running start(Launch launch, CancelToken cancel) {
        ContainerSpec spec = ContainerPlan.of(launch, home, nodes);
        requireWanted(launch, cancel);
        removeAll(launch.slot());
        String id = containers.create(spec, launch.slot());
        try {
            requireWanted(launch, cancel);
            containers.start(id, launch.slot());
            requireWanted(launch, cancel);
            InspectContainerResponse started = containers.inspect(id);
            if (started == null) {
                throw SlotException.of(
                        SlotProblem.LOAD_FAILED,
                        "The container of slot %s was removed by somebody while it started."
                                .formatted(launch.slot()));
            }
            return containers.running(started);
        } catch (SlotException e) {
            undo(id, e);
            throw e;
        }
    }

    private static void requireWanted(Launch launch, CancelToken cancel) {
        if (cancel.isCancelled()) {
            throw SlotException.of(
                    SlotProblem.CANCELLED,
                    "Slot %s was not started: %s".formatted(launch.slot(), cancel.reason()));
        }
    }

    private void undo(String id, SlotException failure) {
        asked.add(id);
        try {
            containers.remove(id);
        } catch (SlotException e) {
            failure.addSuppressed(e);
        }
    }

    private void removeAll(String slot) {
        for (Running remnant : containers.find(slot)) {
            asked.add(remnant.id());
            containers.remove(remnant.id());
        }
    }

    @Override
    public List<Running> find() {
        return containers.find(null);
    }

    @Override
    public void stop(Running running, Duration grace) {
        asked.add(running.id());
        containers.stop(running.id(), grace);
    }

    @Override
    public Watching watch(Consumer<RuntimeEvent> listener) {
        return EngineWatch.start(
                engine,
                engine.name(),
                filter ->
                        filter.withLabelFilter(Map.of(Labels.HOME, home.text()))
                                .withEventTypeFilter("container"),
                event -> heard(event, listener),
                listener);
    }

    private void heard(Event event, Consumer<RuntimeEvent> listener) {
        EventActor actor = event.getActor();
        if (!"die".equals(event.getAction()) || actor == null) {
            return;
        }
        String id = actor.getId();
        Map<String, String> attributes = actor.getAttributes();
        String slot = attributes == null ? null : attributes.get(Labels.SLOT);
        if (id != null && attributes != null && slot != null && !asked.contains(id)) {
            listener.accept(new RuntimeEvent.Ended(slot, id, why(id, attributes)));
        }
    }

    private String why(String id, Map<String, String> attributes) {
        String text = attributes.get("exitCode");
        Long code = text != null && text.matches("\\d{1,9}") ? Long.valueOf(text) : null;
        try {
            InspectContainerResponse container = containers.inspect(id);
            if (container == null) {
                return Endings.why(null, code, 0, "");
            }
            Long limit = container.getHostConfig().getMemory();
            return Endings.why(
                    container.getState(),
                    code,
                    limit == null ? 0 : limit / ContainerSpec.MEBIBYTE,
                    lastLine(id));
        } catch (SlotException e) {
            // The engine is on its way down too; what its event said is what there is to tell.
            return Endings.why(null, code, 0, "");
        }
    }

    /// The last that it wrote as an error, else the last that it wrote: the two streams arrive in
    /// no certain order.
    private String lastLine(String id) {
        AtomicReference<String> last = new AtomicReference<>("");
        AtomicReference<String> error = new AtomicReference<>("");
        read(
                id,
                LAST_LINES,
                false,
                line -> {
                    if (!line.text().isBlank()) {
                        (line.error() ? error : last).set(line.text().strip());
                    }
                },
                new CancelToken());
        return error.get().isEmpty() ? last.get() : error.get();
    }

    @Override
    public void logs(
            Running running,
            int lines,
            boolean follow,
            Consumer<LogLine> sink,
            CancelToken cancel) {
        read(running.id(), lines, follow, sink, cancel);
    }

    private void read(
            String id, int lines, boolean follow, Consumer<LogLine> sink, CancelToken cancel) {
        LogLines assembled = new LogLines(sink);
        engine.connect()
                .<Frame>follow(
                        "read the output of container " + id,
                        cancel,
                        assembled::add,
                        (docker, feed) ->
                                docker.logContainerCmd(id)
                                        .withStdOut(true)
                                        .withStdErr(true)
                                        .withTimestamps(true)
                                        .withTail(lines)
                                        .withFollowStream(follow)
                                        .exec(feed));
        if (!cancel.isCancelled()) {
            assembled.end();
        }
    }

    @Override
    public long memoryMb(Running running) {
        return ContainerMemory.megabytes(engine, running.id(), running.pids());
    }

    @Override
    public void close() {
        engine.close();
    }
}
