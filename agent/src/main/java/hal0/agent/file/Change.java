package hal0.agent.file;

import hal0.agent.permission.Deed;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A change of files that was worked out: who allows it sees what will be done, and nothing else is
/// done.
///
/// **Shape** `preview` is null where nothing can be shown. `done` tells the model what was done.
record Change(
        Places places,
        SeenFiles seen,
        String title,
        List<Step> steps,
        @Nullable String preview,
        String done)
        implements PlannedCall {
    Change {
        steps = List.copyOf(steps);
        preview = preview == null || preview.isEmpty() ? null : preview;
    }

    @Override
    public List<Deed> deeds() {
        Set<Deed> deeds = new LinkedHashSet<>();
        steps.forEach(step -> deeds.add(new Deed.Edit(step.path())));
        return new ArrayList<>(deeds);
    }

    @Override
    public ToolOutcome run(ToolRun run) {
        if (run.cancel().isCancelled()) {
            throw new ToolException("cancelled");
        }
        new AllOrNothing(places).run(steps);
        for (Step step : steps) {
            byte[] after = step.after();
            if (after == null) {
                seen.forget(step.path());
            } else {
                seen.saw(step.path(), ContentHash.of(after));
            }
        }
        return preview == null ? ToolOutcome.of(done) : ToolOutcome.changed(done, preview);
    }
}
