package hal0.relay.event;

import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Outcome;
import hal0.relay.event.Event.Severity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells of each request for a model when it is over.
///
/// **Threads** any; never waits.
public final class RequestEvents {
    private final Events events;

    public RequestEvents(Events events) {
        this.events = events;
    }

    /// What stands in the ledger of it, but for who asked what.
    public void finished(LedgerRow row) {
        events.emit((id, at) -> event(id, at, row));
    }

    private static Event event(long id, Instant at, LedgerRow row) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("request_id", row.requestId());
        data.put("provider", row.provider());
        data.put("model", row.model());
        data.put("outcome", row.outcome().name().toLowerCase(Locale.ROOT));
        data.put("status", row.status());
        data.put("attempts", row.attempts());
        data.put("input_tokens", row.inputTokens());
        data.put("output_tokens", row.outputTokens());
        data.put("cost_usd", row.costUsd());
        data.put("latency_ms", row.latencyMs());
        boolean failed = row.outcome() == Outcome.FAILED;
        return new Event(
                id,
                at,
                "request.finished",
                failed ? Severity.WARNING : Severity.INFO,
                row.provider(),
                asked(row) + ": " + data.get("outcome"),
                data);
    }

    /// Of what leads nowhere there is only the name that the client gave.
    private static String asked(LedgerRow row) {
        return row.provider().isEmpty()
                ? '"' + row.requestedModel() + '"'
                : row.provider() + "/" + row.model();
    }
}
