package hal0.agent.mcp;

import hal0.agent.mcp.wire.Bearer;
import hal0.agent.mcp.wire.Channel;
import hal0.agent.mcp.wire.HttpChannel;
import hal0.agent.mcp.wire.StdioChannel;
import hal0.providers.client.Variables;
import hal0.providers.http.Transport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What servers are reached with.
///
/// **Shape** `environment` is what programs have besides what is configured for them: without the
/// keys of providers, which are none of their business. `variables` are looked up for headers and
/// for configured environments; `folder` is where programs are started; `logins` knows the tokens
/// of servers that want any.
public record McpParts(
        Transport transport,
        Function<String, Optional<String>> variables,
        Map<String, String> environment,
        Path folder,
        Function<ServerSpec, Bearer> logins) {
    public McpParts {
        environment = Map.copyOf(environment);
    }

    /// Neither variables nor environment.
    @Override
    public String toString() {
        return "McpParts[" + folder + "]";
    }

    /// The way to a server, not opened yet.
    Channel channel(ServerSpec spec) {
        return switch (spec.reach()) {
            case ServerSpec.Reach.Command(var command, var own) -> {
                Map<String, String> all = new LinkedHashMap<>(environment);
                all.putAll(expanded(own));
                yield new StdioChannel(spec.name(), command, all, folder);
            }
            case ServerSpec.Reach.Web(var url, var headers) ->
                    new HttpChannel(
                            spec.name(), url, expanded(headers), logins.apply(spec), transport);
        };
    }

    /// What names a variable that is not set is left out.
    private Map<String, String> expanded(Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>();
        values.forEach((name, value) ->
                Variables.expand(value, variables).ifPresent(set -> all.put(name, set)));
        return all;
    }
}
