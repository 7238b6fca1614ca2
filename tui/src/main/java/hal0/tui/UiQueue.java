package hal0.tui;

import hal0.agent.AgentEvent;
import hal0.tui.state.UiEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The way to the UI thread.
///
/// **Shape** bounded; neighbouring pieces of text, or of thinking, merge into one; nothing is ever
/// dropped: who puts into a full queue waits. Text may be left to gather until the next frame, so
/// that the UI thread wakes once for all of it. **Threads** any puts, the UI thread takes and never
/// puts.
final class UiQueue {
    static final int CAPACITY = 1024;
    static final int LARGEST_PIECE = 1 << 18;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition emptied = lock.newCondition();
    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
    private @Nullable StringBuilder piece;
    private boolean thinking;

    void put(UiEvent event) {
        put(new Arrival.Event(event));
    }

    void put(Arrival arrival) {
        lock.lock();
        try {
            String text = deltaOf(arrival);
            boolean thought = text != null && isThinking(arrival);
            if (text != null
                    && piece != null
                    && thinking == thought
                    && piece.length() < LARGEST_PIECE) {
                piece.append(text);
                return;
            }
            while (arrivals.size() >= CAPACITY) {
                emptied.awaitUninterruptibly();
            }
            closePiece();
            if (text == null) {
                arrivals.add(arrival);
            } else {
                piece = new StringBuilder(text);
                thinking = thought;
            }
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Everything that has arrived; waits for the first thing, but not longer than `timeout`. Text
    /// alone is left to gather for the time `gather`, whatever else comes is given at once.
    List<Arrival> drain(@Nullable Duration timeout, Duration gather) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long started = System.nanoTime();
            long most = timeout == null ? Long.MAX_VALUE : Math.max(0, timeout.toNanos());
            long gathering = Math.min(most, gather.toNanos());
            long waited = 0;
            while (arrivals.isEmpty() && waited < (piece == null ? most : gathering)) {
                filled.awaitNanos((piece == null ? most : gathering) - waited);
                waited = System.nanoTime() - started;
            }
            closePiece();
            List<Arrival> out = new ArrayList<>(arrivals);
            arrivals.clear();
            emptied.signalAll();
            return out;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return arrivals.size() + (piece == null ? 0 : 1);
        } finally {
            lock.unlock();
        }
    }

    private void closePiece() {
        if (piece != null) {
            String text = piece.toString();
            AgentEvent delta =
                    thinking ? new AgentEvent.ThinkingDelta(text) : new AgentEvent.TextDelta(text);
            arrivals.add(new Arrival.Event(new UiEvent.Turned(delta)));
            piece = null;
        }
    }

    private static @Nullable String deltaOf(Arrival arrival) {
        if (arrival instanceof Arrival.Event(UiEvent.Turned(var event))) {
            return switch (event) {
                case AgentEvent.TextDelta(var text) -> text;
                case AgentEvent.ThinkingDelta(var text) -> text;
                case AgentEvent.AnswerStarted _,
                        AgentEvent.Spent _,
                        AgentEvent.Work _,
                        AgentEvent.TurnHalted _,
                        AgentEvent.TurnEnded _,
                        AgentEvent.TurnInterrupted _,
                        AgentEvent.TurnFailed _ ->
                        null;
            };
        }
        return null;
    }

    private static boolean isThinking(Arrival arrival) {
        return arrival instanceof Arrival.Event(UiEvent.Turned(AgentEvent.ThinkingDelta _));
    }
}
