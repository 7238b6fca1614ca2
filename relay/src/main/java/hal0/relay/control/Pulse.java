package hal0.relay.control;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Tells who looks at the relay that something has changed.
///
/// **Threads** any.
public final class Pulse {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public void beat() {
        listeners.forEach(Runnable::run);
    }

    Requests.Listening listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
