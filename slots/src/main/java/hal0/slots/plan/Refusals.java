package hal0.slots.plan;

import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.plan.World.Claim;
import hal0.slots.plan.World.Room;
import hal0.slots.plan.World.Want;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the scheduler says no with.
final class Refusals {
    private Refusals() {}

    /// A pinned slot keeps its model, but for an operator.
    static SlotException pinned(Want want, @Nullable String loaded) {
        return SlotException.of(
                SlotProblem.PINNED,
                "slot \"%s\" is pinned and serves %s: `hal0 slots swap %s --model %s` changes that"
                        .formatted(
                                want.slot(),
                                loaded == null ? "no model" : loaded,
                                want.slot(),
                                want.model()));
    }

    /// It can never fit while things are as they are: the numbers.
    static SlotException tooBig(Want want, Claim claim, Room room, long pinned) {
        boolean onlyPinned = claim.amount() <= room.capacity() - room.others();
        String text =
                "slot \"%s\" cannot be loaded%s: it needs %d %s of %s; of %d that slots may have, others use %d and pinned slots hold %d: %s"
                        .formatted(
                                want.slot(),
                                want.model() == null ? "" : " with " + want.model(),
                                claim.amount(),
                                unit(claim),
                                claim.pool().word(),
                                room.capacity(),
                                room.others(),
                                pinned,
                                onlyPinned ? "unload or unpin one of those" : remedy(claim.pool()));
        return SlotException.of(onlyPinned ? SlotProblem.PINNED : SlotProblem.LOAD_FAILED, text)
                .with(
                        Map.of(
                                "slot", want.slot(),
                                "pool", claim.pool().word(),
                                "need", claim.amount(),
                                "capacity", room.capacity(),
                                "others", room.others(),
                                "pinned", pinned));
    }

    /// It would fit if others went, and is not worth that as long as nobody asks for it.
    static SlotException noRoom(Want want, Claim claim) {
        return SlotException.of(
                SlotProblem.LOAD_FAILED,
                "it was left down: it needs %d %s of %s, which other slots hold; it is loaded when somebody asks for it"
                        .formatted(claim.amount(), unit(claim), claim.pool().word()));
    }

    private static String unit(Claim claim) {
        return claim.pool() instanceof Pool.Npu ? "models" : "MiB";
    }

    private static String remedy(Pool pool) {
        return switch (pool) {
            case Pool.Gpu _ -> "take a smaller model, a smaller context_size or fewer n_gpu_layers";
            case Pool.Memory _ ->
                    "take a smaller model or context_size, or keep less free (evict_pressure_mb)";
            case Pool.Npu _ -> "take another device";
        };
    }
}
