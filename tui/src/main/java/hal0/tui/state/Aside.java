package hal0.tui.state;

import hal0.agent.session.Todo;
import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;

/// What stands over the prompt: the plan while a turn runs, and messages that wait. Pure.
public final class Aside {
    private static final int MOST_TODOS = 6;
    private static final int MOST_QUEUED = 3;

    private Aside() {}

    public record Line(String text, Role role) {}

    /// At most so many lines; messages go before the plan where there is no room for both.
    public static List<Line> lines(UiState state, int most) {
        List<Line> queued = queued(state.session(), Math.min(most, MOST_QUEUED));
        List<Line> lines = new ArrayList<>();
        Plan plan = state.session().progress().plan();
        int room = Math.min(MOST_TODOS, most - queued.size());
        if (room > 0 && state.session().isRunning() && plan.isLeft()) {
            for (Todo todo : plan.around(room)) {
                lines.add(new Line(Plan.line(todo), Plan.role(todo)));
            }
        }
        lines.addAll(queued);
        return lines;
    }

    private static List<Line> queued(Session session, int most) {
        List<String> queued = session.queued();
        if (queued.isEmpty() || most < 1) {
            return List.of();
        }
        String when = session.isRunning() ? "next step" : "queued";
        List<Line> lines = new ArrayList<>();
        int shown = queued.size() <= most ? queued.size() : most - 1;
        for (String text : queued.subList(0, shown)) {
            lines.add(new Line("⋯ (%s) %s".formatted(when, Safe.oneLine(text)), Role.DIM));
        }
        if (shown < queued.size()) {
            String more = "⋯ %d more · ↑ takes the last back".formatted(queued.size() - shown);
            lines.add(new Line(more, Role.DIM));
        }
        return lines;
    }

    /// The last message that waits, taken back into an empty prompt.
    static Effect.Next takeBack(UiState state) {
        String last = state.session().queued().getLast();
        List<String> rest = new ArrayList<>(state.session().queued());
        rest.removeLast();
        UiState next = state.with(state.session().withQueued(rest)).with(Prompt.of(last));
        return state.session().isRunning()
                ? Effect.Next.of(next, new Effect.Withdraw(List.of(last)))
                : Effect.Next.of(next);
    }
}
