package hal0.providers.http;

import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The head of an answer has come; the body is read as it comes.
///
/// **Errors** `read` throws [hal0.providers.error.ProviderException]: `Cancelled` when the token
/// says so, `TimedOut` naming the clock, else `BadStream` for a cut body. **Threads** one reader;
/// `close` from any thread, which ends a blocked `read`.
public interface UpstreamResponse extends AutoCloseable {
    int status();

    Headers headers();

    /// Bytes read into `buffer` as soon as some are there, or -1 at the regular end.
    int read(byte[] buffer, int offset, int length);

    /// Whether it is known already that nothing more comes: the next `read` gives -1 and does not
    /// wait. Of an answer that is over false only means that nobody has looked.
    default boolean isOver() {
        return false;
    }

    /// Reads the rest, refusing more than `limit` bytes.
    byte[] readAll(long limit);

    /// Lets the first-token clock of a stream run until [#contentBegan] instead of the first byte:
    /// for who can tell content from signs of life, which some servers send while nothing happens.
    default void awaitContent() {
        // Where nothing waits (bytes in memory) there is no clock.
    }

    /// Ends the first-token clock; from here on the idle clock runs.
    default void contentBegan() {
        // As above.
    }

    /// Waits no longer than `limit` in all later reads of a stream together: for what may still
    /// follow an answer that is complete already.
    default void limitRest(Duration limit) {
        // As above.
    }

    /// The error of a body that cannot be decoded.
    default ProviderException undecodable(String encoding, @Nullable IOException cause) {
        return new ProviderException.BadStream(
                "the answer cannot be decoded from " + encoding, Failure.unanswered("", ""), cause);
    }

    /// This answer with its body decoded, if it is encoded.
    ///
    /// **Errors** `BadStream` for an encoding other than gzip.
    default UpstreamResponse decoded() {
        String encoding = headers().find("Content-Encoding").orElse("identity").trim();
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "", "identity" -> this;
            case "gzip", "x-gzip" -> new GzipResponse(this);
            default -> throw undecodable(encoding, null);
        };
    }

    /// Closes, and lets the provider know at once that the rest is not wanted: `close` may wait a
    /// moment for the end of an answer, to keep the connection.
    default void abort() {
        close();
    }

    @Override
    void close();
}
