package hal0.slots.plan;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.error.SlotException;
import java.time.Duration;

/// A request to a [TestMachine]: comes, waits as [Patience] does, stays inside for a while, leaves.
final class TestRequest {
    private final TestMachine machine;
    private final TestMachine.Slot slot;
    private final Duration stays;
    final String model;
    final long came;
    private Waiter waiter;
    private Place place;
    SlotException refusal;
    long entered;
    boolean cancelled;
    boolean done;
    Runnable onLeave = () -> {};
    int epoch;

    TestRequest(TestMachine machine, String slot, String model, Duration patience, Duration stays) {
        this.machine = machine;
        this.slot = machine.slots.get(slot);
        this.model = model;
        this.stays = stays;
        this.came = machine.now();
        Place now = this.slot.gate.enter(model);
        if (now != null) {
            enter(now);
            return;
        }
        try {
            waiter =
                    this.slot.gate.join(
                            model, patience, () -> machine.after(Duration.ZERO, this::look));
            look();
        } catch (SlotException e) {
            refusal = e;
        }
    }

    boolean isAnswered() {
        return refusal != null || cancelled || entered != 0;
    }

    private void look() {
        if (isAnswered()) {
            return;
        }
        Long left = slot.gate.left(waiter);
        try {
            if (left == null) {
                enter(waiter.answer());
            } else if (left <= 0) {
                refusal = slot.gate.giveUp(waiter);
            } else if (left < Duration.ofDays(1).toNanos()) {
                machine.after(Duration.ofNanos(left), this::look);
            }
        } catch (SlotException e) {
            refusal = e;
        }
    }

    private void enter(Place given) {
        assertThat(isAnswered()).as("answered once").isFalse();
        assertThat(given.target().serves(model)).isTrue();
        place = given;
        entered = machine.now();
        epoch = slot.epoch;
        slot.inside++;
        assertThat(slot.truth).isEqualTo(TestMachine.Truth.UP);
        machine.after(stays, this::leave);
    }

    void cancel() {
        if (isAnswered()) {
            leave();
            return;
        }
        cancelled = true;
        if (!slot.gate.leave(waiter)) {
            Place unused = waiter.granted();
            if (unused != null) {
                unused.close();
            }
        }
    }

    private void leave() {
        if (place != null && !done) {
            done = true;
            if (slot.epoch == epoch) {
                slot.inside--;
            }
            place.close();
            place.close();
            onLeave.run();
        }
    }
}
