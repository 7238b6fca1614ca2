package hal0.agent;

import hal0.providers.http.CancelToken;
import java.util.List;
import java.util.function.Consumer;

/// What the model is to be told next: `text` as it was said, and what belongs behind it.
public record Nudge(String text, Behind behind) {

    /// Finds texts that belong behind what was said, such as files that it names, when the model is
    /// told. **Threads** that of the turn; may block.
    @FunctionalInterface
    public interface Behind {
        Behind NOTHING = (_, _) -> List.of();

        List<String> texts(CancelToken cancel, Consumer<AgentEvent> sink);
    }
}
