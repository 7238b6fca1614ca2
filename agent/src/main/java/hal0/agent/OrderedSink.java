package hal0.agent;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Hands events on one after the other, whichever thread they come from: calls of tools run beside
/// each other.
final class OrderedSink implements Consumer<AgentEvent> {
    private final Consumer<AgentEvent> sink;
    private final ReentrantLock lock = new ReentrantLock();

    OrderedSink(Consumer<AgentEvent> sink) {
        this.sink = sink;
    }

    @Override
    public void accept(AgentEvent event) {
        lock.lock();
        try {
            sink.accept(event);
        } finally {
            lock.unlock();
        }
    }
}
