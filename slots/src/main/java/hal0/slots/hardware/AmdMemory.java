package hal0.slots.hardware;

import org.jspecify.annotations.Nullable;

/// The memory that a GPU of AMD has for models.
///
/// **Shape** one inside a processor has a little of its own and takes the rest from the machine
/// through its translation table (GTT): where its own is less than 4 GiB and that less than the
/// table's, both are counted. **Units** bytes. **Source** `mem_info_vram_*` and `mem_info_gtt_*` in
/// https://docs.kernel.org/gpu/amdgpu/driver-misc.html, read 2026-11-21.
record AmdMemory(long total, long used, boolean shared) {
    private static final long OWN_ENOUGH = 4L << 30;

    static AmdMemory of(
            long total, @Nullable Long used, @Nullable Long tableTotal, @Nullable Long tableUsed) {
        long own = used == null ? 0 : used;
        if (total >= OWN_ENOUGH || tableTotal == null || tableTotal <= total) {
            return new AmdMemory(total, own, false);
        }
        return new AmdMemory(total + tableTotal, own + (tableUsed == null ? 0 : tableUsed), true);
    }

    long free() {
        return Math.max(0, total - used);
    }

    static String note(String gpu) {
        return "%s has little memory of its own; counted with it is what it may take of the machine's"
                .formatted(gpu);
    }
}
