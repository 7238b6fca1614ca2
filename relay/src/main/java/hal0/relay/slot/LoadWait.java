package hal0.relay.slot;

import hal0.providers.Provider;
import hal0.relay.routing.SlotAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How long a request waits for a slot that is not ready, and who keeps its client company
/// meanwhile.
///
/// **Shape** a request of this process that says nothing waits as long as loading may take: a
/// person looks on who can leave. Where a route has another target, nothing is waited for unless
/// the client asked for it: the load begins, and the next target answers meanwhile. **Threads**
/// any; bound to the request's own thread.
public record LoadWait(Duration patience, boolean asked, @Nullable Company company) {
    /// Longer than any load may take.
    static final Duration LONGEST = Duration.ofHours(1);

    private static final ScopedValue<LoadWait> CURRENT = ScopedValue.newInstance();
    private static final ScopedValue<Boolean> SPARE = ScopedValue.newInstance();
    private static final LoadWait PATIENT = new LoadWait(LONGEST, false, null);

    /// Keeps a client company that waits.
    public interface Company {
        /// From now on, until the stay is closed; `state` says how far the slot is.
        Stay stay(Supplier<String> state);
    }

    /// Ends it; returns when nothing more is written.
    public interface Stay extends AutoCloseable {
        Stay NONE = () -> {};

        @Override
        void close();
    }

    /// Makes calls with this patience.
    public void around(Runnable calls) {
        ScopedValue.where(CURRENT, this).run(calls);
    }

    /// Makes a call of a target behind which there are others.
    public static <T> T spare(Provider target, Supplier<T> call) {
        return SlotAddress.isSlot(target)
                ? ScopedValue.where(SPARE, true).call(call::get)
                : call.get();
    }

    static LoadWait current() {
        return CURRENT.isBound() ? CURRENT.get() : PATIENT;
    }

    /// How long this very call waits.
    Duration now() {
        return SPARE.isBound() && !asked ? Duration.ZERO : patience;
    }

    Stay begin(Supplier<String> state) {
        return company == null ? Stay.NONE : company.stay(state);
    }
}
