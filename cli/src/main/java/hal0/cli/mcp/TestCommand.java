package hal0.cli.mcp;

import hal0.agent.mcp.McpServers;
import hal0.agent.mcp.ServerSpec;
import hal0.agent.mcp.wire.RemoteTool;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.McpSetup;
import hal0.tui.text.Safe;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 mcp test`: does a server start, which tools has it, and how long does that take?
@Command(
        name = "test",
        description = {
            "Start MCP servers, show their tools and how long that took, and end them.",
            "No tool is called."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 mcp test",
            "  hal0 mcp test files --json",
            "",
            "Exit codes: 0 all work, 4 one does not, 7 there is none to test."
        })
final class TestCommand implements Callable<Integer> {
    private static final int LONGEST_DESCRIPTION = 80;

    private final Console console;
    private final HomeOptions home;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "The server; all that are enabled by default.")
    private @Nullable String name;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    TestCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        List<ServerSpec> specs =
                name != null
                        ? List.of(Named.require(configuration, name))
                        : McpSetup.servers(configuration).stream()
                                .filter(ServerSpec::enabled)
                                .toList();
        if (specs.isEmpty()) {
            if (json) {
                console.out().println("[]");
            }
            console.err().println("SKIP: no MCP server is enabled; hal0 mcp add declares one");
            return ExitCode.SKIPPED;
        }
        List<Trials.Trial> trials = Trials.of(configuration, specs, console);
        if (json) {
            printJson(trials);
        } else {
            trials.forEach(this::print);
        }
        return trials.stream().allMatch(trial -> trial.tried() != null)
                ? ExitCode.DONE
                : ExitCode.UPSTREAM;
    }

    private void printJson(List<Trials.Trial> trials) {
        Listing listing =
                new Listing(
                        "name",
                        "status",
                        "server",
                        "protocol",
                        "start_ms",
                        "list_ms",
                        "tools",
                        "message");
        for (Trials.Trial trial : trials) {
            McpServers.Tried tried = trial.tried();
            if (tried == null) {
                listing.row(trial.spec().name(), "fail", null, null, null, null, null, trial.why());
            } else {
                listing.row(
                        trial.spec().name(),
                        "pass",
                        tried.called(),
                        tried.version(),
                        tried.startMillis(),
                        tried.listMillis(),
                        tried.tools().stream().map(TestCommand::json).toList(),
                        null);
            }
        }
        listing.print(console, true);
    }

    private static Map<String, Object> json(RemoteTool tool) {
        return Map.of(
                "name", tool.name(),
                "description", tool.description(),
                "read_only", tool.readOnly());
    }

    private void print(Trials.Trial trial) {
        McpServers.Tried tried = trial.tried();
        if (tried == null) {
            line("FAIL %s: %s".formatted(trial.spec().name(), trial.why()));
            return;
        }
        line(
                "PASS %s: %s, protocol %s, %d tools, started in %d ms, listed in %d ms"
                        .formatted(
                                trial.spec().name(),
                                tried.called(),
                                tried.version(),
                                tried.tools().size(),
                                tried.startMillis(),
                                tried.listMillis()));
        for (RemoteTool tool : tried.tools()) {
            line(
                    "  %s%s  %s"
                            .formatted(
                                    tool.name(),
                                    tool.readOnly() ? " (reads only)" : "",
                                    shortened(tool.description())));
        }
    }

    /// Names and descriptions are words of others, which no terminal may obey.
    private void line(String text) {
        console.out().println(Safe.oneLine(text).stripTrailing());
    }

    private static String shortened(String text) {
        String line = Safe.oneLine(text).strip();
        return line.length() <= LONGEST_DESCRIPTION
                ? line
                : line.substring(0, LONGEST_DESCRIPTION - 1) + "…";
    }
}
