package hal0.slots.testing;

import hal0.slots.error.SlotException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// What starting a slot on a [FakeSlotRuntime] does from now on: unless told otherwise it succeeds
/// at once and answers.
///
/// **Shape** a latch holds its step until it is counted down; null does not. **Threads** any.
public final class StartScript {
    volatile @Nullable String missing;
    volatile @Nullable CountDownLatch pull;
    volatile @Nullable CountDownLatch start;
    volatile @Nullable CountDownLatch stop;
    volatile @Nullable SlotException failure;
    volatile boolean crashes;
    volatile boolean loads;
    volatile boolean hangs;
    volatile long memoryMb = 100;

    StartScript() {}

    /// Something has to be fetched first, once.
    public StartScript pulls(String what) {
        missing = what;
        return this;
    }

    public StartScript holdPull(@Nullable CountDownLatch latch) {
        pull = latch;
        return this;
    }

    public StartScript holdStart(@Nullable CountDownLatch latch) {
        start = latch;
        return this;
    }

    public StartScript holdStop(@Nullable CountDownLatch latch) {
        stop = latch;
        return this;
    }

    /// Starting fails with that; null lets it succeed again.
    public StartScript fails(@Nullable SlotException with) {
        failure = with;
        return this;
    }

    /// It ends by itself as soon as it runs.
    public StartScript crashes(boolean value) {
        crashes = value;
        return this;
    }

    /// It is not healthy before [FakeModel#finishLoading].
    public StartScript loads(boolean value) {
        loads = value;
        return this;
    }

    /// Its health is good and no request is answered.
    public StartScript hangs(boolean value) {
        hangs = value;
        return this;
    }

    public StartScript takes(long mb) {
        memoryMb = mb;
        return this;
    }
}
