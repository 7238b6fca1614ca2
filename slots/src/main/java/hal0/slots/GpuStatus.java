package hal0.slots;

import hal0.slots.hardware.Gpu;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the memory that slots share is divided.
///
/// **Shape** `mode` is `llm` or `img` where groups exclude each other, else null; `pinned` when
/// that mode stays until it is changed by hand. **Units** MiB; `memoryMb` is the machine's own, 0
/// where it is not known, and `availableMb` what of it programs can still take.
public record GpuStatus(
        List<Gpu> gpus,
        List<Share> shares,
        @Nullable String mode,
        boolean pinned,
        long memoryMb,
        long availableMb) {
    public GpuStatus {
        gpus = List.copyOf(gpus);
        shares = List.copyOf(shares);
    }

    /// What one slot has, or is about to take, of `pool` (`gpu-cuda:0`, `memory`, `npu`);
    /// `measured` when it was measured rather than estimated.
    public record Share(String slot, String pool, long mb, boolean measured, String state) {}
}
