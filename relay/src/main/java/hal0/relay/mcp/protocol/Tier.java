package hal0.relay.mcp.protocol;

import java.util.Locale;

/// How much a tool may change by itself.
public enum Tier {
    /// Nothing.
    READ,
    /// What can be undone; noted with the name of who asked.
    WRITE,
    /// Everything else: done when the owner has approved it.
    GATED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
