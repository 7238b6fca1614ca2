package hal0.relay.mcp.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.relay.approval.Approval;
import hal0.relay.mcp.protocol.OfferedTool;
import hal0.relay.mcp.protocol.Tier;
import hal0.relay.mcp.tool.ToolBuilder;
import hal0.relay.mcp.tool.Trees;
import hal0.relay.route.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a tool whose work waits for the owner's word.
///
/// **Shape** what is kept and shown of a call are its arguments without the hidden one; the work
/// itself has taken it in when it is made.
final class Gate {
    private static final List<Field> PENDING =
            List.of(
                    Field.text("status", "Always pending_approval.").must(),
                    Field.text("approval_id", "For approval_get.").must(),
                    Field.text("expires_at", "Until when it waits.").must(),
                    Field.text("message", "What to do.").must());

    private final Ground ground;
    private final String tool;
    private final ToolBuilder<Given> builder;
    private final Summary summary;
    private @Nullable String hidden;

    Gate(Ground ground, String tool, String description, Summary summary) {
        this.ground = ground;
        this.tool = tool;
        this.summary = summary;
        this.builder =
                ToolBuilder.of(
                        ground::given,
                        Tier.GATED,
                        tool,
                        description + " Waits for the owner's approval.");
    }

    /// What the owner reads: such as `delete the slot chat`.
    @FunctionalInterface
    interface Summary {
        String of(Given given);
    }

    /// Makes the work of a call; what is wrong with the call it says at once.
    @FunctionalInterface
    interface Planning {
        Work of(Given given);
    }

    /// What is done when it is approved.
    @FunctionalInterface
    interface Work {
        ObjectNode done();
    }

    Gate takes(List<Field> fields) {
        builder.takes(fields);
        return this;
    }

    Gate destructive() {
        builder.destructive();
        return this;
    }

    Gate openWorld() {
        builder.openWorld();
        return this;
    }

    /// That argument is a secret.
    Gate hiding(String argument) {
        hidden = argument;
        return this;
    }

    OfferedTool does(Planning planning) {
        return builder.answers(PENDING.toArray(Field[]::new)).does(given -> ask(given, planning));
    }

    private ObjectNode ask(Given given, Planning planning) {
        Work work = planning.of(given);
        ObjectNode shown = given.call().arguments().deepCopy();
        if (hidden != null && shown.has(hidden)) {
            // Two calls with different secrets are not the same call.
            shown.put(hidden, "***REDACTED*** " + given.call().number());
        }
        Approval asked =
                ground.approvals()
                        .ask(
                                tool,
                                summary.of(given),
                                shown.toString(),
                                given.asker(),
                                () -> work.done().toString());
        return Trees.object()
                .put("status", "pending_approval")
                .put("approval_id", asked.id())
                .put("expires_at", asked.expiresAt().toString())
                .put(
                        "message",
                        "nothing is done yet: the owner approves it in the terminal, on the dashboard or with hal0 approvals; it waits until expires_at, or until hal0 ends. Ask approval_get with wait_s what came of it");
    }
}
