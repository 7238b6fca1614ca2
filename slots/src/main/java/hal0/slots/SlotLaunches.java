package hal0.slots;

import hal0.slots.definition.Definition;
import hal0.slots.definition.Definitions;
import hal0.slots.definition.Launch;
import hal0.slots.definition.Ports;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.Workshop;
import hal0.slots.runtime.Running;
import hal0.slots.runtime.SlotRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Decides with what runtime and on which port a slot is loaded.
///
/// **Threads** any; blocks while engines and ports are asked. Two slots never get one port.
final class SlotLaunches implements Workshop.Resolver {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Definitions definitions;
    private final Runtimes runtimes;
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, Integer> previous = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    SlotLaunches(Definitions definitions, Runtimes runtimes) {
        this.definitions = definitions;
        this.runtimes = runtimes;
    }

    private Definition definition(String slot) {
        return definitions
                .find(slot)
                .orElseThrow(() ->
                        SlotException.of(
                                SlotProblem.NOT_FOUND, "there is no slot \"%s\"".formatted(slot)));
    }

    @Override
    public Launch launch(String slot, @Nullable String model) {
        Definition definition = definition(slot);
        RuntimeName runtime = runtimes.choose(definition.runtime());
        // Before a port is looked for: what runs already may hold it.
        Launch same = cleared(slot, model, runtime);
        if (same != null) {
            return same;
        }
        return definitions.launch(slot, model, runtime, port(definition, runtime));
    }

    /// The launch of what runs already just as it is wanted; anything else that still runs for the
    /// slot is removed, and then it is null.
    private @Nullable Launch cleared(String slot, @Nullable String model, RuntimeName name) {
        SlotRuntime runtime = runtimes.get(name);
        Launch same = null;
        for (Running found : runtime.find()) {
            if (found.slot().equals(slot) && found.alive()) {
                Launch launch = asItRuns(found, model);
                if (same == null && launch != null) {
                    same = launch;
                } else {
                    runtime.stop(found, GRACE);
                }
            }
        }
        if (same != null) {
            keep(slot, same.port());
        }
        return same;
    }

    /// What the definition comes to now for that model, if this is just what runs there.
    ///
    /// **Errors** none: a definition that cannot be launched is not what runs.
    @Nullable Launch asItRuns(Running found, @Nullable String model) {
        try {
            Launch launch =
                    definitions.launch(
                            found.slot(), model, found.runtime(), found.endpoint().getPort());
            return launch.fingerprint().equals(found.fingerprint()) ? launch : null;
        } catch (SlotException _) {
            return null;
        }
    }

    /// Whether the slot could be launched with that model, whatever runs now.
    ///
    /// **Errors** `CONFIG_ERROR`, `NOT_FOUND`.
    Launch sketch(String slot, @Nullable String model) {
        Definition definition = definition(slot);
        RuntimeName runtime = Runtimes.behind(definition.runtime()).getFirst();
        Integer own = definition.spec().slot().port();
        int port = own == null ? remembered(slot) : own;
        return definitions.launch(slot, model, runtime, port);
    }

    /// What loading it with its default model comes to now: on the runtime and the port of what
    /// runs where it may stay there.
    Launch asItWouldBe(String slot, @Nullable Running running) {
        Definition definition = definition(slot);
        boolean stays =
                running != null
                        && Runtimes.behind(definition.runtime()).contains(running.runtime());
        if (!stays || running == null) {
            return sketch(slot, null);
        }
        Integer own = definition.spec().slot().port();
        int port = own == null ? running.endpoint().getPort() : own;
        return definitions.launch(slot, null, running.runtime(), port);
    }

    private int remembered(String slot) {
        lock.lock();
        try {
            Integer before = previous.get(slot);
            return before == null ? definitions.ports().first() : before;
        } finally {
            lock.unlock();
        }
    }

    /// The slot has that port, from an earlier process.
    void keep(String slot, int port) {
        lock.lock();
        try {
            taken.put(slot, port);
            previous.put(slot, port);
        } finally {
            lock.unlock();
        }
    }

    /// The slot is down: others may have its port.
    void release(String slot) {
        lock.lock();
        try {
            taken.remove(slot);
        } finally {
            lock.unlock();
        }
    }

    private int port(Definition definition, RuntimeName runtime) {
        String slot = definition.name();
        lock.lock();
        try {
            Set<Integer> defined = new HashSet<>();
            for (Definition other : definitions.all()) {
                Integer own = other.spec().slot().port();
                if (own != null && !other.name().equals(slot)) {
                    defined.add(own);
                }
            }
            int port =
                    Ports.choose(
                            definition.spec(),
                            defined,
                            used(definition, runtime),
                            previous.get(slot),
                            definitions.ports());
            taken.put(slot, port);
            previous.put(slot, port);
            return port;
        } finally {
            lock.unlock();
        }
    }

    /// The ports in question that somebody has: other slots, or anything that listens.
    private Set<Integer> used(Definition definition, RuntimeName runtime) {
        Set<Integer> used = new HashSet<>(taken.values());
        Integer mine = taken.get(definition.name());
        if (mine != null) {
            used.remove(mine);
        }
        if (runtime == RuntimeName.SWARM) {
            return used; // it listens on other machines
        }
        Integer own = definition.spec().slot().port();
        Definitions.PortRange range = definitions.ports();
        List<Integer> asked =
                own != null
                        ? List.of(own)
                        : IntStream.rangeClosed(range.first(), range.last()).boxed().toList();
        asked.stream().filter(port -> !isFree(port)).forEach(used::add);
        return used;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As a server does: connections that have just ended do not keep a port.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
