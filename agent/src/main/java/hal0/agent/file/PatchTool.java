package hal0.agent.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.Arguments;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolText;
import hal0.providers.message.Tool;

/// Changes several files by a patch, all or none.
final class PatchTool implements AgentTool {
    private final Tool definition = ToolText.of(PatchTool.class, "apply_patch");
    private final Places places;
    private final SeenFiles seen;

    PatchTool(Places places, SeenFiles seen) {
        this.places = places;
        this.seen = seen;
    }

    @Override
    public Tool definition() {
        return definition;
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public PlannedCall plan(ObjectNode given) {
        Arguments arguments = Arguments.of(given, "patch");
        PatchPlan plan = new PatchPlan(places, seen);
        PatchText.read(arguments.text("patch")).forEach(plan::add);
        return plan.change();
    }
}
