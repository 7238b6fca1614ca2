package hal0.relay.route;

import hal0.relay.timing.Waits;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// The server's stream to a client, whose failures all are [IOException]s: the client is gone.
///
/// **Shape** what its calls take is time that the request waits for the client.
final class ClientStream extends OutputStream {
    private final OutputStream out;
    private final Waits waits;

    ClientStream(OutputStream out, Waits waits) {
        this.out = out;
        this.waits = waits;
    }

    private interface Step {
        void run() throws IOException;
    }

    @Override
    public void write(int b) throws IOException {
        guarded(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        guarded(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        guarded(out::flush);
    }

    @Override
    public void close() throws IOException {
        guarded(out::close);
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
