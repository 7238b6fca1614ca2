package hal0.slots.docker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a container is to be, in no engine's words.
///
/// **Shape** `port` is published on the loopback address under the same number; `capabilities` are
/// all that it has; `nvidiaGpu` the index of a GPU that the engine has to bring in, null without.
/// **Units** MiB; 0 is no limit, as is 0 `cpus`.
record ContainerSpec(
        String name,
        String image,
        List<String> command,
        Map<String, String> env,
        Map<String, String> labels,
        int port,
        List<Bind> binds,
        List<Device> devices,
        Set<Long> groups,
        @Nullable Integer nvidiaGpu,
        Set<String> capabilities,
        long memoryMb,
        double cpus) {
    static final long MEBIBYTE = 1024 * 1024;

    /// A server that writes much must not fill the disk.
    static final long LOG_BYTES = 10 * MEBIBYTE;

    /// Processes that work on one model hand tensors to each other through shared memory, for which
    /// the engines' 64 MB are too few.
    static final long SHARED_MEMORY_BYTES = 1024 * MEBIBYTE;

    ContainerSpec {
        command = List.copyOf(command);
        env = Map.copyOf(env);
        labels = Map.copyOf(labels);
        binds = List.copyOf(binds);
        devices = List.copyOf(devices);
        groups = Set.copyOf(groups);
        capabilities = Set.copyOf(capabilities);
    }

    /// A file or folder of this machine, to be read under another name.
    record Bind(Path from, String to) {}

    /// A device node and its name inside.
    record Device(Path from, String to) {}

    /// Names of variables only: a value may be a secret.
    @Override
    public String toString() {
        return "ContainerSpec[name=%s, image=%s, command=%s, env=%s, port=%d]"
                .formatted(name, image, command, env.keySet(), port);
    }
}
