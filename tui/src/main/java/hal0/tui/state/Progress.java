package hal0.tui.state;

/// How far the agent is and what it used. Pure.
public record Progress(Plan plan, Bill bill) {
    static final Progress NONE = new Progress(Plan.NONE, Bill.NONE);

    Progress with(Plan other) {
        return new Progress(other, bill);
    }

    Progress with(Bill other) {
        return new Progress(plan, other);
    }

    /// Another turn begins.
    Progress begun() {
        return new Progress(plan.begun(), bill.begun());
    }
}
