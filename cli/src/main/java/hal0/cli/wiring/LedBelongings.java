package hal0.cli.wiring;

import hal0.agent.mcp.McpSection;
import hal0.agent.mcp.McpServers;
import hal0.agent.mcp.ServerSpec;
import hal0.agent.permission.Mode;
import hal0.agent.permission.PermissionSection;
import hal0.agent.permission.Rule;
import hal0.agent.permission.Rules;
import hal0.agent.tool.AgentTool;
import hal0.home.IoReason;
import hal0.home.config.TomlBlock;
import hal0.home.config.TomlEdit;
import hal0.home.config.TomlSource;
import hal0.home.memory.Memorized;
import hal0.home.memory.Memory;
import hal0.home.memory.Revision;
import hal0.home.memory.Scope;
import hal0.tui.Belongings;
import hal0.tui.board.AgentsBoard;
import hal0.tui.board.McpBoard;
import hal0.tui.board.MemoryBoard;
import hal0.tui.state.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What the agent of the screen works with, changed in the user's own file and at once.
record LedBelongings(
        LedAgent led, Configuration configuration, AtomicReference<@Nullable Memorized> forgotten)
        implements Belongings {
    private static final int MOST_NOTES = 500;

    @Override
    public List<McpBoard.Server> servers() {
        List<McpServers.Standing> standings = led.programs().servers().standings();
        List<McpBoard.Server> servers = new ArrayList<>();
        for (ServerSpec spec : McpSetup.servers(configuration)) {
            servers.add(
                    standings.stream()
                            .filter(each -> spec.enabled() && each.name().equals(spec.name()))
                            .findFirst()
                            .map(standing -> server(spec, standing))
                            .orElseGet(() -> off(spec)));
        }
        return servers;
    }

    private static McpBoard.Server off(ServerSpec spec) {
        return new McpBoard.Server(spec.name(), reach(spec), McpBoard.State.OFF, "", List.of());
    }

    private static McpBoard.Server server(ServerSpec spec, McpServers.Standing standing) {
        McpBoard.State state =
                switch (standing.health()) {
                    case IDLE -> McpBoard.State.IDLE;
                    case STARTING -> McpBoard.State.STARTING;
                    case CONNECTED -> McpBoard.State.CONNECTED;
                    case FAILED -> McpBoard.State.FAILED;
                };
        List<McpBoard.Tool> tools =
                standing.tools().stream().map(tool -> tool(spec, tool)).toList();
        return new McpBoard.Server(spec.name(), reach(spec), state, standing.problem(), tools);
    }

    private static McpBoard.Tool tool(ServerSpec spec, AgentTool tool) {
        String prefix = spec.name() + "__";
        String name = tool.name();
        return new McpBoard.Tool(
                name.startsWith(prefix) ? name.substring(prefix.length()) : name,
                Objects.requireNonNullElse(tool.definition().description(), ""));
    }

    /// Arguments may be secrets.
    private static String reach(ServerSpec spec) {
        return switch (spec.reach()) {
            case ServerSpec.Reach.Command(var command, _) ->
                    command.isEmpty() ? "" : command.getFirst();
            case ServerSpec.Reach.Web web -> web.shown();
        };
    }

    @Override
    public Mode mode() {
        return led.gate().mode();
    }

    @Override
    public Rules rules() {
        return led.gate().rules();
    }

    @Override
    public Rules ownRules() {
        return configuration.settings().get(PermissionSection.SECTION);
    }

    /// What is typed asks no model: there would be a call for each letter.
    @Override
    public MemoryBoard.Shelf memory(String bank, String words) {
        Memory memory = led.inside().memory();
        Scope scope = Scope.of(bank.isEmpty() ? null : bank);
        List<Memorized> notes =
                words.isBlank()
                        ? memory.newest(scope, Long.MAX_VALUE, MOST_NOTES)
                        : memory.search(scope, words, MOST_NOTES, Memory.By.WORDS).stream()
                                .map(Memory.Hit::item)
                                .toList();
        return new MemoryBoard.Shelf(notes, memory.banks(), forgotten.get());
    }

    @Override
    public List<AgentsBoard.Agent> agents() {
        return led.inside().agents().all().stream()
                .map(file ->
                        new AgentsBoard.Agent(
                                file.agent().name(),
                                file.agent().description(),
                                file.usable() ? "" : file.problems().getFirst().toString()))
                .toList();
    }

    @Override
    public String change(Change.Owned edit) {
        return switch (edit) {
            case Change.EnableServer(var server, var on) -> {
                String key = TomlEdit.path("mcp", "servers", server) + ".enabled";
                write(source -> source.with(Map.of(key, on)));
                led.programs().servers().use(McpSetup.servers(configuration));
                yield server + (on ? " is on" : " is off");
            }
            case Change.Reconnect(var server) -> reconnected(server);
            case Change.AddServer(var name, var reach) -> added(name, reach);
            case Change.RemoveServer(var server) -> {
                write(source -> source.without(TomlEdit.path("mcp", "servers", server)));
                led.programs().servers().use(McpSetup.servers(configuration));
                logout(server);
                yield server + " is taken out of config.toml";
            }
            case Change.AddRule(var list, var text) -> {
                Rule rule = Rule.parse(text);
                List<String> texts = new ArrayList<>(own(list));
                if (texts.contains(rule.text())) {
                    throw new IllegalArgumentException("this rule is there already");
                }
                texts.add(rule.text());
                write(source -> source.with(Map.of("permissions." + list, texts)));
                led.gate().rules(rules -> rules.with(list, rule));
                yield "the rule holds from now on";
            }
            case Change.RemoveRule(var list, var text) -> {
                if (!list.equals("session")) {
                    List<String> texts =
                            own(list).stream().filter(each -> !each.equals(text)).toList();
                    write(source -> source.with(Map.of("permissions." + list, texts)));
                }
                led.gate().rules(rules -> rules.without(list, text));
                yield "the rule is gone";
            }
            case Change.Forget(var note) -> forgot(note);
            case Change.Recall() -> recalled();
            case Change.Reword(var note, var text) ->
                    revised(note, new Revision(text, null, null, null));
            case Change.Retag(var note, var tags) ->
                    revised(note, new Revision(null, tags, null, null));
        };
    }

    private String forgot(long id) {
        Memory memory = led.inside().memory();
        Optional<Memorized> note = memory.find(id);
        if (note.isEmpty() || !memory.delete(id)) {
            throw noNote(id);
        }
        forgotten.set(note.get());
        return "note " + id + " is forgotten; the first row brings it back";
    }

    private static IllegalArgumentException noNote(long id) {
        return new IllegalArgumentException("there is no note " + id);
    }

    private String recalled() {
        Memorized note = forgotten.getAndSet(null);
        if (note == null) {
            throw new IllegalArgumentException("there is nothing to bring back");
        }
        var kept = led.inside().memory().restore(List.of(note)).getFirst();
        return "it is remembered again, as note " + kept.id();
    }

    private String revised(long id, Revision revision) {
        if (led.inside().memory().revise(id, revision).isEmpty()) {
            throw noNote(id);
        }
        return "note " + id + " is changed";
    }

    private void logout(String server) {
        try {
            var _ = McpSetup.tokens(configuration.home()).remove(server);
        } catch (IOException e) {
            throw new IllegalStateException(
                    server
                            + " is taken out of config.toml, but its login is still kept: "
                            + IoReason.of(e),
                    e);
        }
    }

    private String reconnected(String server) {
        try {
            return led.programs().servers().reconnect(server)
                    ? server + " is connected"
                    : server + " is started, and not ready yet";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private List<String> own(String list) {
        Rules own = ownRules();
        List<Rule> rules =
                switch (list) {
                    case "allow" -> own.allow();
                    case "ask" -> own.ask();
                    case "deny" -> own.deny();
                    default -> List.of();
                };
        return rules.stream().map(Rule::text).toList();
    }

    private String added(String name, String reach) {
        if (!McpSection.isName(name)) {
            throw new IllegalArgumentException(
                    "\"%s\" cannot be the name of a server: up to 32 letters, digits, - and single _, a letter first and no sign last"
                            .formatted(name));
        }
        if (McpSetup.servers(configuration).stream().anyMatch(s -> s.name().equals(name))) {
            throw new IllegalArgumentException("there is an MCP server " + name + " already");
        }
        boolean web = reach.startsWith("http://") || reach.startsWith("https://");
        List<String> command = web ? null : ServerCommand.words(reach);
        String table =
                TomlBlock.table("mcp", "servers", name)
                        .set("command", command)
                        .set("url", web ? reach : null)
                        .toml();
        write(source -> source.followedBy(table));
        led.programs().servers().use(McpSetup.servers(configuration));
        return command == null
                ? name + " is declared in config.toml"
                : "%s is declared in config.toml: %s with %d %s"
                        .formatted(
                                name,
                                command.getFirst(),
                                command.size() - 1,
                                command.size() == 2 ? "argument" : "arguments");
    }

    /// **Errors** [hal0.home.config.ConfigException] for what would be wrong; nothing is written.
    private void write(UnaryOperator<TomlSource> change) {
        try {
            configuration.change(configuration.home().configFile(), change);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "%s cannot be written: %s"
                            .formatted(configuration.home().configFile(), IoReason.of(e)),
                    e);
        }
    }
}
