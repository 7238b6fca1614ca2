package hal0.providers;

import hal0.providers.event.StreamEvent;
import org.jspecify.annotations.Nullable;

/// An answer that is pulled, event by event.
///
/// **Errors** [ProviderException] from `next`; after one, and after `Done`, the stream is over.
/// **Threads** one consumer; `close` is legal from any thread, idempotent, ends a blocked `next`
/// (which then throws `Cancelled`) and the call upstream.
public interface ChatStream extends AutoCloseable {

    /// The next event, or null once `Done` was returned.
    @Nullable StreamEvent next();

    /// Whether the next event is there already, so that whoever passes events on may wait for it
    /// before it sends what it has.
    default boolean isReady() {
        return false;
    }

    @Override
    void close();
}
