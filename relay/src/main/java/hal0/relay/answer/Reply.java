package hal0.relay.answer;

import hal0.providers.error.Setback;
import java.io.IOException;
import java.io.OutputStream;

/// The client's side of an answer that is passed through.
///
/// **Shape** head first, then either `send` or `stream`, once. **Errors** `send` and the stream
/// throw [IOException] when the client is gone, and for nothing else. **Threads** the request's
/// own.
public interface Reply {

    Reply status(int status);

    /// Replaces the header.
    Reply set(String name, String value);

    /// Adds a field of that name.
    Reply add(String name, String value);

    /// Sends a whole body.
    void send(byte[] body) throws IOException;

    /// The head goes out with the first flush of a byte; the answer is whole when the request's
    /// handler returns.
    OutputStream stream();

    /// A try came to nothing while the answer is still being sought. Where the client cannot hear
    /// of it, nothing happens.
    default void setback(Setback setback) {
        // Before the head of an answer there is no place for it.
    }

    /// What to throw to end the connection in the middle of an answer: the only way left to say
    /// that it is not whole.
    RuntimeException abort(String why);
}
