package hal0.relay.answer;

import hal0.providers.http.CancelToken;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;

/// To whom an answer goes, how it came to be, and who follows it.
public record Delivery(
        Decision decision, int attempts, Meter meter, Reply reply, CancelToken cancel) {}
