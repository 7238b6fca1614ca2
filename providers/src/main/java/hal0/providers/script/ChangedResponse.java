package hal0.providers.script;

import hal0.providers.http.Headers;
import hal0.providers.http.ResponseAround;
import hal0.providers.http.UpstreamResponse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An answer with another head, and where its body was read already with that.
final class ChangedResponse implements ResponseAround {
    private final UpstreamResponse from;
    private final int status;
    private final Headers headers;
    private final byte @Nullable [] body;
    private int at;

    /// `body` null leaves it to `from`.
    ChangedResponse(UpstreamResponse from, int status, Headers headers, byte @Nullable [] body) {
        this.from = from;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    @Override
    public UpstreamResponse response() {
        return from;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        byte[] bytes = body;
        if (bytes == null) {
            return from.read(buffer, offset, length);
        }
        if (at == bytes.length) {
            return -1;
        }
        int n = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, buffer, offset, n);
        at += n;
        return n;
    }

    @Override
    public byte[] readAll(long limit) {
        byte[] bytes = body;
        if (bytes == null) {
            return from.readAll(limit);
        }
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        at = bytes.length;
        return rest;
    }
}
