package hal0.relay.mcp.protocol;

import java.util.List;
import java.util.function.Supplier;

/// What one server offers.
///
/// **Shape** `instructions` are for the model. `tools` are asked for anew each time, so that what
/// they say of the world holds; an empty list of prompts, or [Resources#NONE], is not spoken of.
/// **Threads** any, and several at once.
public record Offer(
        String name,
        String title,
        String instructions,
        Supplier<List<OfferedTool>> tools,
        Resources resources,
        List<OfferedPrompt> prompts,
        Completion completion) {

    public Offer {
        prompts = List.copyOf(prompts);
    }

    /// Tools alone.
    public static Offer ofTools(
            String name, String title, String instructions, List<OfferedTool> tools) {
        return new Offer(
                name,
                title,
                instructions,
                () -> tools,
                Resources.NONE,
                List.of(),
                (_, _, _) -> List.of());
    }

    /// What an argument that begins so could be.
    ///
    /// **Shape** `of` is the name of a prompt, or the template of a resource.
    @FunctionalInterface
    public interface Completion {
        List<String> of(String of, String argument, String begun);
    }
}
