package hal0.slots.swarm;

import hal0.slots.definition.Launch;
import hal0.slots.engine.Engine;
import hal0.slots.engine.EngineFailure;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;

/// What it means when a Swarm has no place for a task, or cannot start it.
///
/// **Source** the words are those of moby/swarmkit, manager/scheduler/filter.go (read 2026-11-21).
final class Refusal {
    private static final String CONSTRAINTS = "constraints not satisfied";

    private Refusal() {}

    /// Whether waiting cannot help: nodes do not come to fit by themselves.
    static boolean isForGood(String why) {
        return why.contains(CONSTRAINTS);
    }

    static SlotException of(Engine engine, Launch launch, String why) {
        String slot = "slot " + launch.slot();
        if (isForGood(why)) {
            return SlotException.of(
                    SlotProblem.CONFIG_ERROR,
                    "%s: no node of the swarm fits its constraints %s: %s"
                            .formatted(slot, launch.constraints(), why));
        }
        if (why.contains("host-mode port already in use")) {
            return SlotException.of(
                    SlotProblem.NO_FREE_PORT,
                    "%s: port %d is taken on every node that fits: %s"
                            .formatted(slot, launch.port(), why));
        }
        if (why.contains("insufficient resources")) {
            return SlotException.of(
                    SlotProblem.LOAD_FAILED,
                    "%s: no node of the swarm has free what it reserves (%s): %s"
                            .formatted(slot, reserved(launch), why));
        }
        return EngineFailure.told(engine, "start %s on the swarm".formatted(slot), why, null);
    }

    private static String reserved(Launch launch) {
        return "memory_mb = %d, cpus = %s, device = \"%s\""
                .formatted(launch.memoryMb(), launch.cpus(), launch.device().word());
    }
}
