package hal0.relay.route;

import hal0.providers.http.CancelToken;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// The requests that are being answered, and how many there have been for a model.
///
/// **Shape** only requests for a model count; looking at the relay is not traffic. **Threads** any.
public final class Traffic {
    private final LongAdder requests = new LongAdder();
    private final Set<CancelToken> running = ConcurrentHashMap.newKeySet();
    private final Set<CancelToken> asking = ConcurrentHashMap.newKeySet();

    void begin(CancelToken token) {
        running.add(token);
    }

    /// A request that has begun asks for a model.
    void asks(CancelToken token) {
        requests.increment();
        asking.add(token);
    }

    void end(CancelToken token) {
        asking.remove(token);
        running.remove(token);
    }

    public long requests() {
        return requests.sum();
    }

    public int inFlight() {
        return asking.size();
    }

    /// Ends whatever still runs.
    public void cancelAll(String why) {
        running.forEach(token -> token.cancel(why));
    }
}
