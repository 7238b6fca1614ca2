package hal0.slots;

import hal0.slots.definition.Definition;
import hal0.slots.lifecycle.SavedState;
import hal0.slots.lifecycle.SlotLoop;
import hal0.slots.lifecycle.StateFile;
import hal0.slots.plan.Order;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Everything that belongs to one slot while it is looked after.
///
/// **Threads** any; `answerDue` only the slot's own and the arbiter's, one after the other.
final class Keeper {
    private final StateFile file;
    private final SlotLoop loop;
    private volatile Definition definition;
    private volatile @Nullable Order order;
    private volatile @Nullable SavedState earlier;
    private volatile boolean answerDue;
    private volatile boolean begun;
    private volatile boolean leaving;
    private volatile String note = "";

    /// **Shape** `loops` makes the slot's loop, not started yet.
    Keeper(Definition definition, StateFile file, Function<Keeper, SlotLoop> loops) {
        this.definition = definition;
        this.file = file;
        this.loop = loops.apply(this);
    }

    String slot() {
        return definition.name();
    }

    /// As it was last; that of a slot which is defined no more holds until it is down.
    Definition definition() {
        return definition;
    }

    void define(Definition changed) {
        definition = changed;
    }

    StateFile file() {
        return file;
    }

    /// What an earlier process wrote down of it.
    SavedState earlier() {
        SavedState known = earlier;
        if (known == null) {
            known = file.read();
            earlier = known;
        }
        return known;
    }

    SlotLoop loop() {
        return loop;
    }

    /// Whether it is known what runs for it.
    boolean isBegun() {
        return begun;
    }

    void begin() {
        begun = true;
    }

    /// Whether it is defined no more and on its way out.
    boolean isLeaving() {
        return leaving;
    }

    void leave() {
        leaving = true;
    }

    /// What somebody asked for last, null when nobody did.
    @Nullable Order order() {
        return order;
    }

    void order(Order last) {
        order = last;
    }

    /// The arbiter has ordered a move and waits for what comes of it.
    void expectAnswer() {
        answerDue = true;
        note = "";
    }

    /// Whether that was still open; it is not any more.
    boolean takeAnswer() {
        boolean due = answerDue;
        answerDue = false;
        return due;
    }

    /// Something about the slot that its state does not tell, empty for nothing.
    String note() {
        return note;
    }

    void note(String text) {
        note = text;
    }
}
