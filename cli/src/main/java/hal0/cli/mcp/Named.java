package hal0.cli.mcp;

import hal0.agent.mcp.ServerSpec;
import hal0.agent.mcp.wire.McpException;
import hal0.cli.console.CommandException;
import hal0.cli.console.ExitCode;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.McpSetup;
import hal0.home.config.Nearest;
import java.util.List;

/// Servers by the names that users type.
final class Named {
    private Named() {}

    /// **Errors** [CommandException] when there is none of that name.
    static ServerSpec require(Configuration configuration, String name) {
        List<ServerSpec> all = McpSetup.servers(configuration);
        for (ServerSpec spec : all) {
            if (spec.name().equals(name)) {
                return spec;
            }
        }
        List<String> names = all.stream().map(ServerSpec::name).toList();
        throw new CommandException(
                ExitCode.CONFIGURATION,
                "there is no MCP server \"%s\"%s%s"
                        .formatted(
                                name,
                                Nearest.hint(name, names),
                                names.isEmpty()
                                        ? "; hal0 mcp add declares one"
                                        : "; there are " + String.join(", ", names)));
    }

    /// The server and its address.
    ///
    /// **Errors** [CommandException] for one that has none, as nobody logs in to a program.
    static ServerSpec.Reach.Web requireWeb(ServerSpec spec) {
        return switch (spec.reach()) {
            case ServerSpec.Reach.Web web -> web;
            case ServerSpec.Reach.Command _ ->
                    throw new CommandException(
                            ExitCode.USAGE,
                            "%s is a program of this machine; there is nothing to log in to"
                                    .formatted(spec.name()));
        };
    }

    /// What a failure of a server means to who called the command.
    static CommandException failed(McpException e) {
        return new CommandException(
                e.kind() == McpException.Kind.CANCELLED ? ExitCode.INTERRUPTED : ExitCode.UPSTREAM,
                e.said());
    }
}
