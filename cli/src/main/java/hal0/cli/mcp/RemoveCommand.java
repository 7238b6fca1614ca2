package hal0.cli.mcp;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.McpSetup;
import hal0.home.config.TomlEdit;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `hal0 mcp remove NAME`: takes a declaration out of config.toml.
@Command(
        name = "remove",
        description = "Remove an MCP server and its login; everything else in the file stays.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 mcp remove files",
            "  hal0 mcp remove github --config-dir ~/.config/hal0"
        })
final class RemoveCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The server.")
    private String name = "";

    RemoveCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        var _ = Named.require(configuration, name);
        configuration.change(
                configuration.home().configFile(),
                source -> source.without(TomlEdit.path("mcp", "servers", name)));
        boolean login = McpSetup.tokens(configuration.home()).remove(name);
        console.err()
                .println(
                        "Removed %s%s from %s."
                                .formatted(
                                        name,
                                        login ? " and its login" : "",
                                        configuration.home().configFile()));
        return ExitCode.DONE;
    }
}
