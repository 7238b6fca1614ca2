package hal0.slots.swarm;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.dockerjava.api.model.ContainerSpec;
import com.github.dockerjava.api.model.ContainerSpecFile;
import com.github.dockerjava.api.model.ContainerSpecSecret;
import com.github.dockerjava.api.model.EndpointSpec;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortConfig;
import com.github.dockerjava.api.model.PortConfigProtocol;
import com.github.dockerjava.api.model.ResourceRequirements;
import com.github.dockerjava.api.model.ResourceSpecs;
import com.github.dockerjava.api.model.ServiceModeConfig;
import com.github.dockerjava.api.model.ServicePlacement;
import com.github.dockerjava.api.model.ServiceReplicatedModeOptions;
import com.github.dockerjava.api.model.ServiceRestartCondition;
import com.github.dockerjava.api.model.ServiceRestartPolicy;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.TaskSpec;
import com.github.dockerjava.api.model.UpdateConfig;
import com.github.dockerjava.api.model.UpdateOrder;
import hal0.providers.Secret;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.engine.Labels;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.model.SplitModel;
import hal0.slots.runtime.HomeMark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A launch in the words of a Swarm. Pure.
///
/// **Shape** one task, published by the node that runs it and not through the routing mesh, so that
/// its address tells where it is. The model's file must be at the same place on every node that may
/// get it. A GPU is asked for as the generic resource `NVIDIA-GPU`, of which Swarm chooses one.
/// **Source** Docker Engine API 1.41, ServiceCreate (https://docs.docker.com/reference/api/engine/,
/// read 2026-11-21).
final class ServiceForm {
    private static final Duration RESTART_DELAY = Duration.ofSeconds(2);
    private static final Duration RESTART_WINDOW = Duration.ofMinutes(5);
    private static final long RESTARTS = 5;
    private static final long READ_BY_ALL = 0444;

    private ServiceForm() {}

    /// The secret that holds a slot's key.
    record KeyPlace(String id, String name) {}

    static ServiceSpec of(
            Launch launch,
            HomeMark home,
            @Nullable Secret key,
            @Nullable KeyPlace place,
            Duration grace) {
        return new ServiceSpec()
                .withName(Labels.containerName(home, launch.slot()))
                .withLabels(Labels.of(launch, home))
                .withMode(
                        new ServiceModeConfig()
                                .withReplicated(new ServiceReplicatedModeOptions().withReplicas(1)))
                .withEndpointSpec(new EndpointSpec().withPorts(List.of(port(launch.port()))))
                // The port of the node is free for the next task only when the last has gone.
                .withUpdateConfig(
                        new UpdateConfig().withParallelism(1L).withOrder(UpdateOrder.STOP_FIRST))
                .withTaskTemplate(
                        new TaskSpec()
                                .withContainerSpec(container(launch, home, key, place, grace))
                                .withResources(resources(launch))
                                .withPlacement(
                                        new ServicePlacement()
                                                .withConstraints(launch.constraints()))
                                .withRestartPolicy(restarts()));
    }

    private static PortConfig port(int port) {
        return new PortConfig()
                .withProtocol(PortConfigProtocol.TCP)
                .withTargetPort(port)
                .withPublishedPort(port)
                .withPublishMode(PortConfig.PublishMode.host);
    }

    private static ContainerSpec container(
            Launch launch,
            HomeMark home,
            @Nullable Secret key,
            @Nullable KeyPlace place,
            Duration grace) {
        List<String> words = new ArrayList<>(launch.argv());
        Map<String, String> env = new TreeMap<>(launch.env());
        ContainerSpec container =
                new ContainerSpec()
                        .withImage(String.valueOf(launch.image()))
                        .withLabels(Labels.of(launch, home))
                        .withStopGracePeriod(grace.toNanos())
                        .withMounts(mounts(launch));
        if (place != null) {
            words.add(SlotKey.flag());
            words.add(SlotKey.inside());
            container.withSecrets(List.of(secret(place)));
        } else if (key != null) {
            env.put(SlotKey.VARIABLE, key.value());
        }
        return container
                .withArgs(words)
                .withEnv(
                        env.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
    }

    private static ContainerSpecSecret secret(KeyPlace place) {
        return new ContainerSpecSecret()
                .withSecretId(place.id())
                .withSecretName(place.name())
                .withFile(
                        new ContainerSpecFile()
                                .withName(SlotKey.FILE)
                                .withUid("0")
                                .withGid("0")
                                .withMode(READ_BY_ALL));
    }

    /// All its parts, the others beside the one that is named.
    private static List<Mount> mounts(Launch launch) {
        Launch.Served model = launch.model();
        Path file = model == null ? null : model.file();
        if (model == null || file == null || !model.inside().startsWith("/")) {
            return List.of();
        }
        Path inside = Path.of(model.inside());
        return SplitModel.parts(file).stream()
                .map(part ->
                        mount(
                                part,
                                part.equals(file)
                                        ? inside
                                        : inside.resolveSibling(part.getFileName())))
                .toList();
    }

    private static Mount mount(Path from, Path to) {
        return new Mount()
                .withType(MountType.BIND)
                .withSource(from.toString())
                .withTarget(to.toString())
                .withReadOnly(true);
    }

    private static ResourceRequirements resources(Launch launch) {
        ResourceSpecs reservations =
                switch (launch.device()) {
                    case CPU -> new ResourceSpecs();
                    case GPU_CUDA -> new OneGpu();
                    case GPU_ROCM, GPU_VULKAN, NPU -> throw devices(launch);
                };
        return new ResourceRequirements()
                .withLimits(amounts(launch, new ResourceSpecs()))
                .withReservations(amounts(launch, reservations));
    }

    private static ResourceSpecs amounts(Launch launch, ResourceSpecs specs) {
        if (launch.memoryMb() > 0) {
            specs.withMemoryBytes(launch.memoryMb() << 20);
        }
        if (launch.cpus() > 0) {
            specs.withNanoCPUs(Math.round(launch.cpus() * 1e9));
        }
        return specs;
    }

    /// What docker-java has no field for.
    private static final class OneGpu extends ResourceSpecs {
        @JsonProperty("GenericResources")
        List<Map<String, Map<String, Object>>> genericResources() {
            return List.of(
                    Map.of("DiscreteResourceSpec", Map.of("Kind", "NVIDIA-GPU", "Value", 1)));
        }
    }

    private static SlotException devices(Launch launch) {
        Device device = launch.device();
        return SlotException.of(
                SlotProblem.CONFIG_ERROR,
                "slot %s: [slot] device \"%s\": a Swarm gives services no such device: use cpu or gpu-cuda, or another runtime"
                        .formatted(launch.slot(), device.word()));
    }

    private static ServiceRestartPolicy restarts() {
        return new ServiceRestartPolicy()
                .withCondition(ServiceRestartCondition.ANY)
                .withDelay(RESTART_DELAY.toNanos())
                .withMaxAttempts(RESTARTS)
                .withWindow(RESTART_WINDOW.toNanos());
    }
}
