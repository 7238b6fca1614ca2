package hal0.relay.answer;

import hal0.providers.http.CancelToken;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;
import hal0.relay.rescue.Continuation;

/// To whom an answer goes, how it came to be, who follows it, and who goes on where it breaks off.
public record Delivery(
        Decision decision,
        int attempts,
        Meter meter,
        Reply reply,
        CancelToken cancel,
        Continuation continuation) {}
