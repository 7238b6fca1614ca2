package hal0.slots.definition;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One slot as its file defines it, table by table.
public record SlotSpec(Slot slot, Model model, Server server) {

    public String name() {
        return slot.name();
    }

    /// What runs, on what, and for how long.
    ///
    /// **Shape** null is what the file leaves to others: `runtime`, `idleTimeout` and `unloadAfter`
    /// to `[slots]` of config.toml, `image` and `profile` to the device, `port` to the first free
    /// one. `command` is a process's argv and never goes through a shell. **Units** `memoryMb` in
    /// MiB, 0 is no limit; so is `cpus` 0.
    public record Slot(
            String name,
            Type type,
            @Nullable RuntimeName runtime,
            @Nullable String image,
            List<String> command,
            Device device,
            int gpuIndex,
            @Nullable String profile,
            @Nullable Integer port,
            List<String> aliases,
            boolean enabled,
            boolean pinned,
            long memoryMb,
            double cpus,
            List<String> constraints,
            @Nullable Duration idleTimeout,
            @Nullable Duration unloadAfter,
            int maxParallel) {

        public Slot {
            command = List.copyOf(command);
            aliases = List.copyOf(aliases);
            constraints = List.copyOf(constraints);
        }
    }

    /// What is served. `id` is a registry id, a path or a name known to the image; null when the
    /// slot starts without a model. **Units** `vramMb` in MiB, 0 is to be estimated; `gpuLayers` -1
    /// is all.
    public record Model(@Nullable String id, long contextSize, int gpuLayers, long vramMb) {}

    /// How the server inside is started and asked for its health.
    public record Server(List<String> extraArgs, Map<String, String> env, String healthPath) {
        public Server {
            extraArgs = List.copyOf(extraArgs);
            env = Map.copyOf(env);
        }

        /// The names only: a value may be a secret.
        @Override
        public String toString() {
            return "Server[extraArgs=%s, env=%s, healthPath=%s]"
                    .formatted(extraArgs, env.keySet(), healthPath);
        }
    }

    /// What a slot can be asked for.
    public enum Type implements Word {
        LLM("llm"),
        EMBEDDING("embedding"),
        RERANKING("reranking"),
        TRANSCRIPTION("transcription"),
        TTS("tts"),
        IMAGE("image");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// What runs a slot. AUTO is Podman if its socket answers, else Docker.
    public enum RuntimeName implements Word {
        AUTO("auto"),
        PODMAN("podman"),
        DOCKER("docker"),
        PROCESS("process"),
        SWARM("swarm");

        private final String word;

        RuntimeName(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// What computes.
    public enum Device implements Word {
        CPU("cpu"),
        GPU_CUDA("gpu-cuda"),
        GPU_ROCM("gpu-rocm"),
        GPU_VULKAN("gpu-vulkan"),
        NPU("npu");

        private final String word;

        Device(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// A choice by the word that files and commands use for it.
    public sealed interface Word permits Type, RuntimeName, Device {
        String word();
    }
}
