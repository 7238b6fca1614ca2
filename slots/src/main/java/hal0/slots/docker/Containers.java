package hal0.slots.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import hal0.providers.http.CancelToken;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.engine.Engine;
import hal0.slots.engine.Labels;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.Running;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The containers of one home on one engine.
final class Containers {
    /// For what an engine waits for the kernel for, over and above the grace that a container is
    /// given.
    private static final Duration TO_END = Duration.ofSeconds(30);

    /// A service's containers are Swarm's to look after.
    private static final String SWARM = "com.docker.swarm.service.id";

    private final Engine engine;
    private final HomeMark home;

    Containers(Engine engine, HomeMark home) {
        this.engine = engine;
        this.home = home;
    }

    /// Those of one slot, or of all when it is null.
    List<Running> find(@Nullable String slot) {
        Map<String, String> labels =
                slot == null
                        ? Map.of(Labels.HOME, home.text())
                        : Map.of(Labels.HOME, home.text(), Labels.SLOT, slot);
        return engine
                .connect()
                .call(
                        "list the containers of slots",
                        docker ->
                                docker.listContainersCmd()
                                        .withShowAll(true)
                                        .withLabelFilter(labels)
                                        .exec())
                .stream()
                .filter(container -> isOurs(container.getLabels()))
                .map(Container::getId)
                .map(this::inspect)
                .flatMap(Stream::ofNullable)
                .map(this::running)
                .toList();
    }

    private static boolean isOurs(@Nullable Map<String, String> labels) {
        return labels != null && labels.containsKey(Labels.SLOT) && !labels.containsKey(SWARM);
    }

    String create(ContainerSpec spec, String slot) {
        String doing = "create the container of slot " + slot;
        if (engine.name() == RuntimeName.PODMAN) {
            return engine.connect()
                    .post(doing, PodmanForm.PATH, PodmanForm.body(spec))
                    .path("Id")
                    .asText();
        }
        return engine.connect()
                .call(
                        doing,
                        TO_END,
                        new CancelToken(),
                        docker -> DockerForm.command(docker, spec).exec().getId());
    }

    void start(String id, String slot) {
        engine.connect()
                .call(
                        "start the container of slot " + slot,
                        TO_END,
                        new CancelToken(),
                        docker -> {
                            docker.startContainerCmd(id).exec();
                            return id;
                        });
    }

    /// Null when it is gone.
    @Nullable InspectContainerResponse inspect(String id) {
        return engine.connect()
                .<@Nullable InspectContainerResponse>call(
                        "look at container " + id,
                        docker -> {
                            try {
                                return docker.inspectContainerCmd(id).exec();
                            } catch (NotFoundException e) {
                                return null;
                            } catch (InternalServerErrorException e) {
                                requireGone(e);
                                return null;
                            }
                        });
    }

    /// Podman gives a server's error, not its "not found", for one that is removed while it is
    /// being looked at.
    private static void requireGone(InternalServerErrorException e) {
        if (!String.valueOf(e.getMessage()).contains("no such container")) {
            throw e;
        }
    }

    /// Asks it to end, forces it to after `grace`, and removes it.
    void stop(String id, Duration grace) {
        engine.connect()
                .call(
                        "stop container " + id,
                        grace.plus(TO_END),
                        new CancelToken(),
                        docker -> {
                            try {
                                docker.stopContainerCmd(id)
                                        .withTimeout((int) Math.max(grace.toSeconds(), 0))
                                        .exec();
                            } catch (NotFoundException | NotModifiedException e) {
                                // It has ended already, which is what was wanted.
                                return id;
                            } catch (InternalServerErrorException e) {
                                requireGone(e);
                                return id;
                            }
                            return id;
                        });
        remove(id);
    }

    /// Ends it if it runs, and removes it with what it left.
    void remove(String id) {
        engine.connect()
                .call(
                        "remove container " + id,
                        TO_END,
                        new CancelToken(),
                        docker -> {
                            try {
                                docker.removeContainerCmd(id)
                                        .withForce(true)
                                        .withRemoveVolumes(true)
                                        .exec();
                            } catch (NotFoundException | ConflictException e) {
                                // It is gone, or somebody else is removing it at this moment.
                                return id;
                            } catch (InternalServerErrorException e) {
                                requireGone(e);
                                return id;
                            }
                            return id;
                        });
    }

    Running running(InspectContainerResponse container) {
        Map<String, String> labels =
                Objects.requireNonNullElse(container.getConfig().getLabels(), Map.of());
        InspectContainerResponse.ContainerState state = container.getState();
        boolean alive = Boolean.TRUE.equals(state.getRunning());
        Long pid = state.getPidLong();
        return new Running(
                labels.getOrDefault(Labels.SLOT, ""),
                engine.name(),
                container.getId(),
                labels.get(Labels.MODEL),
                labels.getOrDefault(Labels.FINGERPRINT, ""),
                URI.create("http://" + DockerForm.LOOPBACK + ":" + port(container)),
                null,
                alive,
                time(alive ? state.getStartedAt() : container.getCreated()),
                alive && pid != null && pid > 0 ? List.of(pid) : List.of());
    }

    /// The port that it is published at, 0 for one that is not, which no launch of ours has.
    private static int port(InspectContainerResponse container) {
        Ports ports = container.getHostConfig().getPortBindings();
        Map<ExposedPort, Ports.Binding[]> bindings = ports == null ? Map.of() : ports.getBindings();
        return bindings.values().stream()
                .filter(Objects::nonNull)
                .flatMap(Stream::of)
                .map(Ports.Binding::getHostPortSpec)
                .filter(spec -> spec != null && spec.matches("\\d{1,5}"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(0);
    }

    private static Instant time(@Nullable String text) {
        try {
            return OffsetDateTime.parse(String.valueOf(text)).toInstant();
        } catch (DateTimeException e) {
            // Only shown to people, and no reason to lose the container over.
            return Instant.EPOCH;
        }
    }
}
