package hal0.tui.state;

/// How far the agent is, what it used, and how many of its commands run. Pure.
public record Progress(Plan plan, Bill bill, int commands) {
    static final Progress NONE = new Progress(Plan.NONE, Bill.NONE, 0);

    Progress with(Plan other) {
        return new Progress(other, bill, commands);
    }

    Progress with(Bill other) {
        return new Progress(plan, other, commands);
    }

    Progress with(int running) {
        return new Progress(plan, bill, running);
    }

    /// Another turn begins.
    Progress begun() {
        return new Progress(plan.begun(), bill.begun(), commands);
    }
}
