package hal0.slots.definition;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.time.Duration;

/// The `[gpu]` table: whether slots for text and slots for images keep each other off the GPU.
///
/// **Shape** after `idleRestore` without a request for an image, text has it again; zero is never.
public record GpuSettings(boolean exclusiveGroups, Duration idleRestore) {
    /// What holds where nobody says anything.
    public static final GpuSettings USUAL = new GpuSettings(false, Duration.ofHours(1));

    /// Reads the table.
    public static final Section<GpuSettings> SECTION =
            new Section<>() {
                @Override
                public String name() {
                    return "gpu";
                }

                @Override
                public GpuSettings read(TableReader table) {
                    return new GpuSettings(
                            table.bool("exclusive_groups", USUAL.exclusiveGroups()),
                            Duration.ofMinutes(
                                    table.integer(
                                            "idle_restore_minutes",
                                            USUAL.idleRestore().toMinutes(),
                                            0,
                                            525_600)));
                }
            };
}
