package hal0.cli.wiring;

import hal0.agent.mcp.McpParts;
import hal0.agent.mcp.McpSection;
import hal0.agent.mcp.ServerSpec;
import hal0.agent.mcp.login.Login;
import hal0.agent.mcp.login.StoredBearer;
import hal0.agent.mcp.login.TokenFile;
import hal0.agent.mcp.wire.Bearer;
import hal0.agent.process.ChildEnvironment;
import hal0.home.Home;
import hal0.providers.Provider;
import hal0.providers.http.Transport;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What MCP servers of a home are reached with.
public final class McpSetup {
    private McpSetup() {}

    public static List<ServerSpec> servers(Configuration configuration) {
        return configuration.settings().get(McpSection.SECTION);
    }

    /// Where logins are kept.
    public static TokenFile tokens(Home home) {
        return new TokenFile(home.state().resolve("mcp-tokens.json"));
    }

    /// `folder` is where programs are started.
    public static McpParts parts(Configuration configuration, Transport transport, Path folder) {
        TokenFile tokens = tokens(configuration.home());
        return new McpParts(
                transport,
                configuration.secrets()::find,
                ChildEnvironment.of(System.getenv(), keyNames(configuration)),
                folder,
                spec -> bearer(spec, tokens, transport));
    }

    private static Bearer bearer(ServerSpec spec, TokenFile tokens, Transport transport) {
        return switch (spec.reach()) {
            case ServerSpec.Reach.Command _ -> Bearer.NONE;
            case ServerSpec.Reach.Web web ->
                    new StoredBearer(
                            spec.name(), web.url(), tokens, transport, InstantSource.system());
        };
    }

    public static Login login(
            Configuration configuration,
            ServerSpec spec,
            ServerSpec.Reach.Web web,
            Transport transport) {
        return new Login(
                spec.name(),
                web.url(),
                tokens(configuration.home()),
                transport,
                InstantSource.system());
    }

    /// The variables that hold keys, which are no business of a server's, nor of commands'.
    static Set<String> keyNames(Configuration configuration) {
        Set<String> names = new HashSet<>(configuration.secrets().namesInFile());
        Stream.concat(
                        configuration.presets().all().stream(),
                        configuration.registry().declared().stream())
                .map(Provider::keyNames)
                .forEach(names::addAll);
        names.addAll(List.of("HAL0_API_KEY", "HAL0_STORE_USER", "HAL0_STORE_PASSWORD"));
        return names;
    }
}
