package hal0.providers.http;

import java.io.IOException;

/// The bytes of one answer, as a client library or a socket of ours brings them.
///
/// **Threads** `read` and `close` by one at a time; `cancel` from any, which ends a blocked `read`.
interface AnswerBody {
    /// What has come, at least one byte, or -1 at the regular end.
    int read(byte[] buffer, int offset, int length) throws IOException;

    /// Whether it is known without a look at the connection that nothing more comes.
    default boolean isOver() {
        return false;
    }

    /// Ends the call and its connection at once.
    void cancel();

    /// Keeps the connection for another call where that can be.
    void close();
}
