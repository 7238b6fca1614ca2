package hal0.relay.guard;

/// What a key opens; each one opens what those before it do.
public enum Scope {
    /// Asking models: `/v1` and `/v1beta`.
    CLIENT,
    /// That and the tools of agents: `/mcp`.
    AGENT,
    /// Everything.
    ADMIN;

    public boolean covers(Scope needed) {
        return compareTo(needed) >= 0;
    }
}
