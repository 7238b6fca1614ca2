package hal0.cli.mcp;

import hal0.agent.mcp.ServerSpec;
import hal0.agent.mcp.wire.McpException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.McpSetup;
import hal0.providers.http.CancelToken;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 mcp login NAME`: gets a token for a server, by way of a browser.
@Command(
        name = "login",
        description = {
            "Log in to an MCP server of the network, in a browser.",
            "The address to open is shown; the browser has to run on this machine, to which it comes back."
                    + " The token is kept for this user only, and renewed when it ends."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 mcp login github", "  hal0 mcp login docs --no-browser"})
final class LoginCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The server.")
    private String name = "";

    @Option(names = "--no-browser", description = "Only show the address.")
    private boolean noBrowser;

    LoginCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        ServerSpec spec = Named.require(configuration, name);
        ServerSpec.Reach.Web web = Named.requireWeb(spec);
        CancelToken cancel = new CancelToken();
        try (Interrupt _ = Interrupt.cancels(cancel);
                Hal0 hal0 = Hal0.open(configuration)) {
            McpSetup.login(configuration, spec, web, hal0.transport())
                    .run(this::show, PATIENCE, cancel);
        } catch (McpException e) {
            throw Named.failed(e);
        }
        console.err()
                .println("Logged in to %s. To try it out: hal0 mcp test %s".formatted(name, name));
        return ExitCode.DONE;
    }

    private void show(URI page) {
        console.err().println("Open this address in a browser of this machine and log in there:");
        console.err().println();
        console.err().println("  " + page);
        console.err().println();
        if (!noBrowser && Browser.open(page, System.getenv())) {
            console.err().println("It was opened in a browser.");
        }
        console.err()
                .println("Waiting for %d minutes; Ctrl-C ends it.".formatted(PATIENCE.toMinutes()));
    }
}
