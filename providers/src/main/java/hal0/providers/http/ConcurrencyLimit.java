package hal0.providers.http;

import hal0.providers.Provider;
import hal0.providers.error.Clock;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Lets no more requests of a provider run at once than its `max_concurrent` says; the others wait
/// their turn, in the order in which they came.
///
/// **Shape** a request runs until its answer is closed. What has no body (lists of models) is not
/// counted. **Errors** `TimedOut` when the turn does not come within the first-token time.
/// **Threads** any.
public final class ConcurrencyLimit implements Transport {
    private final Transport transport;
    private final Map<String, Turns> all = new ConcurrentHashMap<>();

    public ConcurrencyLimit(Transport transport) {
        this.transport = transport;
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, CancelToken cancel) {
        Provider provider = request.provider();
        int limit = provider.maxConcurrent();
        if (limit == 0 || request.body() == null) {
            return transport.send(request, cancel);
        }
        // A limit that is changed begins anew; who has a turn of the old one gives it back there.
        Turns turns =
                all.compute(
                        provider.id(),
                        (_, known) ->
                                known != null && known.limit() == limit ? known : new Turns(limit));
        await(turns, request, cancel);
        boolean answered = false;
        try {
            UpstreamResponse response = new Held(transport.send(request, cancel), turns);
            answered = true;
            return response;
        } finally {
            if (!answered) {
                turns.giveBack();
            }
        }
    }

    private static void await(Turns turns, UpstreamRequest request, CancelToken cancel) {
        Provider provider = request.provider();
        Failure failure = Failure.unanswered(provider.id(), request.model());
        Duration patience = provider.timeouts().firstToken();
        switch (turns.await(patience, cancel)) {
            case TAKEN -> {}
            case CANCELLED ->
                    throw new ProviderException.Cancelled(
                            "cancelled while it waited for its turn: " + cancel.reason(), failure);
            case TOO_LATE ->
                    throw new ProviderException.TimedOut(
                            "%s was not asked: %d requests run already (max_concurrent) and none ended within %d s"
                                    .formatted(provider.id(), turns.limit(), patience.toSeconds()),
                            failure,
                            Clock.FIRST_TOKEN);
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    /// An answer that gives its turn back when it is closed, once.
    private static final class Held implements ResponseAround {
        private final UpstreamResponse response;
        private final Turns turns;
        private final AtomicBoolean given = new AtomicBoolean();

        Held(UpstreamResponse response, Turns turns) {
            this.response = response;
            this.turns = turns;
        }

        @Override
        public UpstreamResponse response() {
            return response;
        }

        @Override
        public void abort() {
            try {
                response.abort();
            } finally {
                giveBack();
            }
        }

        @Override
        public void close() {
            try {
                response.close();
            } finally {
                giveBack();
            }
        }

        private void giveBack() {
            if (given.compareAndSet(false, true)) {
                turns.giveBack();
            }
        }
    }
}
