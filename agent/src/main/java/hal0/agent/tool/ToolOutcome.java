package hal0.agent.tool;

import hal0.agent.session.Todo;
import hal0.providers.message.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of a call.
///
/// **Shape** `content` goes to the model: text and images, already bounded. `diff` shows people
/// what changed, as a unified diff. `todos` is the plan where the call wrote it.
public record ToolOutcome(
        List<Part> content, boolean failed, @Nullable String diff, @Nullable List<Todo> todos) {
    public ToolOutcome {
        content = List.copyOf(content);
        todos = todos == null ? null : List.copyOf(todos);
    }

    public static ToolOutcome of(String text) {
        return new ToolOutcome(List.of(new Part.Text(text)), false, null, null);
    }

    /// The call did not do what was asked; the model may try otherwise.
    public static ToolOutcome failed(String text) {
        return new ToolOutcome(List.of(new Part.Text(text)), true, null, null);
    }

    public static ToolOutcome changed(String text, String diff) {
        return new ToolOutcome(List.of(new Part.Text(text)), false, diff, null);
    }

    /// The text of the content.
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Part part : content) {
            if (part instanceof Part.Text(var piece)) {
                text.append(text.isEmpty() ? "" : "\n").append(piece);
            }
        }
        return text.toString();
    }
}
