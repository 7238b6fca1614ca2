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
        String unit =
                switch (claim.pool()) {
                    case Pool.Memory _, Pool.Gpu _ -> "MiB";
                    case Pool.Npu _ -> "models";
                };
        String text =
                "slot \"%s\" cannot be loaded%s: it needs %d %s of %s, which has %d, of which others use %d and pinned slots hold %d; %s"
                        .formatted(
                                want.slot(),
                                want.model() == null ? "" : " with " + want.model(),
                                claim.amount(),
                                unit,
                                claim.pool().word(),
                                room.capacity(),
                                room.others(),
                                pinned,
                                onlyPinned
                                        ? "unload or unpin one of those"
                                        : "take a smaller model, a smaller context_size or fewer n_gpu_layers");
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
}
