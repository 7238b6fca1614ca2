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

    /// Provider and model for the turns to come.
    void use(String provider, String model);

    /// Begins anew.
    void clear();

    String sessionId();

    /// How much the agent does of its own accord.
    Mode mode();

    void use(Mode mode);
}
