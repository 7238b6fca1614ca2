package hal0.slots.plan;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// One time that a gate is open: from the moment its slot is up until it is down.
///
/// **Shape** the requests inside, and two flags above every number of them, in one word: a request
/// gets in by raising a number that is below the limit, and a flag makes it look full. **Threads**
/// any; flags are set and cleared under the gate's lock only.
final class Opening {
    private static final int LINE = 1 << 29;
    private static final int SHUT = 1 << 30;
    private static final int COUNT = LINE - 1;

    /// What becomes of the places that are given back.
    interface Owner {
        /// The first is inside.
        void busy();

        /// A place is given back while others stand in line: hand it on, or call [#leave].
        void handOn(Opening opening);

        /// The last has left.
        void quiet(boolean shut);
    }

    private final Target target;
    private final Owner owner;
    private final AtomicInteger state = new AtomicInteger();
    private volatile int limit;

    Opening(Target target, Owner owner, int limit) {
        this.target = target;
        this.owner = owner;
        this.limit = limit;
    }

    Target target() {
        return target;
    }

    int inside() {
        return state.get() & COUNT;
    }

    boolean isShut() {
        return (state.get() & SHUT) != 0;
    }

    void limit(int places) {
        limit = places;
    }

    /// Takes a free place where nobody stands in line for it.
    boolean take() {
        int now = state.get();
        while (now < limit) {
            if (state.compareAndSet(now, now + 1)) {
                if (now == 0) {
                    owner.busy();
                }
                return true;
            }
            now = state.get();
        }
        return false;
    }

    /// Takes a free place for one of the line.
    boolean takeForLine() {
        int now = state.get();
        while ((now & SHUT) == 0 && (now & COUNT) < limit) {
            if (state.compareAndSet(now, now + 1)) {
                if ((now & COUNT) == 0) {
                    owner.busy();
                }
                return true;
            }
            now = state.get();
        }
        return false;
    }

    void line(boolean standing) {
        flag(LINE, standing);
    }

    void shut(boolean shut) {
        flag(SHUT, shut);
    }

    boolean shutIfEmpty() {
        return state.compareAndSet(0, SHUT);
    }

    private void flag(int bit, boolean set) {
        state.updateAndGet(now -> set ? now | bit : now & ~bit);
    }

    Place place() {
        return new Held();
    }

    private void giveBack() {
        int now = state.get();
        while ((now & LINE) == 0) {
            if (state.compareAndSet(now, now - 1)) {
                left(now - 1);
                return;
            }
            now = state.get();
        }
        owner.handOn(this);
    }

    /// Gives a place back for good.
    void leave() {
        left(state.decrementAndGet());
    }

    private void left(int now) {
        if ((now & COUNT) == 0) {
            owner.quiet((now & SHUT) != 0);
        }
    }

    private final class Held implements Place {
        private final AtomicBoolean given = new AtomicBoolean();

        @Override
        public Target target() {
            return target;
        }

        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                giveBack();
            }
        }
    }
}
