package hal0.agent;

import hal0.agent.checkpoint.Checkpoints;
import hal0.agent.hook.Hooks;
import hal0.agent.permission.Gate;
import hal0.agent.tool.Toolbox;

/// What an agent works with.
///
/// **Shape** a conversation without tools has [#NONE].
public record Equipment(
        Toolbox tools,
        Gate gate,
        Checkpoints checkpoints,
        Hooks hooks,
        ModelFacts facts,
        Compaction compaction,
        Limits limits) {

    public static final Equipment NONE =
            new Equipment(
                    Toolbox.EMPTY,
                    (_, _) -> new Gate.Verdict.Passed(),
                    Checkpoints.NONE,
                    Hooks.NONE,
                    ModelFacts.UNKNOWN,
                    Compaction.OFF,
                    Limits.USUAL);

    public Equipment with(Gate other) {
        return new Equipment(tools, other, checkpoints, hooks, facts, compaction, limits);
    }

    public Equipment with(Toolbox other) {
        return new Equipment(other, gate, checkpoints, hooks, facts, compaction, limits);
    }

    public Equipment with(Limits other) {
        return new Equipment(tools, gate, checkpoints, hooks, facts, compaction, other);
    }
}
