package hal0.relay.route;

import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// The server's stream to a client, whose failures all are [IOException]s: the client is gone.
final class ClientStream extends OutputStream {
    private final OutputStream out;

    ClientStream(OutputStream out) {
        this.out = out;
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

    private static void guarded(Step step) throws IOException {
        try {
            step.run();
        } catch (CloseConnectionException | SocketWriterException | UncheckedIOException e) {
            throw new IOException("the client left", e);
        }
    }
}
