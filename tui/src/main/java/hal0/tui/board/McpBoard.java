package hal0.tui.board;

import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Doing;
import hal0.tui.state.Effect;
import hal0.tui.state.Place;
import hal0.tui.text.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// MCP servers, how they are, and their tools.
public final class McpBoard {
    private static final List<Column> COLUMNS =
            List.of(
                    Column.left("server", 0),
                    Column.left("state", 0),
                    Column.right("tools", 1),
                    Column.left("reached by", 2));
    private static final List<Column> TOOLS = List.of(Column.left("", 0), Column.left("", 1));

    private McpBoard() {}

    public enum State {
        OFF,
        IDLE,
        STARTING,
        CONNECTED,
        FAILED
    }

    /// A server. **Shape** `reach` holds no secret; `problem` says why it failed, empty else.
    public record Server(String name, String reach, State state, String problem, List<Tool> tools) {
        public Server {
            tools = List.copyOf(tools);
        }
    }

    public record Tool(String name, String description) {}

    public static Content of(List<Server> servers) {
        List<Line> lines = new ArrayList<>();
        for (Server server : servers) {
            String tools = server.tools().isEmpty() ? "" : "" + server.tools().size();
            lines.add(
                    new Line.Row(
                            server.name(),
                            List.of(
                                    Board.cell(server.name()),
                                    Board.cell(word(server.state()), role(server.state())),
                                    Board.cell(tools),
                                    Board.cell(server.reach(), Role.DIM)),
                            acts(server),
                            server.problem()));
        }
        lines.add(add());
        return new Content(COLUMNS, lines, null);
    }

    private static String word(State state) {
        return switch (state) {
            case CONNECTED -> "✓ connected";
            case FAILED -> "✗ failed";
            case OFF, IDLE, STARTING -> state.name().toLowerCase(Locale.ROOT);
        };
    }

    private static Role role(State state) {
        return switch (state) {
            case CONNECTED -> Role.ADDED;
            case FAILED -> Role.ERROR;
            case OFF, IDLE, STARTING -> Role.DIM;
        };
    }

    private static List<Act> acts(Server server) {
        String name = server.name();
        List<Act> acts = new ArrayList<>();
        if (!server.tools().isEmpty()) {
            acts.add(Act.open('l', "tools", new Place(Place.Kind.SERVER, name)));
        } else if (!server.problem().isEmpty()) {
            acts.add(Act.open('l', "why it failed", new Place(Place.Kind.SERVER, name)));
        }
        boolean off = server.state() == State.OFF;
        if (!off) {
            acts.add(Act.of('r', "reconnect", new Effect.Alter(new Change.Reconnect(name))));
        }
        acts.add(
                Act.of(
                        'o',
                        off ? "turn on" : "turn off",
                        new Effect.Alter(new Change.EnableServer(name, off))));
        acts.add(
                Act.asking(
                        'x',
                        "delete",
                        "Take " + name + " out of config.toml?",
                        new Effect.Alter(new Change.RemoveServer(name))));
        return acts;
    }

    private static Line.Row add() {
        return new Line.Row(
                "+",
                List.of(
                        Board.cell("+ add a server"),
                        Board.cell(""),
                        Board.cell(""),
                        Board.cell("")),
                List.of(
                        new Act(
                                Act.ENTER,
                                "adds",
                                new Doing.Entering(
                                        "Name, such as files", "", false, McpBoard::reach))),
                "a program or an address that offers tools");
    }

    private static Doing reach(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("nothing was entered");
        }
        return Doing.Entering.of(
                "Its address, or its command such as npx -y @modelcontextprotocol/server-memory",
                "",
                reach -> new Effect.Alter(new Change.AddServer(name, reach)));
    }

    /// The tools of one.
    public static Content tools(Server server) {
        List<Line> lines = new ArrayList<>();
        for (Tool tool : server.tools()) {
            String first = tool.description().lines().findFirst().orElse("");
            lines.add(
                    new Line.Row(
                            tool.name(),
                            List.of(
                                    Board.cell(tool.name(), Role.ACCENT),
                                    Board.cell(first, Role.DIM)),
                            List.of(),
                            tool.description()));
        }
        if (lines.isEmpty()) {
            lines.add(
                    Line.words(
                            server.problem().isEmpty()
                                    ? "It has told of no tools."
                                    : server.problem(),
                            Role.DIM));
        }
        return new Content(TOOLS, lines, null);
    }
}
