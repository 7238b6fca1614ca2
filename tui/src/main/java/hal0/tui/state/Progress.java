package hal0.tui.state;

import org.jspecify.annotations.Nullable;

/// How far the agent is, what it used, how many of its commands run, and what keeps its answer
/// away, null where nothing does. Pure.
public record Progress(Plan plan, Bill bill, int commands, @Nullable Holdup holdup) {
    static final Progress NONE = new Progress(Plan.NONE, Bill.NONE, 0, null);

    Progress with(Plan other) {
        return new Progress(other, bill, commands, holdup);
    }

    Progress with(Bill other) {
        return new Progress(plan, other, commands, holdup);
    }

    Progress with(int running) {
        return new Progress(plan, bill, running, holdup);
    }

    Progress with(@Nullable Holdup other) {
        return new Progress(plan, bill, commands, other);
    }

    /// A second has passed.
    Progress ticked() {
        return holdup == null ? this : with(holdup.ticked());
    }

    /// Another turn begins.
    Progress begun() {
        return new Progress(plan.begun(), bill.begun(), commands, null);
    }
}
