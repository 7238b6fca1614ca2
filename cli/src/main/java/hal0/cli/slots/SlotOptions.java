package hal0.cli.slots;

import hal0.cli.console.CommandException;
import hal0.cli.console.ExitCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `create` and `edit` can say of a slot, as the keys of its file.
///
/// **Shape** one option for each key; what is not given is not written.
final class SlotOptions {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "An id of the registry, the path of a file, or a name the image knows.")
    private @Nullable String model;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "llm (usual), embedding, reranking, transcription, tts or image.")
    private @Nullable String type;

    @Option(
            names = "--runtime",
            paramLabel = "RUNTIME",
            description = "auto (usual), podman, docker, process or swarm.")
    private @Nullable String runtime;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "cpu (usual), gpu-cuda, gpu-rocm, gpu-vulkan or npu.")
    private @Nullable String device;

    @Option(names = "--gpu-index", paramLabel = "N", description = "Which of several GPUs.")
    private @Nullable Long gpuIndex;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Image and flags by name; left out: those for type and device.")
    private @Nullable String profile;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "Another image than that of the profile.")
    private @Nullable String image;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Left out: the first free one of the range.")
    private @Nullable Long port;

    @Option(names = "--ctx-size", paramLabel = "TOKENS", description = "How much it can hold.")
    private @Nullable Long contextSize;

    @Option(
            names = "--gpu-layers",
            paramLabel = "N",
            description = "Layers of the model on the GPU; -1 is all.")
    private @Nullable Long gpuLayers;

    @Option(
            names = "--vram-mb",
            paramLabel = "MIB",
            description = "What it takes of the GPU's memory; 0 is estimated from the file.")
    private @Nullable Long vramMb;

    @Option(
            names = "--alias",
            paramLabel = "NAME",
            description = "A further name that clients may ask for; may be repeated.")
    private @Nullable List<String> aliases;

    @Option(
            names = "--pinned",
            negatable = true,
            description = "Never unloaded to make room; --no-pinned takes that back.")
    private @Nullable Boolean pinned;

    @Option(
            names = "--enabled",
            negatable = true,
            description = "Loaded when the relay starts (usual); --no-enabled: when it is asked.")
    private @Nullable Boolean enabled;

    @Option(names = "--memory-mb", paramLabel = "MIB", description = "A limit; 0 is none.")
    private @Nullable Long memoryMb;

    @Option(names = "--cpus", paramLabel = "N", description = "A limit, such as 1.5; 0 is none.")
    private @Nullable Double cpus;

    @Option(
            names = "--constraint",
            paramLabel = "EXPR",
            description = "For --runtime swarm: where it may run; may be repeated.")
    private @Nullable List<String> constraints;

    @Option(
            names = "--idle-timeout",
            paramLabel = "SECONDS",
            description = "Quiet that long, it counts as idle.")
    private @Nullable Long idleTimeout;

    @Option(
            names = "--unload-after",
            paramLabel = "SECONDS",
            description = "Idle that long, it is unloaded; 0: it stays.")
    private @Nullable Long unloadAfter;

    @Option(
            names = "--max-parallel",
            paramLabel = "N",
            description = "Requests at once; more wait in order.")
    private @Nullable Long maxParallel;

    @Option(
            names = "--extra-arg",
            paramLabel = "WORD",
            parameterConsumer = AnyWord.class,
            description =
                    "A further word for the server: --extra-arg=--flash-attn; may be repeated.")
    private @Nullable List<String> extraArgs;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "A variable of the server; may be repeated.")
    private @Nullable List<String> env;

    @Option(
            names = "--health-path",
            paramLabel = "PATH",
            description = "Where the server tells that it is up.")
    private @Nullable String healthPath;

    /// The keys that were given, with their table.
    Map<String, @Nullable Object> keys() {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        put(keys, "slot.type", type);
        put(keys, "slot.runtime", runtime);
        put(keys, "slot.image", image);
        put(keys, "slot.device", device);
        put(keys, "slot.gpu_index", gpuIndex);
        put(keys, "slot.profile", profile);
        put(keys, "slot.port", port);
        put(keys, "slot.aliases", aliases);
        put(keys, "slot.enabled", enabled);
        put(keys, "slot.pinned", pinned);
        put(keys, "slot.memory_mb", memoryMb);
        put(keys, "slot.cpus", cpus);
        put(keys, "slot.constraints", constraints);
        put(keys, "slot.idle_timeout_s", idleTimeout);
        put(keys, "slot.unload_after_s", unloadAfter);
        put(keys, "slot.max_parallel", maxParallel);
        put(keys, "model.default", model);
        put(keys, "model.context_size", contextSize);
        put(keys, "model.n_gpu_layers", gpuLayers);
        put(keys, "model.vram_mb", vramMb);
        put(keys, "server.extra_args", extraArgs);
        put(keys, "server.health_path", healthPath);
        variables().forEach((name, value) -> put(keys, "server.env." + name, value));
        return keys;
    }

    private static void put(
            Map<String, @Nullable Object> keys, String key, @Nullable Object value) {
        if (value instanceof List<?> list) {
            keys.put(key, List.copyOf(list));
        } else if (value != null) {
            keys.put(key, value);
        }
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        List<String> given = env == null ? new ArrayList<>() : env;
        for (String variable : given) {
            int equals = variable.indexOf('=');
            if (equals < 1 || !variable.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_]*")) {
                // Not repeated: it may be a secret.
                throw new CommandException(
                        ExitCode.USAGE, "--env takes NAME=VALUE, such as --env LLAMA_LOG_COLORS=0");
            }
            variables.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return variables;
    }
}
