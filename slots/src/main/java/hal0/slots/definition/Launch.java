package hal0.slots.definition;

import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.model.SplitModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A slot with a model, ready to be started: every placeholder filled in, every default decided.
///
/// **Shape** `runtime` is never AUTO. `image` is null for a process. In a container the server
/// listens on `port` too, and `arguments` name the model by its place there. **Units** `memoryMb`
/// in MiB, 0 is no limit; so is `cpus` 0.
public record Launch(
        String slot,
        SlotSpec.Type type,
        RuntimeName runtime,
        @Nullable String image,
        List<Argument> arguments,
        Map<String, String> env,
        Device device,
        int gpuIndex,
        int port,
        long memoryMb,
        double cpus,
        List<String> constraints,
        String healthPath,
        @Nullable Served model) {

    public Launch {
        arguments = List.copyOf(arguments);
        env = Map.copyOf(env);
        constraints = List.copyOf(constraints);
    }

    /// The model that is served. `id` is what clients may ask for; `file` is null for a name that
    /// the image knows; `inside` is what the server is told.
    public record Served(String id, @Nullable Path file, String inside, long contextSize) {

        /// Every file that it is made of, in order; none for a name that the image knows.
        public List<Path> files() {
            return file == null ? List.of() : SplitModel.parts(file);
        }
    }

    public List<String> argv() {
        return arguments.stream().map(Argument::text).toList();
    }

    /// The same for the same launch, another for any other: what runs is compared by it.
    public String fingerprint() {
        return Fingerprint.of(this);
    }

    /// Names of variables only: a value may be a secret.
    @Override
    public String toString() {
        return "Launch[slot=%s, runtime=%s, image=%s, argv=%s, env=%s, port=%d]"
                .formatted(slot, runtime, image, argv(), env.keySet(), port);
    }
}
