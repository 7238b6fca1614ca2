package hal0.agent.permission;

import hal0.agent.workspace.Workspace;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Decides what may be done unasked.
///
/// **Shape** pure but for looking which files are there. Rules that deny come first, then what the
/// user answered in this session, then the rule that says most, then the mode; what nothing allows
/// is asked. **Threads** any.
public final class Permissions {
    private Permissions() {}

    /// The strictest decision about all that a call would do.
    public static Decision decide(Intent intent, Mode mode, Rules rules, Workspace workspace) {
        Decision all = new Decision.Allow("it touches nothing");
        for (Deed deed : intent.deeds()) {
            all = all.and(decide(deed, mode, rules, workspace));
        }
        return all;
    }

    static Decision decide(Deed deed, Mode mode, Rules rules, Workspace workspace) {
        PathJudge paths = new PathJudge(mode, rules, workspace);
        return switch (deed) {
            case Deed.Read(var path) -> paths.read(path);
            case Deed.Edit(var path) -> paths.edit(path);
            case Deed.Shell(var command, var bash) ->
                    new ShellJudge(mode, rules, workspace).decide(command, bash);
            case Deed.Fetch(var address) -> fetch(address, mode, rules);
            case Deed.Mcp mcp -> mcp(mcp, mode, rules);
            case Deed.Remember _ -> remember(mode, rules);
        };
    }

    private static Decision fetch(URI address, Mode mode, Rules rules) {
        String host = address.getHost();
        if (host == null || !List.of("http", "https").contains(lower(address.getScheme()))) {
            return new Decision.Ask("its address is not a plain one of the web", List.of());
        }
        String plain = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String name = address.getPort() < 0 ? plain : plain + ":" + address.getPort();
        // Addresses of this machine and its net are no pages of the web: services trust who comes
        // from there.
        boolean inside =
                plain.matches("(?i).*\\.?localhost|[\\d.]+|\\[.*|0x.*|.*\\.(local|internal|lan)");
        return named(RuleKind.FETCH, name, mode == Mode.AUTO && !inside, rules);
    }

    private static String lower(String scheme) {
        return String.valueOf(scheme).toLowerCase(Locale.ROOT);
    }

    private static Decision mcp(Deed.Mcp mcp, Mode mode, Rules rules) {
        if (mode == Mode.PLAN && !mcp.readOnly()) {
            return new Decision.Deny("plan mode calls no tools that may change something");
        }
        return named(RuleKind.MCP, mcp.server() + "__" + mcp.tool(), mode == Mode.AUTO, rules);
    }

    private static Decision remember(Mode mode, Rules rules) {
        return mode == Mode.PLAN
                ? new Decision.Deny("plan mode remembers nothing")
                : named(RuleKind.REMEMBER, "", mode == Mode.AUTO, rules);
    }

    private static Decision named(RuleKind kind, String name, boolean free, Rules rules) {
        Optional<Rule> denies = rules.denying(rule -> fits(rule, kind, name));
        if (denies.isPresent()) {
            return new Decision.Deny("the rule " + denies.get() + " denies it");
        }
        Optional<Rules.Match> match =
                rules.deciding(rule -> fits(rule, kind, name), rule -> fits(rule, kind, name));
        if (match.isPresent() && match.get().allows()) {
            return new Decision.Allow("the rule " + match.get().rule());
        }
        if (match.isEmpty() && free) {
            return new Decision.Allow("the mode auto");
        }
        String why =
                match.map(asks -> "the rule %s asks".formatted(asks.rule()))
                        .orElse("no rule allows it");
        String rule = name.isEmpty() ? kind.word() : "%s(%s)".formatted(kind.word(), name);
        return new Decision.Ask(why, name.contains("*") ? List.of() : List.of(rule));
    }

    private static boolean fits(Rule rule, RuleKind kind, String name) {
        return rule.kind() == kind
                && switch (rule.scope()) {
                    case Rule.Scope.All _ -> true;
                    case NamePattern pattern -> pattern.matches(name) || withoutPort(pattern, name);
                    case Rule.Scope.Line _, WordPattern _, PathPattern _ -> false;
                };
    }

    /// A rule for a host is about all of its ports.
    private static boolean withoutPort(NamePattern pattern, String name) {
        int port = name.lastIndexOf(':');
        return port > 0 && name.indexOf(']', port) < 0 && pattern.matches(name.substring(0, port));
    }
}
