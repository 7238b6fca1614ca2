package hal0.providers.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells everything under a call to stop.
///
/// **Threads** any. A hook runs once, on the thread that cancels, or at once on the registering
/// thread when the token is cancelled already. Hooks must not block.
public final class CancelToken {
    private final Object lock = new Object();
    private @Nullable String reason;
    private @Nullable List<Hook> hooks;

    /// Cancels with a reason for people; later calls change nothing.
    public void cancel(String why) {
        List<Hook> run;
        synchronized (lock) {
            if (reason != null) {
                return;
            }
            reason = why;
            run = hooks == null ? List.of() : hooks;
            hooks = null;
        }
        for (Hook hook : run) {
            hook.action.run();
        }
    }

    public boolean isCancelled() {
        synchronized (lock) {
            return reason != null;
        }
    }

    /// Why, or null while nobody cancelled.
    public @Nullable String reason() {
        synchronized (lock) {
            return reason;
        }
    }

    /// Runs `action` on cancel, or now if that has happened; close the registration to forget it.
    public Registration onCancel(Runnable action) {
        Hook hook = new Hook(action);
        synchronized (lock) {
            if (reason == null) {
                if (hooks == null) {
                    hooks = new ArrayList<>(2);
                }
                hooks.add(hook);
                return hook;
            }
        }
        action.run();
        return hook;
    }

    /// A hook that can be taken back.
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private final class Hook implements Registration {
        private final Runnable action;

        Hook(Runnable action) {
            this.action = action;
        }

        @Override
        public void close() {
            synchronized (lock) {
                if (hooks != null) {
                    hooks.remove(this);
                }
            }
        }
    }
}
