package hal0.relay.mcp.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.Period;
import hal0.home.ledger.Tally;
import hal0.home.ledger.TallyColumns;
import hal0.providers.http.CancelToken;
import hal0.relay.api.ActivityRoutes;
import hal0.relay.api.ApprovalRoutes;
import hal0.relay.api.EventRoutes;
import hal0.relay.approval.Approval;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.RequestJson;
import hal0.relay.event.Event;
import hal0.relay.event.Events;
import hal0.relay.mcp.protocol.OfferedTool;
import hal0.relay.mcp.protocol.Tier;
import hal0.relay.mcp.protocol.ToolException;
import hal0.relay.mcp.tool.ToolBuilder;
import hal0.relay.mcp.tool.Trees;
import hal0.relay.route.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was written down: requests and their cost, changes, events, approvals.
final class RecordTools {
    private static final List<String> GROUPINGS =
            Arrays.stream(Grouping.values()).map(g -> g.name().toLowerCase(Locale.ROOT)).toList();
    private static final int USUAL_ROWS = 50;
    private static final int MOST_ROWS = 500;
    private static final int LONGEST_WAIT = 900;
    private static final Field LIMIT =
            Field.whole("limit", "How many: 50 if left out, 500 at most.");

    private final Ground ground;

    RecordTools(Ground ground) {
        this.ground = ground;
    }

    List<OfferedTool> all() {
        return List.of(
                read("usage", "What was spent: requests, tokens and cost in USD, grouped.")
                        .takes(
                                Field.text("by", "Grouped by what; provider if left out.")
                                        .oneOf(GROUPINGS),
                                Field.text(
                                        "since",
                                        "today, month, all, 7d or a date such as 2026-11-01; month if left out."))
                        .answers(Field.list("usage", "Each group.").must())
                        .does(this::usage),
                read(
                                "requests_list",
                                "The last requests for models: target, attempts, outcome, cost.")
                        .takes(LIMIT)
                        .answers(Field.list("requests", "The newest first.").must())
                        .does(given ->
                                Trees.list(
                                        "requests",
                                        given.control().requests().latest(limit(given)),
                                        RequestJson::write)),
                read("request_get", "One request and how it was routed.")
                        .takes(Field.text("id", "Its request id.").must())
                        .answers(Field.text("id", "Its id."))
                        .does(this::request),
                read("activity_list", "Every change to this hal0, with who made it.")
                        .takes(LIMIT, Field.whole("before", "Only what came before this id."))
                        .answers(Field.list("activity", "The newest first.").must())
                        .does(this::activity),
                read(
                                "events_recent",
                                "What happened lately: slots, providers, requests, approvals.")
                        .takes(
                                LIMIT,
                                Field.text("type", "Only types that begin so, such as slot."),
                                Field.whole("since", "Only what came after this id."))
                        .answers(Field.list("events", "The oldest first.").must())
                        .does(this::events),
                read(
                                "approvals_list",
                                "The calls that wait for the owner, and the last decided ones.")
                        .answers(Field.list("approvals", "What waits first.").must())
                        .does(given ->
                                Trees.list("approvals", approvals(given), ApprovalRoutes::write)),
                read(
                                "approval_get",
                                "What became of a call that needs approval; with wait_s waits until it is over.")
                        .takes(
                                Field.text("approval_id", "As the call was answered.").must(),
                                Field.whole(
                                        "wait_s", "Seconds to wait, 900 at most; 0 if left out."))
                        .answers(
                                Field.text("id", "Its id.").must(),
                                Field.text("state", "How far it is.")
                                        .oneOf(
                                                Arrays.stream(Approval.State.values())
                                                        .map(Approval.State::word)
                                                        .toList())
                                        .must(),
                                Field.any("outcome", "What came of it, once it is over."))
                        .does(this::approval));
    }

    private ToolBuilder<Given> read(String name, String description) {
        return ToolBuilder.of(ground::given, Tier.READ, name, description);
    }

    private static int limit(Given given) {
        return given.whole("limit", USUAL_ROWS, 1, MOST_ROWS);
    }

    private ObjectNode usage(Given given) {
        String by = given.text("by");
        Grouping grouping =
                by.isEmpty() ? Grouping.PROVIDER : Grouping.valueOf(by.toUpperCase(Locale.ROOT));
        String since = given.text("since");
        try {
            Period period =
                    Period.parse(
                            since.isEmpty() ? "month" : since,
                            LocalDate.now(ground.zone()),
                            ground.zone());
            return usage(given.control(), grouping, period);
        } catch (IllegalArgumentException e) {
            throw new ToolException("since: " + e.getMessage(), e);
        }
    }

    static ObjectNode usage(ControlPlane control, Grouping grouping, Period period) {
        ObjectNode object = Trees.object();
        ArrayNode rows = object.putArray("usage");
        List<String> names = TallyColumns.names(grouping);
        for (Tally tally : control.usage(grouping, period.from())) {
            List<@Nullable Object> values = TallyColumns.values(tally);
            ObjectNode row = rows.addObject();
            for (int i = 0; i < names.size(); i++) {
                switch (values.get(i)) {
                    case null -> row.putNull(names.get(i));
                    case Long number -> row.put(names.get(i), number);
                    case BigDecimal number -> row.put(names.get(i), number);
                    case Object text -> row.put(names.get(i), text.toString());
                }
            }
        }
        return object;
    }

    private ObjectNode request(Given given) {
        String id = given.text("id");
        var found =
                given.control()
                        .requests()
                        .find(id)
                        .orElseThrow(() ->
                                new ToolException(
                                        "there is no request of that id; requests_list has the last ones"));
        return Trees.object(json -> RequestJson.write(json, found));
    }

    private ObjectNode activity(Given given) {
        long before = given.call().arguments().path("before").asLong(Long.MAX_VALUE);
        return Trees.list(
                "activity", given.control().activity(limit(given), before), ActivityRoutes::write);
    }

    private ObjectNode events(Given given) {
        long since = given.call().arguments().path("since").asLong(0);
        try {
            Events.Batch batch = ground.events().after(since, Duration.ZERO, given.call().cancel());
            List<Event> fit =
                    batch.events().stream()
                            .filter(event -> event.type().startsWith(given.text("type")))
                            .toList();
            int from = Math.max(0, fit.size() - limit(given));
            return Trees.list("events", fit.subList(from, fit.size()), EventRoutes::write);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("the relay ends", e);
        }
    }

    /// Of others only the owner hears.
    private List<Approval> approvals(Given given) {
        return ground.approvals().list().stream().filter(each -> mayHear(given, each)).toList();
    }

    private static boolean mayHear(Given given, Approval approval) {
        return given.call().caller().admin() || approval.asker().equals(given.asker());
    }

    private Approval found(Given given) {
        Optional<Approval> found =
                ground.approvals()
                        .find(given.text("approval_id"))
                        .filter(each -> mayHear(given, each));
        return found.orElseThrow(() ->
                new ToolException(
                        "there is no approval of that id, or it is another's; approvals_list has yours"));
    }

    private ObjectNode approval(Given given) {
        CancelToken cancel = given.call().cancel();
        long end =
                System.nanoTime()
                        + Duration.ofSeconds(given.whole("wait_s", 0, 0, LONGEST_WAIT)).toNanos();
        try {
            while (true) {
                // Before it is looked at: what happens afterwards is an event after this one.
                long seen = ground.events().latest();
                Approval now = found(given);
                long left = end - System.nanoTime();
                if (now.isOver()
                        || left <= 0
                        || cancel.isCancelled()
                        || ground.events().isClosed()) {
                    return Trees.object(json -> ApprovalRoutes.write(json, now));
                }
                var _ = ground.events().after(seen, Duration.ofNanos(left), cancel);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("the relay ends", e);
        }
    }
}
