package hal0.slots.plan;

import hal0.slots.definition.Definition;
import hal0.slots.definition.SlotSpec;
import java.time.Duration;

/// What of a slot's definition matters to sharing.
///
/// **Shape** `maxParallel` requests run at once; `queueLimit` more may stand in line while it is up
/// with what they want. Who waits for a load is not counted: one load serves any number.
public record Terms(
        String slot,
        SlotSpec.Type type,
        SlotSpec.Device device,
        int maxParallel,
        int queueLimit,
        boolean pinned,
        boolean enabled,
        Duration drainTimeout) {

    public static Terms of(Definition definition) {
        SlotSpec.Slot slot = definition.spec().slot();
        return new Terms(
                definition.name(),
                slot.type(),
                slot.device(),
                slot.maxParallel(),
                definition.queueLimit(),
                slot.pinned(),
                slot.enabled(),
                definition.drainTimeout());
    }
}
