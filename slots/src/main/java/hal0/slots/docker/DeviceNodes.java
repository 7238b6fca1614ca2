package hal0.slots.docker;

import hal0.slots.definition.Launch;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The devices of this machine that servers compute on, as files under `dev`.
///
/// **Source** what ROCm needs:
/// https://rocm.docs.amd.com/projects/install-on-linux/en/latest/how-to/docker.html; how it is kept
/// to one GPU: https://rocm.docs.amd.com/en/latest/conceptual/gpu-isolation.html; how llama.cpp's
/// Vulkan is: `GGML_VK_VISIBLE_DEVICES` in its `ggml/src/ggml-vulkan/ggml-vulkan.cpp`; NPUs:
/// https://docs.kernel.org/accel/introduction.html (all read 2026-11-21).
record DeviceNodes(Path dev) {

    /// What a container gets; `groups` own the nodes, so that servers without root can use them.
    record Found(
            List<ContainerSpec.Device> nodes,
            Set<Long> groups,
            Map<String, String> env,
            @Nullable Integer nvidiaGpu) {}

    static DeviceNodes ofMachine() {
        return new DeviceNodes(Path.of("/dev"));
    }

    /// **Errors** `CONFIG_ERROR` for a device that is not there. GPUs of NVIDIA are the engine's to
    /// find.
    Found forLaunch(Launch launch) {
        String index = String.valueOf(launch.gpuIndex());
        return switch (launch.device()) {
            case CPU -> new Found(List.of(), Set.of(), Map.of(), null);
            case GPU_CUDA -> new Found(List.of(), Set.of(), Map.of(), launch.gpuIndex());
            case GPU_ROCM ->
                    found(
                            launch,
                            "Load the driver amdgpu",
                            Map.of("HIP_VISIBLE_DEVICES", index),
                            "kfd",
                            "dri");
            case GPU_VULKAN ->
                    found(
                            launch,
                            "Load the GPU's driver",
                            Map.of("GGML_VK_VISIBLE_DEVICES", index),
                            "dri");
            case NPU -> found(launch, "Load the NPU's driver", Map.of(), "accel");
        };
    }

    private Found found(Launch launch, String advice, Map<String, String> env, String... names) {
        List<ContainerSpec.Device> nodes = new ArrayList<>();
        Set<Long> groups = new TreeSet<>();
        for (String name : names) {
            List<Path> files = files(name);
            if (files.isEmpty()) {
                throw SlotException.of(
                        SlotProblem.CONFIG_ERROR,
                        "Slot %s is to run on %s, but this machine has no /dev/%s. %s, or set slot.device = \"cpu\"."
                                .formatted(launch.slot(), launch.device().word(), name, advice));
            }
            for (Path file : files) {
                nodes.add(new ContainerSpec.Device(file, "/dev/" + dev.relativize(file)));
                group(file, groups);
            }
        }
        return new Found(nodes, groups, env, null);
    }

    /// The node itself, or those in the folder of that name.
    private List<Path> files(String name) {
        Path place = dev.resolve(name);
        if (!Files.isDirectory(place)) {
            return Files.exists(place) ? List.of(place) : List.of();
        }
        try (Stream<Path> inside = Files.list(place)) {
            return inside.filter(file -> !Files.isDirectory(file)).sorted().toList();
        } catch (IOException e) {
            // A folder that may not be listed holds nothing that could be passed on.
            return List.of();
        }
    }

    private static void group(Path file, Set<Long> groups) {
        try {
            if (Files.getAttribute(file, "unix:gid") instanceof Integer gid && gid > 0) {
                groups.add((long) gid);
            }
        } catch (IOException e) {
            // Without its group the node is still there for root.
        }
    }
}
