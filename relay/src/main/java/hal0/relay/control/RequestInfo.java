package hal0.relay.control;

import hal0.home.ledger.LedgerRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request for a model: how it was routed, what was tried, and what came of it.
///
/// **Shape** `row` is null while it is under way, then `tries` has those so far. `route` is the way
/// by which its name was resolved (`route:fast`, `prefix:openai`), empty where nobody remembers:
/// only the last requests of a run are remembered in so much detail, older ones have their row
/// alone. `targets` are those of the decision in their order; `fetched` the providers whose lists
/// were fetched for it. **Units** `runningMs` since it came; `headUs` is the relay's own time until
/// the head of the answer went out, -1 before and where nobody remembers.
public record RequestInfo(
        String id,
        Instant at,
        String client,
        @Nullable String session,
        String protocol,
        String requested,
        boolean streamed,
        long runningMs,
        String route,
        List<String> targets,
        List<String> fetched,
        List<Try> tries,
        long headUs,
        @Nullable LedgerRow row) {

    public RequestInfo {
        targets = List.copyOf(targets);
        fetched = List.copyOf(fetched);
        tries = List.copyOf(tries);
    }

    /// One attempt at a target; `ms` is null while it is under way, `error` where nothing failed.
    ///
    /// **Units** `firstTokenMs` is -1 when nothing came.
    public record Try(
            String target, @Nullable Long ms, long firstTokenMs, @Nullable String error) {}

    /// One of which only its row is known.
    static RequestInfo of(LedgerRow row) {
        return new RequestInfo(
                row.requestId(),
                row.at(),
                row.client(),
                row.session(),
                row.protocol(),
                row.requestedModel(),
                row.streamed(),
                row.latencyMs(),
                "",
                List.of(),
                List.of(),
                List.of(),
                -1,
                row);
    }

    public boolean isUnderWay() {
        return row == null;
    }

    /// Who answers or was tried last, as `provider/model`; empty where nobody was asked.
    public String target() {
        if (row != null) {
            return row.provider().isEmpty() ? "" : row.provider() + "/" + row.model();
        }
        return tries.isEmpty() ? "" : tries.getLast().target();
    }
}
