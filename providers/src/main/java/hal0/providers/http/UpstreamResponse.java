package hal0.providers.http;

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

    /// Reads the rest, refusing more than `limit` bytes.
    byte[] readAll(long limit);

    @Override
    void close();
}
