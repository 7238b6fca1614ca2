package hal0.cli.mcp;

import hal0.agent.mcp.McpSection;
import hal0.agent.mcp.ServerSpec;
import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.McpSetup;
import hal0.home.config.Masks;
import hal0.home.config.TomlBlock;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 mcp add NAME`: declares a server in config.toml.
@Command(
        name = "add",
        description = {
            "Declare an MCP server in config.toml, comments and order kept.",
            "It is a program (its command line after --) or an address (--url)."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 mcp add files -- npx -y @modelcontextprotocol/server-filesystem ~/notes",
            "  hal0 mcp add github --url https://api.githubcopilot.com/mcp/ \\",
            "      --header 'Authorization=Bearer $GITHUB_TOKEN'"
        })
final class AddCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "Its name: letters, digits, - and _; its tools are called NAME__TOOL.")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "The program and its arguments, after --.")
    private List<String> command = List.of();

    @Option(names = "--url", paramLabel = "URL", description = "Where it is on the network.")
    private @Nullable String url;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "Set for the program; $VAR stands for a variable.")
    private Map<String, String> environment = Map.of();

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description = "Sent with every call; $VAR stands for a variable.")
    private Map<String, String> headers = Map.of();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "For its start and for each call; 60 by default.")
    private @Nullable Double timeout;

    @Option(names = "--disabled", description = "Declare it, and do not use it yet.")
    private boolean disabled;

    AddCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        if (command.isEmpty() == (url == null)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "say how it is reached, by --url URL or by -- and a command, one of both");
        }
        if (!McpSection.isName(name)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "\"%s\" cannot be the name of a server: up to 32 letters, digits, - and single _, a letter first and no sign last"
                            .formatted(name));
        }
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        for (ServerSpec known : McpSetup.servers(configuration)) {
            if (known.name().equals(name)) {
                throw new CommandException(
                        ExitCode.CONFIGURATION,
                        "there is an MCP server %s already; hal0 mcp remove %s"
                                .formatted(name, name));
            }
        }
        configuration.change(
                configuration.home().configFile(), source -> source.followedBy(tables()));
        console.err()
                .println(
                        "Added %s to %s. To try it out: hal0 mcp test %s"
                                .formatted(name, configuration.home().configFile(), name));
        sayWhatIsOpen();
        return ExitCode.DONE;
    }

    private String tables() {
        StringBuilder text = new StringBuilder();
        text.append(
                TomlBlock.table("mcp", "servers", name)
                        .set("command", command.isEmpty() ? null : command)
                        .set("url", url)
                        .set("timeout_seconds", timeout)
                        .set("enabled", disabled ? false : null)
                        .toml());
        if (!environment.isEmpty()) {
            text.append('\n')
                    .append(
                            TomlBlock.table("mcp", "servers", name, "env")
                                    .setAll(environment)
                                    .toml());
        }
        if (!headers.isEmpty()) {
            text.append('\n')
                    .append(
                            TomlBlock.table("mcp", "servers", name, "headers")
                                    .setAll(headers)
                                    .toml());
        }
        return text.toString();
    }

    /// Secrets are better off in the file for them.
    private void sayWhatIsOpen() {
        boolean open =
                environment.entrySet().stream().anyMatch(AddCommand::isOpenSecret)
                        || headers.entrySet().stream().anyMatch(AddCommand::isOpenSecret);
        if (open) {
            console.err()
                    .println(
                            "warning: a secret stands in config.toml now; better put it into api.env and write $NAME in its place");
        }
    }

    private static boolean isOpenSecret(Map.Entry<String, String> entry) {
        return !entry.getValue().contains("$")
                && Masks.words(List.of(entry.getKey() + "=" + entry.getValue()))
                        .getFirst()
                        .endsWith("***");
    }
}
