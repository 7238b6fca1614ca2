package hal0.relay.route;

import hal0.providers.http.CancelToken;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// The requests that are being answered, and how many there have been.
public final class Traffic {
    private final LongAdder requests = new LongAdder();
    private final Set<CancelToken> running = ConcurrentHashMap.newKeySet();

    void begin(CancelToken token) {
        requests.increment();
        running.add(token);
    }

    void end(CancelToken token) {
        running.remove(token);
    }

    public long requests() {
        return requests.sum();
    }

    public int inFlight() {
        return running.size();
    }

    /// Ends whatever still runs.
    public void cancelAll(String why) {
        running.forEach(token -> token.cancel(why));
    }
}
