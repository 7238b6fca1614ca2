package hal0.slots.hardware;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `nvidia-smi` tells of GPUs and of who uses their memory.
///
/// **Source** `nvidia-smi --help-query-gpu` and `--help-query-compute-apps` of driver 580: memory
/// in MiB, and `[N/A]` and the like for what a GPU does not tell. Names stand last, because they
/// may hold commas.
final class NvidiaSmi {
    static final String NAME = "nvidia-smi";

    private static final String FORMAT = "--format=csv,noheader,nounits";
    private static final int GPU_COLUMNS = 12;
    private static final int APP_COLUMNS = 4;
    private static final String KIND = "gpu-cuda";

    static final String[] GPUS = {
        "--query-gpu=index,uuid,driver_version,memory.total,memory.used,memory.free,utilization.gpu,"
                + "temperature.gpu,power.draw,power.limit,mig.mode.current,name",
        FORMAT
    };

    static final String[] APPS = {
        "--query-compute-apps=pid,gpu_uuid,used_memory,process_name", FORMAT
    };

    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<Gpu> gpus = new ArrayList<>();
    private final List<GpuProcess> processes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /// **Shape** `gpuLines` and `appLines` are what it said to [#GPUS] and [#APPS]; `memory` stands
    /// in for GPUs that have no memory of their own.
    static NvidiaSmi read(String gpuLines, String appLines, SystemMemory memory) {
        NvidiaSmi read = new NvidiaSmi();
        rows(gpuLines, GPU_COLUMNS).forEach(row -> read.gpu(row, memory));
        rows(appLines, APP_COLUMNS).forEach(read::app);
        return read;
    }

    List<Gpu> gpus() {
        return gpus;
    }

    List<GpuProcess> processes() {
        return processes;
    }

    List<String> notes() {
        return notes;
    }

    private static List<List<String>> rows(String lines, int columns) {
        return lines.lines()
                .map(line -> List.of(line.strip().split("\\s*,\\s*", columns)))
                .filter(row -> row.size() == columns)
                .toList();
    }

    private void gpu(List<String> row, SystemMemory memory) {
        Double index = number(row.get(0));
        if (index == null) {
            return;
        }
        int number = index.intValue();
        String name = row.get(11);
        Double total = number(row.get(3));
        Double free = number(row.get(5));
        Double used = number(row.get(4));
        if (total == null) {
            notes.add(
                    "GPU %d (%s) tells of no memory of its own; counted is that of the machine"
                            .formatted(number, name));
            total = (double) memory.totalMb();
            free = (double) memory.availableMb();
        }
        if (used == null) {
            used = free == null ? 0 : total - free;
        }
        if (row.get(10).equals("Enabled")) {
            notes.add(
                    "GPU %d (%s) is divided (MIG); counted is the whole of it"
                            .formatted(number, name));
        }
        indexes.put(row.get(1), number);
        gpus.add(
                new Gpu(
                        KIND,
                        number,
                        known(row.get(1)),
                        name,
                        total.longValue(),
                        used.longValue(),
                        (long) (free == null ? total - used : free),
                        whole(row.get(6)),
                        whole(row.get(7)),
                        number(row.get(8)),
                        number(row.get(9)),
                        known(row.get(2))));
    }

    private void app(List<String> row) {
        Double pid = number(row.get(0));
        Integer gpu = indexes.get(row.get(1));
        Double used = number(row.get(2));
        if (pid != null && gpu != null && used != null) {
            processes.add(new GpuProcess(KIND, gpu, pid.longValue(), row.get(3), used.longValue()));
        }
    }

    /// Null for `[N/A]`, `[Not Supported]`, `[Unknown Error]` and whatever else is no number.
    private static @Nullable Double number(String cell) {
        try {
            double number = Double.parseDouble(cell);
            return number >= 0 && number < 1e15 ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Integer whole(String cell) {
        Double number = number(cell);
        return number == null ? null : (int) Math.round(number);
    }

    private static @Nullable String known(String cell) {
        return cell.startsWith("[") || cell.isEmpty() ? null : cell;
    }
}
