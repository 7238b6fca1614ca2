package hal0.slots;

import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.RuntimeEvent;
import hal0.slots.runtime.SlotRuntime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The runtimes of a process, each made and watched when the first slot needs it.
///
/// **Threads** any.
final class Runtimes implements AutoCloseable {
    private final Map<RuntimeName, Supplier<SlotRuntime>> makers;
    private final Consumer<RuntimeEvent> listener;
    private final Map<RuntimeName, One> ones = new EnumMap<>(RuntimeName.class);
    private volatile boolean closed;

    Runtimes(Map<RuntimeName, Supplier<SlotRuntime>> makers, Consumer<RuntimeEvent> listener) {
        this.makers = Map.copyOf(makers);
        this.listener = listener;
        this.makers.keySet().forEach(name -> ones.put(name, new One()));
    }

    /// One of them. Each has a lock of its own: an engine that is slow to be found keeps nobody
    /// from the others.
    private static final class One {
        final ReentrantLock lock = new ReentrantLock();
        volatile @Nullable SlotRuntime made;
        SlotRuntime.@Nullable Watching watching;
    }

    /// The runtime of that name, which is not AUTO.
    ///
    /// **Errors** `RUNTIME_UNAVAILABLE` when this program has none.
    SlotRuntime get(RuntimeName name) {
        One one = ones.get(name);
        SlotRuntime known = one == null ? null : one.made;
        if (known != null) {
            return known;
        }
        Supplier<SlotRuntime> maker = makers.get(name);
        if (one == null || maker == null) {
            throw none(name);
        }
        one.lock.lock();
        try {
            SlotRuntime first = one.made;
            if (first != null) {
                return first;
            }
            if (closed) {
                throw none(name);
            }
            SlotRuntime runtime = maker.get();
            one.made = runtime;
            one.watching = runtime.watch(listener);
            return runtime;
        } finally {
            one.lock.unlock();
        }
    }

    private static SlotException none(RuntimeName name) {
        return SlotException.of(
                SlotProblem.RUNTIME_UNAVAILABLE,
                "there is no runtime %s here".formatted(name.word()));
    }

    /// What AUTO comes to now: Podman if it answers, else Docker.
    ///
    /// **Errors** `RUNTIME_UNAVAILABLE` that says what is wrong with each.
    RuntimeName choose(RuntimeName asked) {
        if (asked != RuntimeName.AUTO) {
            return asked;
        }
        SlotException noPodman = trouble(RuntimeName.PODMAN);
        if (noPodman == null) {
            return RuntimeName.PODMAN;
        }
        SlotException noDocker = trouble(RuntimeName.DOCKER);
        if (noDocker == null) {
            return RuntimeName.DOCKER;
        }
        throw SlotException.of(
                SlotProblem.RUNTIME_UNAVAILABLE,
                "neither Podman nor Docker can be used: %s; %s"
                        .formatted(noPodman.message(), noDocker.message()),
                noDocker);
    }

    private @Nullable SlotException trouble(RuntimeName name) {
        try {
            get(name).check();
            return null;
        } catch (SlotException e) {
            return e;
        }
    }

    /// Those that may have something of a slot which asks for that one.
    static List<RuntimeName> behind(RuntimeName asked) {
        return asked == RuntimeName.AUTO
                ? List.of(RuntimeName.PODMAN, RuntimeName.DOCKER)
                : List.of(asked);
    }

    @Override
    public void close() {
        closed = true;
        ones.values().forEach(Runtimes::close);
    }

    private static void close(One one) {
        one.lock.lock();
        try {
            if (one.watching != null) {
                one.watching.close();
            }
            if (one.made != null) {
                one.made.close();
            }
        } finally {
            one.lock.unlock();
        }
    }
}
