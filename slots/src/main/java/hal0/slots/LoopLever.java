package hal0.slots;

import hal0.slots.error.SlotException;
import hal0.slots.lifecycle.SlotEvent;
import hal0.slots.plan.Lever;
import hal0.slots.plan.Need;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the arbiter orders, handed to the loops of the slots.
final class LoopLever implements Lever {
    private final Keepers keepers;
    private final SlotLaunches launches;
    private final SlotMemory memory;
    private final Consumer<Keeper> changed;

    LoopLever(Keepers keepers, SlotLaunches launches, SlotMemory memory, Consumer<Keeper> changed) {
        this.keepers = keepers;
        this.launches = launches;
        this.memory = memory;
        this.changed = changed;
    }

    @Override
    public void check(String slot, @Nullable String model) {
        var _ = launches.sketch(slot, model);
    }

    @Override
    public Need need(String slot, @Nullable String model) {
        return memory.need(slot, model);
    }

    @Override
    public void load(String slot, @Nullable String model) {
        Keeper keeper = keepers.get(slot);
        keeper.expectAnswer();
        keeper.loop().post(new SlotEvent.Load(model));
    }

    @Override
    public void unload(String slot, String why) {
        Keeper keeper = keepers.get(slot);
        keeper.expectAnswer();
        // Nobody uses it any more: requests that were let go of by force count no longer.
        keeper.loop().post(new SlotEvent.Quiet());
        keeper.loop().post(new SlotEvent.Unload(why));
    }

    @Override
    public void serving(String slot, boolean busy) {
        keepers.find(slot)
                .ifPresent(keeper ->
                        keeper.loop().post(busy ? new SlotEvent.Busy() : new SlotEvent.Quiet()));
    }

    @Override
    public void refused(String slot, SlotException why) {
        keepers.find(slot)
                .ifPresent(keeper -> {
                    keeper.note(why.message());
                    changed.accept(keeper);
                });
    }
}
