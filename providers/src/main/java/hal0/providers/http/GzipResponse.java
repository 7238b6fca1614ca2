package hal0.providers.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// An answer whose body is read decoded from gzip, as far as it has come.
///
/// **Shape** to close it closes the answer only: the decoder may be in use by the reading thread.
final class GzipResponse implements ResponseAround {
    private static final int BUFFER = 8192;

    private final UpstreamResponse encoded;
    private @Nullable GZIPInputStream stream;

    GzipResponse(UpstreamResponse encoded) {
        this.encoded = encoded;
    }

    @Override
    public UpstreamResponse response() {
        return encoded;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            GZIPInputStream decoder = stream;
            if (decoder == null) {
                decoder = new GZIPInputStream(new Encoded(encoded), BUFFER);
                stream = decoder;
            }
            return decoder.read(buffer, offset, length);
        } catch (IOException e) {
            throw encoded.undecodable("gzip", e);
        }
    }

    @Override
    public byte[] readAll(long limit) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[BUFFER];
        for (int n = read(piece, 0, piece.length); n >= 0; n = read(piece, 0, piece.length)) {
            all.write(piece, 0, n);
            if (all.size() > limit) {
                throw encoded.undecodable(
                        "gzip", new IOException("it is larger than " + limit + " bytes"));
            }
        }
        return all.toByteArray();
    }

    @Override
    public UpstreamResponse decoded() {
        return this;
    }

    private static final class Encoded extends InputStream {
        private final UpstreamResponse from;
        private final byte[] one = new byte[1];

        Encoded(UpstreamResponse from) {
            this.from = from;
        }

        @Override
        public int read() {
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return length == 0 ? 0 : from.read(buffer, offset, length);
        }

        /// GZIPInputStream asks, at the end of a member, whether another may follow.
        @Override
        public int available() {
            return 1;
        }
    }
}
