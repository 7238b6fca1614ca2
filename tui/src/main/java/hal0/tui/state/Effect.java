package hal0.tui.state;

import hal0.agent.permission.Approver;
import hal0.agent.permission.Mode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something to be done because of an event.
public sealed interface Effect {

    /// Done by the UI thread, which owns the terminal.
    sealed interface OnScreen extends Effect {}

    /// Done elsewhere; what comes of it comes back as events.
    sealed interface Work extends Effect {}

    record Quit() implements OnScreen {}

    record Suspend() implements OnScreen {}

    /// Draws everything anew.
    record Repaint() implements OnScreen {}

    record Bell() implements OnScreen {}

    record Send(String text) implements Work {}

    record Interrupt() implements Work {}

    record Forget() implements Work {}

    /// Answers the question that is open.
    record Answered(Approver.Answer answer) implements Work {}

    /// Lets the agent do so much of its own accord.
    record SetMode(Mode mode) implements Work {}

    record Use(String provider, @Nullable String model) implements Work {}

    /// Uses the model of that name, which may belong to another provider than `provider`: ids may
    /// hold slashes themselves, so only who knows the providers can tell.
    record UseNamed(String name, String provider) implements Work {}

    /// Asks for the models of a provider and then of the others that can be used.
    record LoadModels(@Nullable String first) implements Work {}

    record LoadProviders() implements Work {}

    /// Asks what is known of the model in use.
    record Describe(String provider, String model) implements Work {}

    record Discover() implements Work {}

    /// Adds a line to the history file.
    record Remember(String text) implements Work {}

    /// What a reduction leads to.
    record Next(UiState state, List<Effect> effects) {
        public Next {
            effects = List.copyOf(effects);
        }

        static Next of(UiState state, Effect... effects) {
            return new Next(state, List.of(effects));
        }
    }
}
