package hal0.relay.control;

import hal0.slots.GpuStatus;
import hal0.slots.hardware.Gpu;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The GPUs, and how the memory that slots share is divided, as `/api/gpu` shows it.
///
/// **Shape** `mode` is `llm` or `img` where groups exclude each other, else null. **Units** MiB,
/// percent, degrees Celsius; `memoryMb` is the machine's own, 0 where it is not known,
/// `availableMb` what of it can still be taken.
public record GpuInfo(
        List<Card> cards,
        List<Share> shares,
        @Nullable String mode,
        boolean pinned,
        long memoryMb,
        long availableMb) {

    public GpuInfo {
        cards = List.copyOf(cards);
        shares = List.copyOf(shares);
    }

    /// One GPU as it was found; null is what nobody tells.
    public record Card(
            String kind,
            int index,
            String name,
            long totalMb,
            long usedMb,
            long freeMb,
            @Nullable Integer utilization,
            @Nullable Integer temperature) {}

    /// What one slot has of a pool, or is about to take.
    public record Share(String slot, String pool, long mb, boolean measured, String state) {}

    static GpuInfo of(GpuStatus status) {
        return new GpuInfo(
                status.gpus().stream().map(GpuInfo::card).toList(),
                status.shares().stream()
                        .map(s -> new Share(s.slot(), s.pool(), s.mb(), s.measured(), s.state()))
                        .toList(),
                status.mode(),
                status.pinned(),
                status.memoryMb(),
                status.availableMb());
    }

    private static Card card(Gpu gpu) {
        return new Card(
                gpu.kind(),
                gpu.index(),
                gpu.name(),
                gpu.totalMb(),
                gpu.usedMb(),
                gpu.freeMb(),
                gpu.utilization(),
                gpu.temperature());
    }
}
