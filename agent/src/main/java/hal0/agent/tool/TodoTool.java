package hal0.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.permission.Deed;
import hal0.agent.session.Todo;
import hal0.providers.message.Part;
import hal0.providers.message.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `todo`: the model writes down what it is about to do, all of it each time.
///
/// **Threads** any.
public final class TodoTool implements AgentTool {
    private static final int MOST = 100;
    private static final int LONGEST = 500;

    private final Tool definition = ToolText.of(TodoTool.class, "todo");

    @Override
    public Tool definition() {
        return definition;
    }

    /// Nothing of the user's: a plan is what plan mode is for.
    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public PlannedCall plan(ObjectNode given) {
        List<Todo> todos = new ArrayList<>();
        for (Arguments item : Arguments.of(given, "items").objects("items", "text", "state")) {
            String text = item.text("text").strip();
            if (text.isEmpty() || text.length() > LONGEST) {
                throw new ToolException(
                        "an item has 1 to %d characters, not %d".formatted(LONGEST, text.length()));
            }
            todos.add(new Todo(text, state(item.textOrNull("state"))));
        }
        if (!given.hasNonNull("items") || todos.size() > MOST) {
            throw new ToolException("items must be the whole plan, of at most " + MOST + " items");
        }
        return new Planned(List.copyOf(todos));
    }

    private static Todo.State state(@Nullable String name) {
        return switch (name) {
            case null -> Todo.State.PENDING;
            case "pending", "doing", "done" -> Todo.State.valueOf(name.toUpperCase(Locale.ROOT));
            default ->
                    throw new ToolException(
                            "the state \"" + name + "\" must be pending, doing or done");
        };
    }

    private record Planned(List<Todo> todos) implements PlannedCall {

        @Override
        public String title() {
            return "todo " + count();
        }

        @Override
        public List<Deed> deeds() {
            return List.of();
        }

        @Override
        public ToolOutcome run(ToolRun run) {
            return new ToolOutcome(
                    List.of(new Part.Text("plan kept: " + count())), false, null, todos);
        }

        private String count() {
            long done = todos.stream().filter(todo -> todo.state() == Todo.State.DONE).count();
            return done + " of " + todos.size() + " done";
        }
    }
}
