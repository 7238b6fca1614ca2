package hal0.relay.control;

import hal0.home.ledger.LedgerRow;
import hal0.relay.event.Event.Severity;
import hal0.relay.event.Events;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How upstreams have fared lately, and the events that tell of it.
///
/// **Threads** any.
public final class UpstreamHealth {
    private final UnaryOperator<String> breaker;
    private final Events events;
    private final Map<String, String> failures = new ConcurrentHashMap<>();
    private final Map<String, Instant> answers = new ConcurrentHashMap<>();
    private final Map<String, Instant> failed = new ConcurrentHashMap<>();

    /// `breaker` tells the state of an upstream's breaker by its name: closed, open or half-open.
    public UpstreamHealth(UnaryOperator<String> breaker, Events events) {
        this.breaker = breaker;
        this.events = events;
    }

    String breaker(String upstream) {
        return breaker.apply(upstream);
    }

    @Nullable String lastError(String upstream) {
        return failures.get(upstream);
    }

    @Nullable Instant lastAnswerAt(String upstream) {
        return answers.get(upstream);
    }

    @Nullable Instant lastFailureAt(String upstream) {
        return failed.get(upstream);
    }

    /// A request for a model is over; one that reached nobody tells nothing of anybody.
    public void asked(LedgerRow row) {
        if (row.provider().isEmpty() || row.attempts() == 0) {
            return;
        }
        switch (row.outcome()) {
            case ANSWERED, RESCUED ->
                    answers.merge(row.provider(), row.at(), UpstreamHealth::later);
            case FAILED -> failed.merge(row.provider(), row.at(), UpstreamHealth::later);
            case CANCELLED -> {
                // Its caller left: what it would have said nobody knows.
            }
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// It was called and could not be used; `message` says why, without secrets.
    public void failed(String upstream, String message, @Nullable Integer status) {
        failures.put(upstream, message);
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("status", status);
        events.emit(
                "system.upstream_unhealthy",
                Severity.WARNING,
                upstream,
                "%s cannot be used: %s".formatted(upstream, message),
                data);
    }

    /// It answered as it should.
    public void answered(String upstream) {
        if (failures.remove(upstream) != null) {
            events.emit(
                    "system.upstream_healthy",
                    Severity.INFO,
                    upstream,
                    upstream + " answers again",
                    Map.of());
        }
    }

    /// A breaker has changed its state.
    public void breakerIs(String upstream, String state) {
        events.emit(
                "breaker." + state.replace('-', '_'),
                state.equals("closed") ? Severity.INFO : Severity.WARNING,
                upstream,
                "the breaker of %s is %s".formatted(upstream, state),
                Map.of("state", state));
    }
}
