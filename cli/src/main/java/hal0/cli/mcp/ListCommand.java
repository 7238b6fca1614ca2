package hal0.cli.mcp;

import hal0.agent.mcp.ServerSpec;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.McpSetup;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 mcp list`: the declared servers.
@Command(
        name = "list",
        description = {
            "List the declared MCP servers.",
            "Nothing is started, so that the number of tools is only known with --probe."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 mcp list", "  hal0 mcp list --probe --json"})
final class ListCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Option(names = "--probe", description = "Start each and count its tools.")
    private boolean probe;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ListCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        List<ServerSpec> servers = McpSetup.servers(configuration);
        Map<String, Trials.Trial> trials = probe ? trials(configuration, servers) : Map.of();
        Listing listing = new Listing("name", "state", "transport", "login", "tools", "reach");
        for (ServerSpec spec : servers) {
            Trials.Trial trial = trials.get(spec.name());
            listing.row(
                    spec.name(),
                    state(spec, trial),
                    Shown.transport(spec.reach()),
                    login(configuration, spec),
                    trial == null || trial.tried() == null ? null : trial.tried().tools().size(),
                    Shown.reach(spec.reach()));
        }
        listing.print(console, json);
        if (listing.isEmpty() && !json) {
            console.err().println("No MCP server is declared. See hal0 mcp add --help");
        }
        trials.values().stream()
                .filter(trial -> trial.why() != null)
                .forEach(trial -> console.err().println("warning: " + trial.why()));
        return ExitCode.DONE;
    }

    private Map<String, Trials.Trial> trials(Configuration configuration, List<ServerSpec> servers)
            throws InterruptedException {
        List<ServerSpec> enabled = servers.stream().filter(ServerSpec::enabled).toList();
        Map<String, Trials.Trial> trials = new HashMap<>();
        for (Trials.Trial trial : Trials.of(configuration, enabled, console)) {
            trials.put(trial.spec().name(), trial);
        }
        return trials;
    }

    private static String state(ServerSpec spec, Trials.@Nullable Trial trial) {
        if (!spec.enabled()) {
            return "disabled";
        }
        return trial == null ? "enabled" : trial.tried() == null ? "failed" : "ready";
    }

    private static @Nullable String login(Configuration configuration, ServerSpec spec)
            throws IOException {
        return switch (spec.reach()) {
            case ServerSpec.Reach.Command _ -> null;
            case ServerSpec.Reach.Web web when web.saysWho() -> "header";
            case ServerSpec.Reach.Web(var url, _) ->
                    McpSetup.tokens(configuration.home()).has(spec.name(), url)
                            ? "logged in"
                            : "none";
        };
    }
}
