package hal0.relay.route;

import hal0.relay.capture.Recording;
import hal0.relay.timing.Waits;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The server's stream to a client, whose failures all are [IOException]s: the client is gone.
///
/// **Shape** what its calls take is time that the request waits for the client.
final class ClientStream extends OutputStream {
    private final OutputStream out;
    private final Runnable commit;
    private final Waits waits;
    private final Recording.@Nullable Side recorded;

    /// **Shape** `commit` writes what the server holds back until the handler has returned, after
    /// which nobody waits for it to be written when the relay stops; `recorded` gets what is
    /// written too, where there is one.
    ClientStream(
            OutputStream out, Runnable commit, Waits waits, Recording.@Nullable Side recorded) {
        this.out = out;
        this.commit = commit;
        this.waits = waits;
        this.recorded = recorded;
    }

    private interface Step {
        void run() throws IOException;
    }

    @Override
    public void write(int b) throws IOException {
        if (recorded != null) {
            recorded.body(new byte[] {(byte) b}, 0, 1);
        }
        guarded(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (recorded != null) {
            recorded.body(bytes, offset, length);
        }
        guarded(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        guarded(out::flush);
    }

    @Override
    public void close() throws IOException {
        guarded(() -> {
            out.close();
            commit.run();
        });
    }

    private void guarded(Step step) throws IOException {
        long start = System.nanoTime();
        try {
            step.run();
        } catch (CloseConnectionException | SocketWriterException | UncheckedIOException e) {
            throw new IOException("the client left", e);
        } finally {
            waits.since(start);
        }
    }
}
