package hal0.cli.providers;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.NamedProvider;
import hal0.cli.wiring.OwnerNotice;
import hal0.home.Home;
import hal0.providers.Provider;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.UpstreamStatus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 providers add ID`: declares a provider in a file of the user's.
@Command(
        name = "add",
        description = {
            "Declare a provider in config.toml, comments and order kept.",
            "A known one (hal0 providers list --all) needs nothing but its name."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 providers add workstation --base-url http://192.168.1.20:8000/v1 --local",
            "  hal0 providers add gateway --base-url https://llm.example.com/v1 \\",
            "      --compatibility anthropic-compatible --api-key-env GATEWAY_API_KEY"
        })
final class AddCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "ID", description = "Its name: letters, digits, - and _.")
    private String id = "";

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Where it is; used as written, with its /v1 where it has one.")
    private @Nullable String baseUrl;

    @Option(
            names = "--compatibility",
            paramLabel = "PROTOCOL",
            description =
                    "openai-compatible (usual), anthropic-compatible, openai-responses or gemini.")
    private @Nullable String compatibility;

    @Option(
            names = "--auth-style",
            paramLabel = "STYLE",
            description = "bearer, anthropic, x-api-key, header, google_query or none.")
    private @Nullable String authStyle;

    @Option(
            names = "--auth-header",
            paramLabel = "NAME",
            description = "The header of the style \"header\".")
    private @Nullable String authHeader;

    @Option(
            names = "--api-key-env",
            paramLabel = "NAME",
            description =
                    "The variable that holds the key, never the key itself; several: the next one when one is refused.")
    private List<String> keyNames = List.of();

    @Option(
            names = "--model",
            paramLabel = "ID",
            description = "A model that it has; the first is its usual one.")
    private List<String> models = List.of();

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description = "Sent with every call; $VAR stands for a variable.")
    private Map<String, String> headers = Map.of();

    @Option(names = "--query", paramLabel = "NAME=VALUE", description = "Added to every address.")
    private Map<String, String> query = Map.of();

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "For a whole answer.")
    private @Nullable Double timeout;

    @Option(names = "--local", description = "It costs nothing.")
    private boolean local;

    @Option(names = "--disabled", description = "Declare it, and do not use it yet.")
    private boolean disabled;

    @Option(names = "--upstreams", description = "Write it to upstreams.toml.")
    private boolean upstreams;

    AddCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() {
        Home at = home.locate();
        Configuration configuration = Configuration.read(at, System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            Optional<ControlPlane> elsewhere = hal0.elsewhere();
            if (elsewhere.isPresent()) {
                addThere(elsewhere.get());
                return ExitCode.DONE;
            }
            Path file = upstreams ? at.upstreamsFile() : at.configFile();
            String tables =
                    upstreams
                            ? NewProvider.listed(upstreamKeys())
                            : NewProvider.named(id, keys(), subTables());
            hal0.declarations().add(file, id, tables);
            console.err().println("Added %s to %s.".formatted(id, file));
        }
        sayWhatIsMissing(configuration);
        OwnerNotice.send(configuration, console.err()::println);
        return ExitCode.DONE;
    }

    /// A relay elsewhere writes its upstreams.toml.
    private void addThere(ControlPlane control) {
        UpstreamStatus added = control.upstreams().add(upstreamKeys(), false);
        console.err().println("Added %s: %s.".formatted(id, added.source()));
    }

    /// In the order in which the examples have them.
    private Map<String, @Nullable Object> keys() {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("enabled", disabled ? false : null);
        keys.put("compatibility", compatibility);
        keys.put("base_url", baseUrl);
        keys.put("api_key_env", NewProvider.oneOrAll(keyNames));
        keys.put("auth_style", authStyle);
        keys.put("auth_header", authHeader);
        keys.put("timeout_seconds", timeout);
        keys.put("local", local ? true : null);
        if (keys.values().stream().allMatch(Objects::isNull)) {
            keys.put("enabled", true); // an empty table looks like a mistake
        }
        return keys;
    }

    private NewProvider.SubTables subTables() {
        return new NewProvider.SubTables(query, headers, models);
    }

    private Map<String, @Nullable Object> upstreamKeys() {
        if (!models.isEmpty() || !headers.isEmpty() || !query.isEmpty() || local) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "upstreams.toml has no --model, --header, --query and --local; leave --upstreams out");
        }
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("name", id);
        keys.put("enabled", disabled ? false : null);
        keys.put("url", baseUrl);
        keys.put("protocol", compatibility == null ? null : NewProvider.shortName(compatibility));
        keys.put("auth_style", authStyle);
        keys.put("auth_header", authHeader);
        keys.put("auth_value_env", NewProvider.oneOrAll(keyNames));
        keys.put("timeout_seconds", timeout);
        return keys;
    }

    private void sayWhatIsMissing(Configuration configuration) {
        Provider added = NamedProvider.of(configuration, id);
        if (added.keyNeeded() && !configuration.registry().hasKey(added)) {
            console.err()
                    .println(
                            added.keyNames().isEmpty()
                                    ? "It needs a key: name its variable with api_key_env."
                                    : "Its key is not set yet: put %s=… into %s, or into the environment."
                                            .formatted(
                                                    added.keyNames().getFirst(),
                                                    configuration.home().envFile()));
        }
    }
}
