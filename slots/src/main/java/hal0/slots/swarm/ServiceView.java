package hal0.slots.swarm;

import com.github.dockerjava.api.model.ContainerSpec;
import com.github.dockerjava.api.model.ContainerSpecSecret;
import com.github.dockerjava.api.model.PortConfig;
import com.github.dockerjava.api.model.Service;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.TaskSpec;
import hal0.providers.Secret;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.engine.Labels;
import hal0.slots.runtime.Running;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A service of ours, read out of what the Swarm gives, in which anything may be missing.
record ServiceView(Service service) {
    /// Between the service and the task in what a slot that runs is called.
    private static final String SEPARATOR = "/";

    String id() {
        return String.valueOf(service.getId());
    }

    /// The service of something that was found or started.
    static String id(Running running) {
        int end = running.id().indexOf(SEPARATOR);
        return end < 0 ? running.id() : running.id().substring(0, end);
    }

    String slot() {
        return Objects.requireNonNullElse(label(Labels.SLOT), "");
    }

    String fingerprint() {
        return Objects.requireNonNullElse(label(Labels.FINGERPRINT), "");
    }

    private @Nullable String label(String name) {
        ServiceSpec spec = service.getSpec();
        Map<String, String> labels = spec == null ? null : spec.getLabels();
        return labels == null ? null : labels.get(name);
    }

    /// How often its task was made anew by force.
    int forced() {
        TaskSpec template = template(service.getSpec());
        Integer count = template == null ? null : template.getForceUpdate();
        return count == null ? 0 : count;
    }

    private static @Nullable TaskSpec template(@Nullable ServiceSpec spec) {
        return spec == null ? null : spec.getTaskTemplate();
    }

    private static @Nullable ContainerSpec container(@Nullable ServiceSpec spec) {
        TaskSpec template = template(spec);
        return template == null ? null : template.getContainerSpec();
    }

    /// The secret with its key, null without one.
    static @Nullable String secret(@Nullable ServiceSpec spec) {
        ContainerSpec container = container(spec);
        List<ContainerSpecSecret> secrets = container == null ? null : container.getSecrets();
        return secrets == null || secrets.isEmpty() ? null : secrets.getFirst().getSecretId();
    }

    /// Whether its server asks for a key.
    boolean isKeyed() {
        ContainerSpec container = container(service.getSpec());
        List<String> env = container == null ? null : container.getEnv();
        return secret(service.getSpec()) != null
                || (env != null
                        && env.stream().anyMatch(word -> word.startsWith(SlotKey.VARIABLE + "=")));
    }

    private int port() {
        ServiceSpec spec = service.getSpec();
        List<PortConfig> ports =
                spec == null || spec.getEndpointSpec() == null
                        ? null
                        : spec.getEndpointSpec().getPorts();
        return ports == null || ports.isEmpty() ? 0 : ports.getFirst().getPublishedPort();
    }

    /// A service whose key is lost can only be replaced, so it is told as another launch.
    Running running(Optional<Placed> placed, Swarm.Nodes nodes, @Nullable Secret key) {
        boolean lost = isKeyed() && key == null;
        return new Running(
                slot(),
                RuntimeName.SWARM,
                id() + SEPARATOR + placed.map(Placed::task).orElse(""),
                label(Labels.MODEL),
                lost ? "" : fingerprint(),
                endpoint(nodes.address(placed.map(Placed::node).orElse(""))),
                isKeyed() ? key : null,
                placed.filter(p -> p.phase() == Placed.Phase.RUNNING).isPresent(),
                service.getCreatedAt() == null ? Instant.EPOCH : service.getCreatedAt().toInstant(),
                placed.map(p -> pids(p, nodes)).orElse(List.of()));
    }

    private URI endpoint(String address) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create("http://" + host + ":" + port());
    }

    /// Those of other machines mean nothing here.
    private static List<Long> pids(Placed placed, Swarm.Nodes nodes) {
        boolean here = placed.node().equals(nodes.self()) && placed.pid() > 0;
        return here && placed.phase() == Placed.Phase.RUNNING ? List.of(placed.pid()) : List.of();
    }
}
