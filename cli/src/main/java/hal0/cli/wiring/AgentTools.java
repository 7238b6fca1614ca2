package hal0.cli.wiring;

import hal0.agent.context.AgentDefinition;
import hal0.agent.permission.Mode;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.Toolbox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The tools of a conversation: those of hal0, then those of servers; of them those that its agent
/// has, and in plan mode those that change nothing.
record AgentTools(
        List<AgentTool> own, Toolbox servers, Supplier<Mode> mode, @Nullable AgentDefinition agent)
        implements Toolbox {

    AgentTools {
        own = List.copyOf(own);
    }

    /// With other tools of hal0's own, for another agent.
    AgentTools with(List<AgentTool> others, @Nullable AgentDefinition other) {
        return new AgentTools(others, servers, mode, other);
    }

    @Override
    public List<AgentTool> tools() {
        boolean plan = mode.get() == Mode.PLAN;
        List<AgentTool> all = new ArrayList<>(own);
        all.addAll(servers.tools());
        all.removeIf(tool -> (plan && tool.writes()) || !has(tool));
        return all;
    }

    private boolean has(AgentTool tool) {
        return agent == null || agent.has(tool.name());
    }
}
