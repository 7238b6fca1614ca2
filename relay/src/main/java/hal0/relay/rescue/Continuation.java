package hal0.relay.rescue;

import hal0.providers.ChatStream;
import hal0.providers.error.ProviderException;
import org.jspecify.annotations.Nullable;

/// Finds who goes on with an answer that broke off after its client saw some of it.
///
/// **Threads** the request's own.
public interface Continuation {
    /// Nobody goes on.
    Continuation NOBODY =
            new Continuation() {
                @Override
                public boolean isAllowed() {
                    return false;
                }

                @Override
                public void broke(ProviderException failure) {
                    // Nobody keeps count of it.
                }

                @Override
                public @Nullable ChatStream after(ProviderException failure, Shown shown) {
                    return null;
                }
            };

    /// Whether an answer that breaks off may go on at all: whoever copies it must then know what it
    /// says.
    boolean isAllowed();

    /// An answer broke off and nobody is to go on with it.
    void broke(ProviderException failure);

    /// What follows exactly what was shown, without it and without a beginning of its own; null
    /// when nobody goes on.
    @Nullable ChatStream after(ProviderException failure, Shown shown);
}
