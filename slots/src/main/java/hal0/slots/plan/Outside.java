package hal0.slots.plan;

import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.hardware.Hardware;
import org.jspecify.annotations.Nullable;

/// Runs the desk's errands, each on a thread of its own, and posts what came of them.
final class Outside implements Errands {
    private static final System.Logger LOG = System.getLogger(Outside.class.getName());

    private final Lever lever;
    private final Hardware.Probe probe;
    private final ArbiterLoop loop;

    Outside(Lever lever, Hardware.Probe probe, ArbiterLoop loop) {
        this.lever = lever;
        this.probe = probe;
        this.loop = loop;
    }

    @Override
    public void appraise(String slot, @Nullable String model) {
        Thread.ofVirtual().name("slot-appraisal-" + slot).start(() -> appraisal(slot, model));
    }

    private void appraisal(String slot, @Nullable String model) {
        try {
            lever.check(slot, model);
            Need need = lever.need(slot, model);
            loop.post(() -> loop.desk().appraised(slot, model, need));
        } catch (SlotException e) {
            loop.post(() -> loop.desk().unfit(slot, model, e));
        } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, "slot " + slot + " could not be examined", e);
            SlotException why =
                    SlotException.of(
                            SlotProblem.LOAD_FAILED,
                            "slot \"%s\" could not be examined: %s".formatted(slot, e),
                            e);
            loop.post(() -> loop.desk().unfit(slot, model, why));
        }
    }

    @Override
    public void look() {
        Thread.ofVirtual().name("hardware-look").start(this::looking);
    }

    private void looking() {
        try {
            Hardware found = probe.look();
            loop.post(() -> loop.desk().looked(found));
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "the machine could not be measured", e);
            loop.post(() -> loop.desk().looked(null));
        }
    }
}
