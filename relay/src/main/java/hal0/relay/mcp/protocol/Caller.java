package hal0.relay.mcp.protocol;

import org.jspecify.annotations.Nullable;

/// Who calls a tool.
///
/// **Shape** `key` is the name of the key that was shown, null where none is needed; `client` is
/// what the program calls itself, cut to a short word; `agent` is what `X-hal0-Agent` says, null
/// without; `admin` says whether everything is allowed.
public record Caller(@Nullable String key, String client, @Nullable String agent, boolean admin) {
    private static final int LONGEST = 40;

    public Caller {
        client = word(client);
    }

    /// As it stands in the audit and in approvals: such as `ci/claude-code`, or `local/codex`.
    public String name() {
        return (key == null ? "local" : key) + "/" + client;
    }

    /// A name that a stranger gave itself is shown to people: it may not look like anything else.
    private static String word(String name) {
        String plain = name.strip().replaceAll("[^A-Za-z0-9._-]+", "-");
        String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
        return cut.isEmpty() ? "unnamed" : cut;
    }
}
