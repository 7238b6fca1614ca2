package hal0.cli.wiring;

import hal0.agent.permission.Mode;

/// How much an agent does of its own accord, which the user may change while it works. **Threads**
/// any.
public final class AgentMode {
    private volatile Mode now;

    AgentMode(Mode first) {
        this.now = first;
    }

    public Mode now() {
        return now;
    }

    public void set(Mode other) {
        now = other;
    }
}
