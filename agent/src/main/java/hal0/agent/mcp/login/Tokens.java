package hal0.agent.mcp.login;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a login gave, and what is needed to renew it.
///
/// **Shape** for the server at `url` only, which calls itself `resource` there. `expires` is null
/// where nobody said.
record Tokens(
        URI url,
        URI resource,
        URI tokenEndpoint,
        String clientId,
        @Nullable String clientSecret,
        String access,
        @Nullable String refresh,
        @Nullable Instant expires,
        @Nullable String scope) {

    /// Whether it ends before `when`.
    boolean endsBefore(Instant when) {
        return expires != null && expires.isBefore(when);
    }

    /// Nothing secret.
    @Override
    public String toString() {
        return "Tokens[" + url.getHost() + "]";
    }
}
