package hal0.slots.hardware;

import java.util.List;
import java.util.Set;

/// What the machine has, at one moment.
///
/// **Shape** `processes` are those that vendors' tools tell of, which may be none even where a GPU
/// is busy; `notes` say in words what could not be found out. **Units** MiB; `availableMb` is what
/// programs can still take without swapping.
public record Hardware(
        String cpu,
        int cores,
        long memoryMb,
        long availableMb,
        List<Gpu> gpus,
        List<GpuProcess> processes,
        List<String> npus,
        List<String> notes) {
    public Hardware {
        gpus = List.copyOf(gpus);
        processes = List.copyOf(processes);
        npus = List.copyOf(npus);
        notes = List.copyOf(notes);
    }

    /// Where nobody tells whose memory it is.
    public Hardware(
            String cpu,
            int cores,
            long memoryMb,
            long availableMb,
            List<Gpu> gpus,
            List<String> npus,
            List<String> notes) {
        this(cpu, cores, memoryMb, availableMb, gpus, List.of(), npus, notes);
    }

    /// What those processes hold of a GPU together, in MiB.
    public long usedBy(Set<Long> pids, Gpu gpu) {
        return processes.stream()
                .filter(p -> p.kind().equals(gpu.kind()) && p.gpu() == gpu.index())
                .filter(p -> pids.contains(p.pid()))
                .mapToLong(GpuProcess::usedMb)
                .sum();
    }

    /// Finds out.
    ///
    /// **Threads** any; blocks for as long as vendors' tools take, bounded.
    @FunctionalInterface
    public interface Probe {
        Hardware look();
    }
}
