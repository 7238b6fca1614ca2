package hal0.cli.mcp;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.McpSetup;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hal0 mcp logout NAME`: forgets the token of a server.
@Command(
        name = "logout",
        description = "Forget the login of an MCP server; it stays declared.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 mcp logout github", "  hal0 mcp logout docs"})
final class LogoutCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The server.")
    private String name = "";

    LogoutCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        boolean there = McpSetup.tokens(home.locate()).remove(name);
        console.err()
                .println(
                        there
                                ? "The login of %s is forgotten.".formatted(name)
                                : "There is no login of %s.".formatted(name));
        return ExitCode.DONE;
    }
}
