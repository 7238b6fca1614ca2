package hal0.relay.loop;

import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;

/// Marks every call upstream with the relays that it comes through.
public final class MarkedTransport implements Transport {
    private final Transport transport;
    private final Instance instance;

    public MarkedTransport(Transport transport, Instance instance) {
        this.transport = transport;
        this.instance = instance;
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, CancelToken cancel) {
        Headers.Builder headers = Headers.builder();
        request.headers().forEach(headers::add);
        headers.set(Instance.HEADER, instance.mark(request.provider()));
        return transport.send(
                new UpstreamRequest(
                        request.provider(),
                        request.model(),
                        request.method(),
                        request.uri(),
                        headers.build(),
                        request.body(),
                        request.streamed()),
                cancel);
    }

    @Override
    public void close() {
        transport.close();
    }
}
