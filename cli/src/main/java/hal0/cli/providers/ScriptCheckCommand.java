package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.Listing;
import hal0.cli.console.Logs;
import hal0.home.Version;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.OkHttpTransport;
import hal0.providers.http.Transport;
import hal0.providers.script.LuaScripts;
import hal0.providers.script.ScriptException;
import hal0.providers.script.ScriptTable;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 providers script check FILE`: runs a script as hal0 would, and says what it declares.
@Command(
        name = "check",
        description = {
            "Run a provider's Lua script, call none of its hooks, and show what it declares.",
            "config.api_key is empty for it."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 providers script check providers/mine.lua",
            "  hal0 providers script check mine.lua --url http://localhost:8080 --json"
        })
final class ScriptCheckCommand implements Runnable {
    private final Console console;

    @Parameters(paramLabel = "FILE", description = "The script.")
    private Path file = Path.of("");

    @Option(names = "--url", paramLabel = "URL", description = "config.url for it.")
    private String url = "";

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ScriptCheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        // What the script says with log.info is what its author wants to see here.
        Logs.toStandardError(System.getenv());
        ScriptTable table = checked();
        Listing listing = new Listing("field", "value");
        listing.row("name", table.name() == null ? "" : table.name());
        listing.row("protocol", table.protocol().key());
        listing.row("base_url", table.baseUrl());
        listing.row("completions_endpoint", table.chat());
        listing.row("models_endpoint", table.models());
        listing.row("health_endpoint", table.health());
        listing.row(
                "auth_type", table.authType().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        // Their values may be secrets.
        listing.row("headers", String.join(", ", new TreeSet<>(table.headers().keySet())));
        listing.row("hooks", String.join(", ", new TreeSet<>(table.hooks())));
        listing.print(console, json);
        table.warnings().forEach(console.err()::println);
        if (table.baseUrl().isEmpty()) {
            console.err()
                    .println(
                            "base_url is empty: a provider of this type has to declare base_url (try --url)");
        }
    }

    private ScriptTable checked() {
        try (Transport transport =
                new OkHttpTransport(
                        Version.current(), new AddressGuard(Set.of()), _ -> Optional.empty())) {
            return LuaScripts.check(file, url, transport);
        } catch (ScriptException e) {
            throw new CommandException(ExitCode.CONFIGURATION, e.getMessage());
        }
    }
}
