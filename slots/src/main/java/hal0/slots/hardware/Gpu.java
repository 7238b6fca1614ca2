package hal0.slots.hardware;

import org.jspecify.annotations.Nullable;

/// One GPU as it was found.
///
/// **Shape** `kind` is the word of a slot's device (`gpu-cuda`, `gpu-rocm`, `gpu-vulkan`); null is
/// what nobody tells. **Units** MiB, percent, degrees Celsius, watts.
public record Gpu(
        String kind,
        int index,
        @Nullable String uuid,
        String name,
        long totalMb,
        long usedMb,
        long freeMb,
        @Nullable Integer utilization,
        @Nullable Integer temperature,
        @Nullable Double powerDraw,
        @Nullable Double powerLimit,
        @Nullable String driver) {}
