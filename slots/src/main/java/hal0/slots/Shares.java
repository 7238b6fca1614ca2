package hal0.slots;

import hal0.slots.hardware.Hardware;
import hal0.slots.plan.Sharing;
import java.util.List;

/// What the arbiter knows of shares, as people and programs are shown it.
final class Shares {
    private Shares() {}

    static GpuStatus of(Sharing sharing, Hardware hardware, Keepers keepers) {
        List<GpuStatus.Share> shares =
                sharing.holdings().stream().map(holding -> share(holding, keepers)).toList();
        return new GpuStatus(
                hardware.gpus(),
                shares,
                sharing.mode(),
                sharing.pinned(),
                hardware.memoryMb(),
                hardware.availableMb());
    }

    private static GpuStatus.Share share(Sharing.Holding holding, Keepers keepers) {
        boolean measured =
                keepers.find(holding.slot())
                        .map(Keeper::loop)
                        .filter(loop ->
                                loop.experience().memoryMb().containsValue(holding.need().mb()))
                        .isPresent();
        return new GpuStatus.Share(
                holding.slot(),
                holding.need().pool().word(),
                holding.need().mb(),
                measured && holding.need().mb() > 0,
                holding.phase());
    }
}
