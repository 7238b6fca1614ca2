package hal0.slots.hardware;

import java.util.List;

/// What the machine has, at one moment.
///
/// **Units** MiB; `availableMb` is what programs can still take without swapping.
public record Hardware(
        String cpu,
        int cores,
        long memoryMb,
        long availableMb,
        List<Gpu> gpus,
        List<String> npus,
        List<String> notes) {
    public Hardware {
        gpus = List.copyOf(gpus);
        npus = List.copyOf(npus);
        notes = List.copyOf(notes);
    }

    /// Finds out.
    ///
    /// **Threads** any; blocks for as long as vendors' tools take, bounded.
    @FunctionalInterface
    public interface Probe {
        Hardware look();
    }
}
