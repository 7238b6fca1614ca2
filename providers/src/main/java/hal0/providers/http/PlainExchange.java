package hal0.providers.http;

import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One call on one connection, from before it is connected until the connection is given back.
///
/// **Shape** a cancel that comes too late does not reach the connection, which may serve another
/// call by then. **Threads** one at a time; `cancel` from any.
final class PlainExchange implements AnswerBody {
    private enum State {
        OPEN,
        CANCELLED,
        LEFT
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final PlainPool pool;
    private final String origin;
    private volatile @Nullable PlainConnection connection;
    private @Nullable AnswerHead head;
    private @Nullable Framing framing;

    PlainExchange(PlainPool pool, String origin) {
        this.pool = pool;
        this.origin = origin;
    }

    /// From here on a cancel ends that connection.
    void on(PlainConnection next) throws IOException {
        connection = next;
        if (state.get() == State.CANCELLED) {
            next.close();
            throw new SocketException("cancelled");
        }
    }

    /// Waits for the head of the answer.
    AnswerHead receive(String method, PlainConnection from) throws IOException {
        AnswerHead answer = AnswerHead.read(from);
        framing = Framing.of(method, answer, from);
        head = answer;
        return answer;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Framing body = framing;
        return body == null ? -1 : body.read(buffer, offset, length);
    }

    @Override
    public boolean isOver() {
        Framing body = framing;
        return body == null || body.isOver();
    }

    @Override
    public void cancel() {
        if (state.compareAndSet(State.OPEN, State.CANCELLED)) {
            // Read after the state is set, as `on` looks at the state after it set this.
            PlainConnection current = connection;
            if (current != null) {
                current.close();
            }
        }
    }

    @Override
    public void close() {
        PlainConnection current = connection;
        if (current != null && state.get() == State.OPEN) {
            boolean kept = isWhole();
            if (state.compareAndSet(State.OPEN, State.LEFT) && kept) {
                pool.give(origin, current);
                return;
            }
        }
        if (current != null) {
            current.close();
        }
    }

    private boolean isWhole() {
        AnswerHead answer = head;
        Framing body = framing;
        if (answer == null || body == null || !answer.keeps()) {
            return false;
        }
        try {
            body.finishWithoutWaiting();
        } catch (IOException e) {
            // What is left of an answer that nobody wants is broken: the connection goes with it.
            return false;
        }
        return body.leavesConnectionClean();
    }
}
