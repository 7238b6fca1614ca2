package hal0.slots.swarm;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.LocalNodeState;
import com.github.dockerjava.api.model.Secret;
import com.github.dockerjava.api.model.SecretSpec;
import com.github.dockerjava.api.model.Service;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.SwarmInfo;
import com.github.dockerjava.api.model.SwarmNode;
import com.github.dockerjava.api.model.SwarmNodeManagerStatus;
import com.github.dockerjava.api.model.SwarmNodeStatus;
import com.github.dockerjava.api.model.Task;
import hal0.slots.engine.Connection;
import hal0.slots.engine.Engine;
import hal0.slots.engine.Labels;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What this home has on a Swarm, and what it asks of it.
///
/// **Errors** as [Connection] tells them. **Threads** any; calls block.
final class Swarm {
    private final Engine engine;
    private final HomeMark home;

    Swarm(Engine engine, HomeMark home) {
        this.engine = engine;
        this.home = home;
    }

    Connection connect() {
        return engine.connect();
    }

    /// The part that this engine plays in a swarm.
    ///
    /// **Errors** `RUNTIME_UNAVAILABLE` that says what is missing, if it cannot make services.
    SwarmInfo check() {
        SwarmInfo info =
                connect().call("tell of its swarm", client -> client.infoCmd().exec().getSwarm());
        if (info == null || info.getLocalNodeState() != LocalNodeState.ACTIVE) {
            throw SlotException.of(
                    SlotProblem.RUNTIME_UNAVAILABLE,
                    "Docker is not part of a swarm: run `docker swarm init`, or `docker swarm join` to become a manager of another");
        }
        if (!Boolean.TRUE.equals(info.getControlAvailable())) {
            throw SlotException.of(
                    SlotProblem.RUNTIME_UNAVAILABLE,
                    "this machine is a worker of its swarm, and only managers can make services: run hal0 on a manager, or `docker node promote` this one");
        }
        return info;
    }

    /// The node that this engine is.
    String node() {
        return String.valueOf(check().getNodeID());
    }

    boolean hasImage(String image) {
        return connect()
                .call(
                        "look for the image " + image,
                        client -> {
                            try {
                                return client.inspectImageCmd(image).exec().getId() != null;
                            } catch (NotFoundException _) {
                                return false;
                            }
                        });
    }

    private Map<String, String> mine() {
        return Map.of(Labels.HOME, home.text());
    }

    List<ServiceView> services() {
        List<Service> services =
                connect()
                        .call(
                                "list services",
                                client -> client.listServicesCmd().withLabelFilter(mine()).exec());
        return services.stream().map(ServiceView::new).toList();
    }

    List<ServiceView> services(String slot) {
        return services().stream().filter(service -> slot.equals(service.slot())).toList();
    }

    /// Of all services, those of removed ones too until they have ended.
    List<Task> tasks() {
        return connect()
                .call("list tasks", client -> client.listTasksCmd().withLabelFilter(mine()).exec());
    }

    List<Task> tasks(String service) {
        return tasks().stream().filter(task -> service.equals(task.getServiceId())).toList();
    }

    /// The nodes as they are now.
    ///
    /// **Shape** `self` is the one that this engine is; `addresses` where each is reached.
    record Nodes(String self, Map<String, String> addresses) {
        String address(String node) {
            return addresses.getOrDefault(node, "127.0.0.1");
        }
    }

    Nodes nodes() {
        return new Nodes(node(), addresses());
    }

    private Map<String, String> addresses() {
        List<SwarmNode> nodes =
                connect().call("list nodes", client -> client.listSwarmNodesCmd().exec());
        Map<String, String> found = new HashMap<>();
        for (SwarmNode node : nodes) {
            String id = node.getId();
            if (id != null) {
                found.put(id, address(node));
            }
        }
        return found;
    }

    /// An only manager may call its own address 0.0.0.0, and tells it as a manager then.
    private static String address(SwarmNode node) {
        SwarmNodeStatus status = node.getStatus();
        String plain = status == null ? null : status.getAddress();
        if (plain != null && !plain.isEmpty() && !plain.equals("0.0.0.0")) {
            return plain;
        }
        SwarmNodeManagerStatus manager = node.getManagerStatus();
        String withPort = manager == null ? null : manager.getAddr();
        int colon = withPort == null ? -1 : withPort.lastIndexOf(':');
        return withPort == null || colon < 0 ? "127.0.0.1" : withPort.substring(0, colon);
    }

    String create(String slot, ServiceSpec spec) {
        return connect()
                .call(
                        "create the service of slot " + slot,
                        client -> String.valueOf(client.createServiceCmd(spec).exec().getId()));
    }

    void update(String slot, Service service, ServiceSpec spec) {
        Long version = service.getVersion() == null ? null : service.getVersion().getIndex();
        connect()
                .call(
                        "update the service of slot " + slot,
                        client ->
                                client.updateServiceCmd(String.valueOf(service.getId()), spec)
                                        .withVersion(version)
                                        .exec());
    }

    void remove(String slot, String service) {
        connect()
                .<@Nullable Void>call(
                        "remove the service of slot " + slot,
                        client -> {
                            try {
                                client.removeServiceCmd(service).exec();
                            } catch (NotFoundException _) {
                                // Somebody else was quicker.
                            }
                            return null;
                        });
    }

    /// Ends a container of this node at once.
    void kill(String slot, String container) {
        connect()
                .<@Nullable Void>call(
                        "kill the container of slot " + slot,
                        client -> {
                            try {
                                client.killContainerCmd(container).exec();
                            } catch (NotFoundException | ConflictException _) {
                                // It has ended by itself after all.
                            }
                            return null;
                        });
    }

    /// Puts a key where only the slot's container can read it.
    ServiceForm.KeyPlace keep(String slot, hal0.providers.Secret key) {
        String name =
                Labels.containerName(home, slot)
                        + "-"
                        + UUID.randomUUID().toString().substring(0, 8);
        SecretSpec spec =
                new SecretSpec()
                        .withName(name)
                        .withLabels(Map.of(Labels.HOME, home.text(), Labels.SLOT, slot))
                        .withData(key.value());
        String id =
                connect()
                        .call(
                                "keep the key of slot " + slot,
                                client ->
                                        String.valueOf(
                                                client.createSecretCmd(spec).exec().getId()));
        return new ServiceForm.KeyPlace(id, name);
    }

    /// Removes a slot's keys but that one, null is all of them.
    void forgetKeys(String slot, @Nullable String but) {
        Map<String, String> labels = Map.of(Labels.HOME, home.text(), Labels.SLOT, slot);
        List<Secret> secrets =
                connect()
                        .call(
                                "list secrets",
                                client -> client.listSecretsCmd().withLabelFilter(labels).exec());
        for (Secret secret : secrets) {
            String id = String.valueOf(secret.getId());
            if (!id.equals(but)) {
                forgetKey(slot, id);
            }
        }
    }

    private void forgetKey(String slot, String id) {
        connect()
                .<@Nullable Void>call(
                        "remove a key of slot " + slot,
                        client -> {
                            try {
                                client.removeSecretCmd(id).exec();
                            } catch (NotFoundException _) {
                                // Somebody else was quicker.
                            }
                            return null;
                        });
    }
}
