package hal0.slots;

import hal0.providers.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The right to ask a slot once. The slot stays up and counts as serving until it is closed.
///
/// **Threads** any; closing it again changes nothing.
public interface Permit extends AutoCloseable {

    /// Where it listens, without a path.
    URI endpoint();

    /// The model that is loaded, by the id under which it was; null where nobody knows.
    default @Nullable String model() {
        return null;
    }

    /// What it must be shown, where it is reached over a network.
    @Nullable Secret key();

    /// The first sign of an answer came: a byte of it, or a refusal. Requests that end without one
    /// are how a server is found out that says it is healthy and answers nothing.
    default void answered() {}

    @Override
    void close();
}
