package hal0.slots.docker;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import org.jspecify.annotations.Nullable;

/// Says why a container ended, in words for people.
final class Endings {
    private static final int SIGNALS = 128;
    private static final int SIGKILL = 9;

    private Endings() {}

    /// **Shape** `state` is null for a container that is gone; `code` is what the event told, null
    /// where it did not; `memoryMb` its limit, 0 without; `lastLine` is empty without one.
    static String why(
            @Nullable ContainerState state, @Nullable Long code, long memoryMb, String lastLine) {
        Long exit = state == null ? code : state.getExitCodeLong();
        if (state != null && Boolean.TRUE.equals(state.getOOMKilled())) {
            return memoryMb > 0
                    ? "killed because it reached its memory limit of %d MiB (slot.memory_mb)"
                            .formatted(memoryMb)
                    : "killed because the machine ran out of memory";
        }
        if (exit == null) {
            return "ended";
        }
        String removed = state == null ? ", and was removed" : "";
        if (exit == SIGNALS + SIGKILL) {
            // Podman does not always learn what the kernel killed for want of memory.
            return memoryMb > 0
                    ? "killed (SIGKILL), perhaps at its memory limit of %d MiB (slot.memory_mb)"
                            .formatted(memoryMb)
                    : "killed (SIGKILL)" + removed;
        }
        if (exit > SIGNALS && exit < SIGNALS + 65) {
            return "ended by signal %d".formatted(exit - SIGNALS) + removed;
        }
        return "ended with exit code %d".formatted(exit)
                + removed
                + (lastLine.isEmpty() ? "" : ": " + lastLine);
    }
}
