package hal0.tui;

import hal0.agent.AgentEvent;
import hal0.agent.permission.Mode;
import hal0.providers.http.CancelToken;
import java.util.function.Consumer;

/// The conversation that the screen shows.
///
/// **Threads** one call at a time, never from the UI thread; `send` blocks until the turn is over,
/// and its last event says how it ended.
public interface Conversation {

    void send(String text, CancelToken cancel, Consumer<AgentEvent> sink);

    /// As `send`, with a model that is asked for this turn only.
    void sendTo(String model, String text, CancelToken cancel, Consumer<AgentEvent> sink);

    /// Runs a command of the user's as a turn of its own, unasked; the model is told of it with
    /// what is said next.
    void shell(String command, CancelToken cancel, Consumer<AgentEvent> sink);

    /// Sums up older turns, as a turn of its own.
    void compact(CancelToken cancel, Consumer<AgentEvent> sink);

    /// Tells the model something while a turn runs. **Threads** any; does not block.
    void tell(String text);

    /// Takes that back unless it was told. **Threads** any; does not block.
    void withdraw(String text);

    /// Provider and model for the turns to come.
    void use(String provider, String model);

    /// Begins anew.
    void clear();

    String sessionId();

    /// Whether something was said, so that it can be gone on with by that id.
    boolean hasBegun();

    /// How much the agent does of its own accord.
    Mode mode();

    void use(Mode mode);
}
