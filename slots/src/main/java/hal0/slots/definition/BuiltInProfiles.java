package hal0.slots.definition;

import hal0.slots.definition.SlotSpec.Device;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The profiles that come with hal0.
///
/// **Shape** `embed` and `rerank` have no image of their own: they run with the one for language
/// models on the slot's device.
///
/// **Source** llama.cpp: images in docs/docker.md, entry point `/app/llama-server` in
/// .devops/cpu.Dockerfile, flags and `GET /health` in tools/server/README.md
/// (github.com/ggml-org/llama.cpp). vLLM: image and its entry point `vllm serve`, flags and `GET
/// /health` in docs/deployment/docker.md (github.com/vllm-project/vllm). whisper.cpp: entry point
/// `bash -c` in .devops/main.Dockerfile, flags and `GET /health` in examples/server
/// (github.com/ggml-org/whisper.cpp). Kokoro-FastAPI: docker/cpu/Dockerfile has a command and no
/// entry point, docker/scripts/entrypoint.sh starts uvicorn (github.com/remsky/Kokoro-FastAPI).
/// ComfyUI has no image of its own project; runner-scripts/entrypoint.sh of
/// github.com/YanWenKun/ComfyUI-Docker appends `CLI_ARGS` after its own `--port`, of which the last
/// counts. All read 2026-11-21.
final class BuiltInProfiles {
    private static final String LLAMA = "ghcr.io/ggml-org/llama.cpp:";
    private static final List<String> LLAMA_COMMAND =
            List.of("--host", "${HOST}", "--port", "${PORT}", "-m", "${MODEL}", "-c", "${CTX}");

    /// More than any model has: all of them. Older servers know no word for that.
    static final String ALL_LAYERS = "999";

    static final List<Profile> ALL =
            List.of(
                    llama("llama-server", LLAMA + "server", List.of(), Device.CPU),
                    onGpu("llama-server-cuda", "server-cuda", Device.GPU_CUDA),
                    onGpu("llama-server-rocm", "server-rocm", Device.GPU_ROCM),
                    onGpu("llama-server-vulkan", "server-vulkan", Device.GPU_VULKAN),
                    profile(
                            "vllm",
                            "docker.io/vllm/vllm-openai:latest",
                            List.of(
                                    "--host",
                                    "${HOST}",
                                    "--port",
                                    "${PORT}",
                                    "--model",
                                    "${MODEL}",
                                    "--max-model-len",
                                    "${CTX}"),
                            "/health",
                            Device.GPU_CUDA),
                    llama("embed", null, List.of("--embeddings"), devices()),
                    llama("rerank", null, List.of("--reranking"), devices()),
                    // The image hands the first word to a shell, which replaces itself at once;
                    // the others are its arguments and never part of a script.
                    profile(
                            "whisper",
                            "ghcr.io/ggml-org/whisper.cpp:main",
                            List.of(
                                    "exec whisper-server \"$@\"",
                                    "whisper-server",
                                    "--host",
                                    "${HOST}",
                                    "--port",
                                    "${PORT}",
                                    "-m",
                                    "${MODEL}",
                                    "--inference-path",
                                    "/v1/audio/transcriptions",
                                    "--convert"),
                            "/health",
                            Device.CPU),
                    profile(
                            "tts",
                            "ghcr.io/remsky/kokoro-fastapi-cpu:latest",
                            List.of(
                                    "python",
                                    "-m",
                                    "uvicorn",
                                    "api.src.main:app",
                                    "--host",
                                    "${HOST}",
                                    "--port",
                                    "${PORT}"),
                            "/health",
                            Device.CPU),
                    profile(
                            "comfyui",
                            "docker.io/yanwk/comfyui-boot:cu126-slim",
                            List.of(
                                    "env",
                                    "CLI_ARGS=--port ${PORT}",
                                    "bash",
                                    "/runner-scripts/entrypoint.sh"),
                            "/system_stats",
                            Device.GPU_CUDA));

    private BuiltInProfiles() {}

    private static Profile onGpu(String name, String tag, Device device) {
        return llama(name, LLAMA + tag, List.of("-ngl", ALL_LAYERS), device);
    }

    private static Device[] devices() {
        return new Device[] {Device.CPU, Device.GPU_CUDA, Device.GPU_ROCM, Device.GPU_VULKAN};
    }

    private static Profile llama(
            String name, @Nullable String image, List<String> further, Device... devices) {
        List<String> command = Stream.concat(LLAMA_COMMAND.stream(), further.stream()).toList();
        return new Profile(name, image, command, "/health", List.of(devices), 0);
    }

    private static Profile profile(
            String name, String image, List<String> command, String healthPath, Device device) {
        return new Profile(name, image, command, healthPath, List.of(device), 0);
    }
}
