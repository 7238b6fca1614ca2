package hal0.providers;

import java.util.List;

/// Somewhere that providers are declared: a file, a script, a running slot.
///
/// **Threads** `providers` returns an immutable snapshot and may be called from any thread;
/// listeners run on the thread that changed the source, after the snapshot was replaced.
public interface ProviderSource {

    /// What is declared now, in the order of declaration.
    List<Provider> providers();

    /// Calls `listener` after every change until the returned registration is closed.
    Registration onChange(Runnable listener);

    /// Ends a listener's interest.
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
