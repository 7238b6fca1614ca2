package hal0.agent.file;

import hal0.agent.permission.Deed;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import java.util.List;
import java.util.function.Function;

/// A call that only looks.
record Look(String title, List<Deed> deeds, Function<ToolRun, ToolOutcome> look)
        implements PlannedCall {

    @Override
    public boolean parallel() {
        return true;
    }

    @Override
    public ToolOutcome run(ToolRun run) {
        return look.apply(run);
    }
}
