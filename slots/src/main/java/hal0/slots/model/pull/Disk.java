package hal0.slots.model.pull;

import hal0.home.IoReason;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a folder's disk has room.
///
/// **Units** bytes.
interface Disk {
    /// What stays free, so that a pull does not take the last of what others need.
    long SPARE = 64L * 1024 * 1024;

    /// What can be written to the disk of a folder that is there.
    long free(Path folder);

    static long usable(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw ModelException.of(
                    ModelProblem.STORE,
                    "the disk of %s cannot be asked: %s".formatted(folder, IoReason.of(e)),
                    e);
        }
    }

    /// **Errors** [ModelException] `NO_SPACE` with the numbers.
    default void require(Path folder, long bytes, String what) {
        long free = free(folder);
        if (bytes > free - SPARE) {
            throw ModelException.of(
                    ModelProblem.NO_SPACE,
                    "%s needs %d MB of %s, which has %d MB free (%d MB stay free). Make room, or set another store in [models] of config.toml"
                            .formatted(
                                    what,
                                    Math.ceilDiv(bytes, 1_000_000L),
                                    folder,
                                    free / 1_000_000,
                                    SPARE / 1_000_000));
        }
    }
}
