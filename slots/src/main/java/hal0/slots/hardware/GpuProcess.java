package hal0.slots.hardware;

/// A process that holds memory of a GPU.
///
/// **Shape** `kind` and `gpu` are those of its [Gpu]; `pid` as the machine counts, not a container.
/// **Units** MiB.
public record GpuProcess(String kind, int gpu, long pid, String name, long usedMb) {}
