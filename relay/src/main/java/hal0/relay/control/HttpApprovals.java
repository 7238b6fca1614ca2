package hal0.relay.control;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.relay.approval.Approval;
import hal0.relay.approval.Approvals;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The approvals of another process, over its `/api/approvals`.
///
/// **Shape** that process knows who decides by the key of the call, so that `who` is not sent.
final class HttpApprovals implements Approvals {
    private static final String PATH = "/api/approvals";

    private final RelayCalls relay;

    HttpApprovals(RelayCalls relay) {
        this.relay = relay;
    }

    @Override
    public List<Approval> list() {
        List<Approval> all = new ArrayList<>();
        for (JsonNode row : relay.call("GET", PATH, null)) {
            all.add(approval(row));
        }
        return all;
    }

    @Override
    public Optional<Approval> find(String id) {
        try {
            return Optional.of(approval(relay.call("GET", path(id), null)));
        } catch (ControlException e) {
            if (e.refusal() == Refusal.NO_APPROVAL) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Approval decide(String id, boolean approve, String who) {
        return approval(relay.call("POST", path(id), Map.of("approve", approve)));
    }

    private static String path(String id) {
        return PATH + "/" + RelayCalls.segment(id);
    }

    private Approval approval(JsonNode row) {
        try {
            return new Approval(
                    row.path("id").asText(),
                    row.path("tool").asText(),
                    row.path("summary").asText(),
                    json(row.path("arguments")),
                    row.path("asker").asText(),
                    Instant.parse(row.path("asked_at").asText()),
                    Instant.parse(row.path("expires_at").asText()),
                    Approval.State.find(row.path("state").asText()).orElseThrow(),
                    row.path("decided_by").asText(null),
                    row.hasNonNull("decided_at")
                            ? Instant.parse(row.path("decided_at").asText())
                            : null,
                    row.hasNonNull("outcome") ? json(row.path("outcome")) : null);
        } catch (DateTimeException | NoSuchElementException e) {
            throw relay.unusable(PATH, e);
        }
    }

    /// What was no JSON is told as a text.
    private static String json(JsonNode node) {
        return node.isTextual() ? node.asText() : node.toString();
    }
}
