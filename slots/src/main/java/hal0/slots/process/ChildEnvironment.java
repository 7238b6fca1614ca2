package hal0.slots.process;

import hal0.slots.definition.Launch;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a slot's server sees of the environment: what programs need to run, which GPU is its own,
/// and what its slot says; nothing else of hal0's, which may hold keys of providers.
///
/// **Source** the variables that choose a GPU: CUDA C Programming Guide, "CUDA Environment
/// Variables"; ROCm "GPU isolation techniques"; llama.cpp `ggml/src/ggml-vulkan/ggml-vulkan.cpp`
/// (all read 2026-11-21).
final class ChildEnvironment {
    private static final Set<String> KEPT =
            Set.of(
                    "PATH",
                    "HOME",
                    "USER",
                    "LOGNAME",
                    "LANG",
                    "LANGUAGE",
                    "TZ",
                    "TMPDIR",
                    "LD_LIBRARY_PATH",
                    "CUDA_HOME",
                    "CUDA_PATH",
                    "ROCM_PATH",
                    "XDG_CACHE_HOME",
                    "XDG_RUNTIME_DIR",
                    "HF_HOME",
                    "SSL_CERT_FILE",
                    "SSL_CERT_DIR");
    private static final String NONE = "-1";

    private ChildEnvironment() {}

    /// The slot's own words win over the rest, but never over the marks.
    static Map<String, String> of(
            Map<String, String> own, Launch launch, Map<String, String> marks) {
        Map<String, String> result = new TreeMap<>();
        own.forEach((name, value) -> {
            if (KEPT.contains(name) || name.startsWith("LC_")) {
                result.put(name, value);
            }
        });
        chooseGpu(launch, result);
        result.putAll(launch.env());
        result.putAll(marks);
        return result;
    }

    /// A slot on one kind of device must not take memory of another that its program knows too.
    private static void chooseGpu(Launch launch, Map<String, String> into) {
        String index = String.valueOf(launch.gpuIndex());
        into.put("CUDA_VISIBLE_DEVICES", NONE);
        into.put("HIP_VISIBLE_DEVICES", NONE);
        switch (launch.device()) {
            case GPU_CUDA -> {
                into.put("CUDA_VISIBLE_DEVICES", index);
                // CUDA's own order is by speed; nvidia-smi's, which gpu_index is of, is this one.
                into.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
            }
            case GPU_ROCM -> into.put("HIP_VISIBLE_DEVICES", index);
            case GPU_VULKAN -> into.put("GGML_VK_VISIBLE_DEVICES", index);
            case CPU, NPU -> {}
        }
    }
}
