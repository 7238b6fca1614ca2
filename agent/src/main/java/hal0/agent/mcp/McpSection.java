package hal0.agent.mcp;

import hal0.agent.mcp.ServerSpec.Reach;
import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// `[mcp.servers.*]`: the MCP servers whose tools the agent has, in the order of the file.
///
/// **Shape** one that is declared wrongly is left out of what is read. Only the user's own file
/// declares any: what a repository brings must not start programs.
public final class McpSection implements Section<List<ServerSpec>> {
    public static final McpSection SECTION = new McpSection();

    /// Names become part of the names of tools: `name__tool` must be told apart again, and Gemini
    /// wants a letter first.
    public static final Pattern NAME =
            Pattern.compile("[A-Za-z](?:[A-Za-z0-9_-]{0,30}[A-Za-z0-9])?");

    private static final double TIMEOUT_SECONDS = 60;
    private static final double MAX_TIMEOUT_SECONDS = 86_400;

    private McpSection() {}

    @Override
    public String name() {
        return "mcp";
    }

    @Override
    public List<ServerSpec> read(TableReader table) {
        List<ServerSpec> servers = new ArrayList<>();
        table.table("servers")
                .tables()
                .forEach((name, own) -> read(name, own).ifPresent(servers::add));
        return List.copyOf(servers);
    }

    /// Whether a server may be called so.
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.contains("__");
    }

    private static Optional<ServerSpec> read(String name, TableReader table) {
        boolean named = isName(name);
        if (!named) {
            table.problem(
                    null,
                    "\"%s\" cannot be the name of a server".formatted(name),
                    "up to 32 letters, digits, - and single _, a letter first and no sign last");
        }
        List<String> command = table.strings("command");
        // `url = ""` stands for none, as in the example file.
        Optional<URI> url =
                table.string("url", "").isEmpty()
                        ? Optional.empty()
                        : table.parsed("url", McpSection::address);
        Map<String, String> headers = table.table("headers").stringMap();
        Map<String, String> environment = table.table("env").stringMap();
        double seconds = table.number("timeout_seconds", TIMEOUT_SECONDS, 0.1);
        if (seconds > MAX_TIMEOUT_SECONDS) {
            table.problem("timeout_seconds", "is more than a day", "at most 86400");
            seconds = TIMEOUT_SECONDS;
        }
        boolean enabled = table.bool("enabled", true);
        boolean wantsUrl = !table.string("url", "").isEmpty();
        if (!oneOf(table, command, wantsUrl)) {
            return Optional.empty();
        }
        unused(table, wantsUrl, headers, environment);
        if (!named || (wantsUrl && url.isEmpty())) {
            return Optional.empty();
        }
        Reach reach =
                url.<Reach>map(address -> new Reach.Web(address, headers))
                        .orElseGet(() -> new Reach.Command(command, environment));
        return Optional.of(
                new ServerSpec(
                        name, reach, Duration.ofMillis(Math.round(seconds * 1000)), enabled));
    }

    private static boolean oneOf(TableReader table, List<String> command, boolean wantsUrl) {
        if (wantsUrl && !command.isEmpty()) {
            table.problem("url", "a server has a command or a url, not both", "remove one of them");
            return false;
        }
        if (!wantsUrl && (command.isEmpty() || command.getFirst().isBlank())) {
            table.problem(
                    null,
                    "it is not said how the server is reached",
                    "add command = [\"npx\", \"…\"] or url = \"https://…/mcp\"");
            return false;
        }
        return true;
    }

    private static void unused(
            TableReader table,
            boolean wantsUrl,
            Map<String, String> headers,
            Map<String, String> environment) {
        if (wantsUrl && !environment.isEmpty()) {
            table.warning("env", "has no effect on a server with a url", "use headers");
        }
        if (!wantsUrl && !headers.isEmpty()) {
            table.warning("headers", "have no effect on a server with a command", "use env");
        }
    }

    private static URI address(String text) {
        try {
            URI uri = new URI(text.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if ((!scheme.equals("http") && !scheme.equals("https")) || uri.getHost() == null) {
                throw new IllegalArgumentException("is no address such as https://example.com/mcp");
            }
            if (uri.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "has a user in it; use headers.Authorization, or hal0 mcp login");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no address such as https://example.com/mcp", e);
        }
    }
}
