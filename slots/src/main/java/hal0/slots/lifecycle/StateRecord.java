package hal0.slots.lifecycle;

import hal0.home.IoReason;
import hal0.slots.lifecycle.SlotLoop.Clocks;
import hal0.slots.lifecycle.SlotState.Answering;
import hal0.slots.lifecycle.SlotState.Starting;
import hal0.slots.lifecycle.SlotState.Warming;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Keeps a slot's state and what was learned from its loads in its file.
///
/// **Shape** a move is on the disk when `write` returns, but for those between ready, serving and
/// idle and for progress: these are written once a second at most, without waiting for the disk. A
/// file that cannot be written keeps no slot from working; its state then says so. **Threads** the
/// slot's loop; `saved` and `experience` from any.
final class StateRecord {
    private static final System.Logger LOG = System.getLogger(StateRecord.class.getName());
    private static final Duration LAZILY = Duration.ofSeconds(1);

    private final String slot;
    private final StateFile file;
    private final Clocks clocks;
    private volatile SavedState saved;
    private volatile Experience experience = Experience.NONE;
    private boolean written;
    private boolean dirty;
    private long writtenAt;
    private long startedAt;
    private @Nullable String trouble;

    StateRecord(String slot, StateFile file, Clocks clocks) {
        this.slot = slot;
        this.file = file;
        this.clocks = clocks;
        this.saved = SavedState.offline(slot, clocks.wall().instant(), "");
    }

    SavedState saved() {
        return saved;
    }

    Experience experience() {
        return experience;
    }

    void know(Experience earlier) {
        experience = earlier;
    }

    boolean isNew() {
        return !written;
    }

    void write(SlotState before, SlotState after) {
        learn(before, after);
        SavedState now = Written.of(slot, after, experience, clocks.wall().instant());
        if (isFleeting(before, after)) {
            saved = now;
            dirty = true;
        } else {
            // Nobody is shown what a later process could not know yet.
            saved = stored(now, true);
        }
    }

    /// Nothing is lost with it that another process could not see for itself.
    private boolean isFleeting(SlotState before, SlotState after) {
        return written
                && ((before instanceof Answering && after instanceof Answering)
                        || before.name() == after.name());
    }

    private void learn(SlotState before, SlotState after) {
        long now = clocks.nanos().getAsLong();
        if (after instanceof Starting && !(before instanceof Starting)) {
            startedAt = now;
        }
        if (after instanceof Answering answering) {
            if (before instanceof Warming && startedAt != 0) {
                long ms = Duration.ofNanos(now - startedAt).toMillis();
                experience = experience.withLoad(after.model(), ms);
                startedAt = 0;
            }
            if (answering.up().memoryMb() > 0) {
                Up up = answering.up();
                experience =
                        experience.withMemory(after.model(), up.job().contextSize(), up.memoryMb());
            }
        }
    }

    /// Nanoseconds until what was put off is to be written, the largest number where nothing was.
    long flushIn(long now) {
        return dirty ? Math.max(0, writtenAt + LAZILY.toNanos() - now) : Long.MAX_VALUE;
    }

    void flush() {
        if (dirty) {
            saved = stored(saved, false);
        }
    }

    /// The same, with a note where it could not be written.
    private SavedState stored(SavedState state, boolean durably) {
        dirty = false;
        written = true;
        writtenAt = clocks.nanos().getAsLong();
        try {
            if (durably) {
                file.write(state);
            } else {
                file.writeLazily(state);
            }
            trouble = null;
            return state;
        } catch (IOException e) {
            String why = IoReason.of(e);
            if (!why.equals(trouble)) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "the state of slot {0} cannot be written: {1}",
                        slot,
                        why);
            }
            trouble = why;
            return state.noting("its state cannot be written: " + why);
        }
    }
}
