package hal0.providers.http;

import hal0.providers.error.Clock;
import hal0.providers.error.ProviderException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An answer under its clocks, whichever way its bytes come.
///
/// **Shape** the body belongs to the reading thread: who closes from another one only cancels it,
/// and the reader, woken by that, closes the body.
final class OpenResponse implements UpstreamResponse {
    private enum State {
        IDLE,
        READING,
        CLOSING,
        CLOSED
    }

    private final UpstreamRequest request;
    private final int status;
    private final Headers headers;
    private final AnswerBody body;
    private final CancelToken cancel;
    private final CancelToken.Registration hook;
    private final Deadlines.Timer timer;
    private final long firstTokenAt;
    private final CallFailures failures;
    private final Runnable whenClosed;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private Duration idle;
    private boolean resting;
    private boolean begun;
    private boolean contentAwaited;
    private boolean ended;

    OpenResponse(
            UpstreamRequest request,
            int status,
            Headers headers,
            AnswerBody body,
            CancelToken cancel,
            CancelToken.Registration hook,
            Deadlines.Timer timer,
            long firstTokenAt,
            CallFailures failures,
            Runnable whenClosed) {
        this.request = request;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.cancel = cancel;
        this.hook = hook;
        this.timer = timer;
        this.firstTokenAt = firstTokenAt;
        this.failures = failures;
        this.whenClosed = whenClosed;
        this.idle = request.provider().timeouts().idle();
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public void awaitContent() {
        contentAwaited = true;
    }

    @Override
    public void contentBegan() {
        contentAwaited = false;
        begun = true;
    }

    @Override
    public void limitRest(Duration limit) {
        idle = limit;
        resting = true;
    }

    @Override
    public boolean isOver() {
        return body.isOver();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (!state.compareAndSet(State.IDLE, State.READING)) {
            throw failures.cancelled(closedReason());
        }
        int read;
        try {
            arm();
            long before = System.nanoTime();
            read = body.read(buffer, offset, length);
            if (resting) {
                idle = less(idle, System.nanoTime() - before);
            }
            begun = true;
            if (read < 0) {
                ended = true;
            }
            if (request.streamed() || ended) {
                timer.disarm();
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            if (!state.compareAndSet(State.READING, State.IDLE)) {
                release();
            }
        }
        if (state.get() == State.CLOSED) {
            throw failures.cancelled(closedReason());
        }
        return read;
    }

    /// The total clock runs from the call's start whatever is read; those of a stream run only
    /// while somebody waits for the provider.
    private void arm() {
        if (!request.streamed()) {
            return;
        }
        // Without a first-token clock, silence must still end somewhere.
        boolean waitForContent =
                contentAwaited && !request.provider().timeouts().firstToken().isZero();
        if (begun && !waitForContent) {
            timer.arm(Clock.IDLE, timer.in(idle));
        } else {
            timer.arm(Clock.FIRST_TOKEN, firstTokenAt);
        }
    }

    /// What is left of `limit`: never zero, which would mean no limit.
    private static Duration less(Duration limit, long nanos) {
        Duration left = limit.minusNanos(nanos);
        return left.isPositive() ? left : Duration.ofNanos(1);
    }

    private ProviderException failed(IOException e) {
        Clock ranOut = timer.ranOut();
        if (cancel.isCancelled()) {
            return failures.cancelled(cancel.reason());
        }
        if (ranOut != null) {
            return failures.timedOut(ranOut, status());
        }
        return state.get() == State.CLOSING
                ? failures.cancelled(closedReason())
                : failures.inBody(e, status());
    }

    private @Nullable String closedReason() {
        String reason = cancel.reason();
        return reason != null ? reason : "the answer was closed";
    }

    @Override
    public byte[] readAll(long limit) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[8192];
        for (int n = read(piece, 0, piece.length); n >= 0; n = read(piece, 0, piece.length)) {
            if (all.size() + (long) n > limit) {
                throw failures.tooLarge(limit, status());
            }
            all.write(piece, 0, n);
        }
        return all.toByteArray();
    }

    @Override
    public ProviderException undecodable(String encoding, @Nullable IOException cause) {
        return cause == null
                ? failures.encoded(encoding, status())
                : failures.inBody(cause, status());
    }

    @Override
    public void abort() {
        if (state.get() != State.CLOSED) {
            body.cancel();
        }
        close();
    }

    @Override
    public void close() {
        while (true) {
            State now = state.get();
            if (now == State.CLOSED || now == State.CLOSING) {
                return;
            }
            if (now == State.IDLE && state.compareAndSet(State.IDLE, State.CLOSING)) {
                release();
                return;
            }
            if (now == State.READING && state.compareAndSet(State.READING, State.CLOSING)) {
                body.cancel();
                return;
            }
        }
    }

    private void release() {
        hook.close();
        timer.close();
        body.close();
        state.set(State.CLOSED);
        whenClosed.run();
    }
}
