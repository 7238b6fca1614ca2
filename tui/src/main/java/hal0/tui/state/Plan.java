package hal0.tui.state;

import hal0.agent.session.Todo;
import hal0.tui.text.Role;
import hal0.tui.text.Safe;
import java.util.List;

/// The agent's plan. **Shape** `changed` when that was in the turn that runs. Pure.
public record Plan(List<Todo> todos, boolean changed) {
    static final Plan NONE = new Plan(List.of(), false);

    public Plan {
        todos = List.copyOf(todos);
    }

    static Plan of(List<Todo> todos) {
        return new Plan(todos, true);
    }

    /// As the next turn finds it.
    Plan begun() {
        return new Plan(todos, false);
    }

    /// Whether it still says what goes on.
    boolean isLeft() {
        return todos.stream().anyMatch(todo -> todo.state() != Todo.State.DONE);
    }

    /// What is being done and what is around it, at most so many.
    List<Todo> around(int most) {
        int at = 0;
        for (int i = 0; i < todos.size(); i++) {
            Todo.State state = todos.get(i).state();
            if (state == Todo.State.DOING) {
                at = i;
                break;
            }
            at = state == Todo.State.DONE ? i + 1 : at;
        }
        int from = Math.clamp(at - (most - 1L) / 2, 0, Math.max(0, todos.size() - most));
        return todos.subList(from, Math.min(todos.size(), from + most));
    }

    static String line(Todo todo) {
        String mark =
                switch (todo.state()) {
                    case PENDING -> "  ☐ ";
                    case DOING -> "  ▸ ";
                    case DONE -> "  ☑ ";
                };
        return mark + Safe.oneLine(todo.text());
    }

    static Role role(Todo todo) {
        return switch (todo.state()) {
            case PENDING -> Role.PLAIN;
            case DOING -> Role.ACCENT;
            case DONE -> Role.DIM;
        };
    }
}
