package hal0.slots.engine;

import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A container engine: found when it is first needed, and again after it was lost.
///
/// **Threads** any.
public final class Engine implements AutoCloseable {
    private final RuntimeName name;
    private final List<EngineAddress> addresses;
    private final Path settings;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection connection;

    Engine(RuntimeName name, List<EngineAddress> addresses, Path settings) {
        this.name = name;
        this.addresses = List.copyOf(addresses);
        this.settings = settings;
    }

    /// The engine behind `name`, looked for where `environment` says and in the customary places.
    public static Engine of(RuntimeName name, Map<String, String> environment) {
        return new Engine(
                name,
                name == RuntimeName.PODMAN
                        ? EngineAddress.forPodman(environment)
                        : EngineAddress.forDocker(environment),
                settings(environment));
    }

    /// The engine at that address and no other.
    public static Engine at(RuntimeName name, URI address) {
        return new Engine(
                name, List.of(new EngineAddress("", address.toString())), settings(Map.of()));
    }

    /// The folder where `docker login` leaves what it was told.
    private static Path settings(Map<String, String> environment) {
        String folder = environment.get("DOCKER_CONFIG");
        return folder == null || folder.isBlank()
                ? Path.of(System.getProperty("user.home"), ".docker")
                : Path.of(folder);
    }

    public RuntimeName name() {
        return name;
    }

    /// What the engine is called in messages.
    public String label() {
        return name == RuntimeName.PODMAN ? "Podman" : "Docker";
    }

    /// The connection that there is, else the first address where the right engine answers.
    ///
    /// **Errors** `RUNTIME_UNAVAILABLE` that names every address and what is wrong with it.
    public Connection connect() {
        lock.lock();
        try {
            Connection here = connection;
            if (here == null) {
                here = find();
                connection = here;
            }
            return here;
        } finally {
            lock.unlock();
        }
    }

    /// Looks for the engine anew the next time, unless that has happened already.
    void forget(Connection lost) {
        lock.lock();
        try {
            if (connection == lost) {
                connection = null;
            }
        } finally {
            lock.unlock();
        }
        lost.close();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            Connection here = connection;
            connection = null;
            if (here != null) {
                here.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private Connection find() {
        List<String> tried = new ArrayList<>();
        for (EngineAddress address : addresses) {
            String reason = address.obstacle();
            if (reason == null) {
                try {
                    return Connection.to(this, address, settings);
                } catch (Connection.Rejected e) {
                    reason = e.getMessage();
                }
            }
            tried.add(address + " (" + reason + ")");
        }
        throw SlotException.of(
                        SlotProblem.RUNTIME_UNAVAILABLE,
                        "%s was not found. Tried: %s. %s"
                                .formatted(label(), String.join(", ", tried), advice()))
                .with(Map.of("runtime", name.word(), "tried", List.copyOf(tried)));
    }

    private String advice() {
        return name == RuntimeName.PODMAN
                ? "Start it (systemctl --user start podman.socket) or set DOCKER_HOST."
                : "Start it (systemctl start docker), see that you may use its socket (group docker), or set DOCKER_HOST.";
    }
}
