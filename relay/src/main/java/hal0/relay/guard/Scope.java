package hal0.relay.guard;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a key opens; each one opens what those before it do.
public enum Scope {
    /// Asking models: `/v1` and `/v1beta`.
    CLIENT,
    /// That and the tools of agents: `/mcp`.
    AGENT,
    /// Everything.
    ADMIN;

    /// As it stands in files and on command lines.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> find(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
    }

    public boolean covers(Scope needed) {
        return compareTo(needed) >= 0;
    }
}
