package hal0.slots.hardware;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the kernel tells of graphics cards and NPUs, where no vendor's tool is installed.
///
/// **Source** `gpu_busy_percent`, `hwmon`: https://docs.kernel.org/gpu/amdgpu/thermal.html and
/// driver-misc.html; `/sys/class/accel`: https://docs.kernel.org/accel/introduction.html, read
/// 2026-11-21.
final class DrmCards {
    private static final Pattern CARD = Pattern.compile("card\\d{1,3}");
    private static final Pattern ACCELERATOR = Pattern.compile("accel\\d{1,3}");
    private static final String AMD = "0x1002";
    private static final String INTEL = "0x8086";
    private static final long MIB = 1024L * 1024;
    private static final double MICRO = 1e6;
    private static final long MILLI = 1000;

    private final Path root;
    private final List<Gpu> gpus = new ArrayList<>();
    private final List<String> gpuNotes = new ArrayList<>();
    private final List<String> otherNotes = new ArrayList<>();

    private DrmCards(Path root) {
        this.root = root;
    }

    static DrmCards read(Path root) {
        DrmCards cards = new DrmCards(root);
        List<Path> found = new ArrayList<>(SmallFile.list(root.resolve("sys/class/drm"), "card*"));
        found.removeIf(card -> !CARD.matcher(name(card)).matches());
        found.sort(Comparator.comparingInt(card -> Integer.parseInt(name(card).substring(4))));
        found.forEach(cards::card);
        return cards;
    }

    /// GPUs of AMD.
    List<Gpu> gpus() {
        return gpus;
    }

    /// What is to be known of these.
    List<String> gpuNotes() {
        return gpuNotes;
    }

    /// What is to be known of those that are left out.
    List<String> otherNotes() {
        return otherNotes;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private void card(Path card) {
        Path device = card.resolve("device");
        String vendor = SmallFile.text(device.resolve("vendor"));
        if (INTEL.equals(vendor)) {
            otherNotes.add(
                    "%s is a GPU of Intel, whose memory the kernel does not tell; it is not counted"
                            .formatted(name(card)));
        }
        Long total = SmallFile.number(device.resolve("mem_info_vram_total"));
        if (!AMD.equals(vendor) || total == null) {
            return;
        }
        AmdMemory memory =
                AmdMemory.of(
                        total,
                        SmallFile.number(device.resolve("mem_info_vram_used")),
                        SmallFile.number(device.resolve("mem_info_gtt_total")),
                        SmallFile.number(device.resolve("mem_info_gtt_used")));
        if (memory.shared()) {
            gpuNotes.add(AmdMemory.note(title(device)));
        }
        Long busy = SmallFile.number(device.resolve("gpu_busy_percent"));
        Long heat = sensor(device, "temp1_input");
        Long power = sensor(device, "power1_average");
        Long limit = sensor(device, "power1_cap");
        gpus.add(
                new Gpu(
                        Files.exists(root.resolve("dev/kfd")) ? "gpu-rocm" : "gpu-vulkan",
                        gpus.size(),
                        SmallFile.text(device.resolve("unique_id")),
                        title(device),
                        memory.total() / MIB,
                        memory.used() / MIB,
                        memory.free() / MIB,
                        busy == null ? null : Math.toIntExact(Math.clamp(busy, 0, 100)),
                        heat == null ? null : Math.toIntExact(heat / MILLI),
                        power == null ? null : power / MICRO,
                        limit == null ? null : limit / MICRO,
                        null));
    }

    private static String title(Path device) {
        String product = SmallFile.text(device.resolve("product_name"));
        if (product != null && !product.isEmpty()) {
            return product;
        }
        String id = SmallFile.text(device.resolve("device"));
        return id == null ? "AMD GPU" : "AMD GPU (%s)".formatted(id);
    }

    private static @Nullable Long sensor(Path device, String name) {
        return SmallFile.list(device.resolve("hwmon"), "hwmon*").stream()
                .map(sensors -> SmallFile.number(sensors.resolve(name)))
                .filter(number -> number != null)
                .findFirst()
                .orElse(null);
    }

    /// The NPUs, each with its driver.
    static List<String> npus(Path root) {
        List<String> npus = new ArrayList<>();
        for (Path accelerator : SmallFile.list(root.resolve("sys/class/accel"), "accel*")) {
            if (ACCELERATOR.matcher(name(accelerator)).matches()) {
                npus.add(name(accelerator) + driver(accelerator));
            }
        }
        if (npus.isEmpty()) {
            // A container may have the device and not the folder that describes it.
            SmallFile.list(root.resolve("dev/accel"), "accel*")
                    .forEach(device -> npus.add(name(device)));
        }
        return npus;
    }

    private static String driver(Path accelerator) {
        try {
            Path driver = accelerator.resolve("device/driver").toRealPath();
            return " (%s)".formatted(driver.getFileName());
        } catch (IOException e) {
            // Nobody drives it, or this process may not know.
            return "";
        }
    }
}
