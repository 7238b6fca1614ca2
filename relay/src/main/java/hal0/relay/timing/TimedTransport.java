package hal0.relay.timing;

import hal0.providers.http.CancelToken;
import hal0.providers.http.ResponseAround;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;

/// A transport that adds what its calls take to the waits of the request that makes them.
public final class TimedTransport implements Transport {
    private final Transport transport;

    public TimedTransport(Transport transport) {
        this.transport = transport;
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, CancelToken cancel) {
        if (!Waits.CURRENT.isBound()) {
            return transport.send(request, cancel);
        }
        Waits waits = Waits.CURRENT.get();
        long start = System.nanoTime();
        try {
            return new Timed(transport.send(request, cancel), waits);
        } finally {
            waits.since(start);
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    private record Timed(UpstreamResponse response, Waits waits) implements ResponseAround {
        @Override
        public int read(byte[] buffer, int offset, int length) {
            long start = System.nanoTime();
            try {
                return response.read(buffer, offset, length);
            } finally {
                waits.since(start);
            }
        }

        @Override
        public boolean isOver() {
            return response.isOver();
        }

        @Override
        public byte[] readAll(long limit) {
            long start = System.nanoTime();
            try {
                return response.readAll(limit);
            } finally {
                waits.since(start);
            }
        }
    }
}
