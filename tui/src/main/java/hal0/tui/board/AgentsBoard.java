package hal0.tui.board;

import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Doing;
import hal0.tui.text.Role;
import java.util.ArrayList;
import java.util.List;

/// The agents of this home, to which tasks can be given.
public final class AgentsBoard {
    private static final List<Column> COLUMNS = List.of(Column.left("", 0), Column.left("", 0));

    private AgentsBoard() {}

    /// **Shape** `problem` says why it cannot be used, empty where it can.
    public record Agent(String name, String description, String problem) {}

    public static Content of(List<Agent> agents) {
        List<Line> lines = new ArrayList<>();
        for (Agent agent : agents) {
            boolean usable = agent.problem().isEmpty();
            lines.add(
                    new Line.Row(
                            agent.name(),
                            List.of(
                                    Board.cell(agent.name(), usable ? Role.ACCENT : Role.ERROR),
                                    Board.cell(usable ? agent.description() : agent.problem())),
                            usable ? List.of(task(agent.name())) : List.of(),
                            usable ? agent.description() : agent.problem()));
        }
        if (lines.isEmpty()) {
            lines.add(
                    Line.words(
                            "There is none yet. `hal0 agents create NAME` makes one.", Role.DIM));
        }
        return new Content(COLUMNS, lines, null);
    }

    private static Act task(String agent) {
        return new Act(
                Act.ENTER,
                "gives it a task",
                new Doing.Entering(
                        "What " + agent + " is to do",
                        "",
                        false,
                        task -> {
                            if (task.isEmpty()) {
                                throw new IllegalArgumentException("nothing was entered");
                            }
                            return new Doing.Tell("Have the agent " + agent + " do this: " + task);
                        }));
    }
}
