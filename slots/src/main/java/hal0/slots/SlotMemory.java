package hal0.slots;

import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec;
import hal0.slots.error.SlotException;
import hal0.slots.hardware.Gpu;
import hal0.slots.hardware.Hardware;
import hal0.slots.lifecycle.Workshop;
import hal0.slots.plan.Need;
import hal0.slots.plan.Pool;
import hal0.slots.runtime.Running;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What slots take of the memory that they share: measured at the last load, else as the definition
/// says, else estimated from the model's file.
///
/// **Units** MiB; 0 is not known. **Threads** any; may read files.
final class SlotMemory implements Workshop.Meter {
    private static final System.Logger LOG = System.getLogger(SlotMemory.class.getName());

    private final Keepers keepers;
    private final Runtimes runtimes;
    private final SlotLaunches launches;
    private final Hardware.Probe hardware;
    private final Estimator estimator;

    SlotMemory(
            Keepers keepers,
            Runtimes runtimes,
            SlotLaunches launches,
            Hardware.Probe hardware,
            Estimator estimator) {
        this.keepers = keepers;
        this.runtimes = runtimes;
        this.launches = launches;
        this.hardware = hardware;
        this.estimator = estimator;
    }

    static Pool pool(SlotSpec.Device device, int gpuIndex) {
        return switch (device) {
            case CPU -> new Pool.Memory();
            case GPU_CUDA, GPU_ROCM, GPU_VULKAN -> new Pool.Gpu(device.word(), gpuIndex);
            case NPU -> new Pool.Npu();
        };
    }

    Need need(String slot, @Nullable String model) {
        Keeper keeper = keepers.get(slot);
        SlotSpec spec = keeper.definition().spec();
        Pool pool = pool(spec.slot().device(), spec.slot().gpuIndex());
        Launch.Served served = served(slot, model);
        String id = model == null ? spec.model().id() : model;
        long context = served == null ? 0 : served.contextSize();
        long measured = keeper.loop().experience().memoryMb(id, context);
        if (measured > 0) {
            return new Need(pool, measured);
        }
        if (pool instanceof Pool.Gpu && spec.model().vramMb() > 0) {
            return new Need(pool, spec.model().vramMb());
        }
        return new Need(pool, estimated(served, pool, spec));
    }

    /// Null for none, and where its definition is wrong, which its load is going to tell.
    private Launch.@Nullable Served served(String slot, @Nullable String model) {
        try {
            return launches.sketch(slot, model).model();
        } catch (SlotException e) {
            LOG.log(System.Logger.Level.DEBUG, "slot {0}: {1}", slot, e.message());
            return null;
        }
    }

    private long estimated(Launch.@Nullable Served served, Pool pool, SlotSpec spec) {
        if (served == null || served.file() == null) {
            return 0;
        }
        int layers = pool instanceof Pool.Gpu ? spec.model().gpuLayers() : 0;
        return estimator
                .of(served.file(), served.contextSize(), layers)
                .map(estimate -> pool instanceof Pool.Gpu ? estimate.gpuMb() : estimate.hostMb())
                .orElse(0L);
    }

    /// What it takes now.
    @Override
    public long memoryMb(Launch launch, Running running) {
        return switch (pool(launch.device(), launch.gpuIndex())) {
            case Pool.Memory _, Pool.Npu _ -> runtimes.get(running.runtime()).memoryMb(running);
            case Pool.Gpu(var kind, var index) -> onGpu(kind, index, running);
        };
    }

    /// 0 where vendors' tools tell of no processes, or those of a container are not known.
    private long onGpu(String kind, int index, Running running) {
        Set<Long> pids = new HashSet<>(running.pids());
        running.pids()
                .forEach(pid ->
                        ProcessHandle.of(pid)
                                .ifPresent(process ->
                                        process.descendants()
                                                .forEach(child -> pids.add(child.pid()))));
        if (pids.isEmpty()) {
            return 0;
        }
        Hardware now = hardware.look();
        return now.gpus().stream()
                .filter(gpu -> gpu.kind().equals(kind) && gpu.index() == index)
                .mapToLong((Gpu gpu) -> now.usedBy(pids, gpu))
                .sum();
    }
}
