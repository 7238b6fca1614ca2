package hal0.relay.capture;

import hal0.providers.error.ProviderException;
import hal0.providers.http.Body;
import hal0.providers.http.CancelToken;
import hal0.providers.http.ResponseAround;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;

/// A transport that writes down its calls where the request that makes them is recorded.
public final class CapturingTransport implements Transport {
    private final Transport transport;

    public CapturingTransport(Transport transport) {
        this.transport = transport;
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, CancelToken cancel) {
        if (!Recording.CURRENT.isBound()) {
            return transport.send(request, cancel);
        }
        Recording recording = Recording.CURRENT.get();
        String name = "upstream-" + recording.call();
        Recording.Side asked = recording.side(name + "-request");
        asked.head(request.method() + " " + request.uri(), request.headers()::forEach);
        Body body = request.body();
        if (body != null) {
            for (Body.Slice slice : body.slices()) {
                asked.body(slice.bytes(), slice.offset(), slice.length());
            }
        }
        asked.end();
        Recording.Side answered = recording.side(name + "-answer");
        try {
            UpstreamResponse response = transport.send(request, cancel);
            answered.head("HTTP " + response.status(), response.headers()::forEach);
            return new Captured(response, answered);
        } catch (ProviderException e) {
            answered.head("no answer: " + e.getMessage(), _ -> {});
            throw e;
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    private record Captured(UpstreamResponse response, Recording.Side side)
            implements ResponseAround {
        @Override
        public int read(byte[] buffer, int offset, int length) {
            int read = response.read(buffer, offset, length);
            if (read > 0) {
                side.body(buffer, offset, read);
            } else if (read < 0) {
                side.end();
            }
            return read;
        }

        @Override
        public byte[] readAll(long limit) {
            byte[] all = response.readAll(limit);
            side.body(all, 0, all.length);
            side.end();
            return all;
        }

        @Override
        public void close() {
            side.end();
            response.close();
        }
    }
}
