package hal0.relay.route;

import hal0.providers.http.CancelToken;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ServerConnectionException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// What a client is still sending: whoever reads learns of its leaving as of an [IOException], and
/// whatever runs for it is cancelled.
final class ClientUpload extends FilterInputStream {
    private final CancelToken cancel;

    ClientUpload(InputStream in, CancelToken cancel) {
        super(in);
        this.cancel = cancel;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (NumberFormatException e) {
            // How the server library tells of a chunk's size.
            throw ServerErrors.of(400);
        } catch (IOException
                | UncheckedIOException
                | ServerConnectionException
                | DataReader.InsufficientDataAvailableException e) {
            cancel.cancel("the client left");
            throw new IOException("the client left before its request was whole", e);
        }
    }
}
