package hal0.relay.forward;

import hal0.home.error.ErrorKind;
import hal0.providers.dialect.AnswerErrors;
import hal0.providers.error.ProviderException;
import hal0.providers.event.AnswerObserver;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.http.UpstreamResponse;
import hal0.relay.answer.Delivery;
import hal0.relay.answer.Reply;
import hal0.relay.dispatch.Meter;
import hal0.relay.error.ErrorShape;
import hal0.relay.error.RelayException;
import hal0.relay.error.StatusKind;
import hal0.relay.rescue.Continuation;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Copies one answer from provider to client as it is read, while an observer looks on.
///
/// **Shape** a stream is flushed once per read, but for the last; a small body with a known length
/// goes out in one piece. When the upstream fails after the first byte, a stream gets its dialect's
/// error event and no success marker; any other body is cut, so that the client sees that it is not
/// whole. What fails after a stream's own end is no failure of the answer. **Threads** the
/// request's own.
final class AnswerCopy {
    /// What the transport has at once: a larger one would stay half empty.
    private static final int BUFFER = 8 * 1024;

    private static final long SEND_WHOLE = 256 * 1024;

    /// How long what may still follow a complete answer is waited for: of several choices the
    /// others may still be coming.
    static final Duration AFTER_FINISH = Duration.ofSeconds(5);

    /// The same after the end marker, which nothing but the end of the body follows.
    static final Duration AFTER_END = Duration.ofMillis(200);

    private final Upstream upstream;
    private final UpstreamResponse response;
    private final AnswerErrors errors;
    private final Meter meter;
    private final Reply reply;
    private final CancelToken cancel;
    private final Continuation continuation;
    private final AnswerTap tap;
    private boolean complete;
    private boolean lookedAtAll;

    AnswerCopy(Upstream upstream, AnswerObserver observer, AnswerErrors errors, Delivery delivery) {
        this.upstream = upstream;
        this.response = upstream.response();
        this.errors = errors;
        this.meter = delivery.meter();
        this.reply = delivery.reply();
        this.cancel = delivery.cancel();
        this.continuation = delivery.continuation();
        this.tap = new AnswerTap(observer, upstream.encoding(), upstream.isEvents());
    }

    void run() {
        try (tap) {
            long length = upstream.length();
            if (!upstream.isEvents() && length >= 0 && length <= SEND_WHOLE) {
                whole((int) length);
            } else {
                stream(length);
            }
        } catch (IOException e) {
            // Only writing to the client throws this: it is gone, and so is the wish for an answer.
            cancel.cancel("the client left");
            meter.cancelled();
            throw reply.abort("the client left");
        }
    }

    private void whole(int length) throws IOException {
        byte[] body = new byte[length];
        int read = 0;
        while (read < length) {
            int n = response.read(body, read, length - read);
            if (n < 0) {
                throw errors.cut();
            }
            read += n;
        }
        if (upstream.isOk()) {
            tap.whole(body);
            announce();
        }
        reply.send(body);
        settle();
    }

    private void stream(long length) throws IOException {
        if (length >= 0) {
            reply.set("Content-Length", Long.toString(length));
        }
        OutputStream out = reply.stream();
        EventPipe pipe = upstream.isEdited() ? new EventPipe(out) : null;
        try {
            copy(out, pipe, length);
            if (upstream.isOk() && upstream.isEvents() && !tap.isBlind() && isCut()) {
                ProviderException reported = tap.observer().failure();
                throw reported == null ? errors.cut() : reported;
            }
            settle();
        } catch (ProviderException e) {
            fail(e, out, pipe == null ? tap.atBoundary() : pipe.atBoundary());
        }
        out.close();
    }

    private void copy(OutputStream out, @Nullable EventPipe pipe, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        for (int n = response.read(buffer, 0, BUFFER);
                n >= 0;
                n = response.read(buffer, 0, BUFFER)) {
            look(buffer, n);
            left -= n;
            if (left == 0) {
                endLook();
            }
            if (left == 0 || complete()) {
                announce();
            }
            if (pipe == null) {
                out.write(buffer, 0, n);
            } else {
                pipe.write(buffer, 0, n);
            }
            complete |= complete();
            if (response.isOver()) {
                // It goes out with what ends the body, at the end of all.
                continue;
            }
            out.flush();
            if (complete) {
                // Anew after each read, which may have been another choice's.
                response.limitRest(patience());
            }
        }
        endLook();
        if (pipe != null) {
            pipe.end();
        }
    }

    private Duration patience() {
        Duration most = tap.observer().isEnded() ? AFTER_END : AFTER_FINISH;
        Duration idle = upstream.target().provider().timeouts().idle();
        return idle.isPositive() && idle.compareTo(most) < 0 ? idle : most;
    }

    /// Only an answer of success is in the dialect's form.
    private void look(byte[] bytes, int length) {
        if (upstream.isOk()) {
            tap.accept(bytes, 0, length);
            if (tap.observer().hasContent()) {
                meter.firstToken();
            }
        }
    }

    private void endLook() {
        if (upstream.isOk() && !lookedAtAll) {
            lookedAtAll = true;
            tap.end();
        }
    }

    /// The end of the answer goes out next; a row that says so must be there before.
    private void announce() {
        if (upstream.isOk() && tap.observer().failure() == null) {
            report();
            meter.complete();
        }
    }

    private boolean complete() {
        return upstream.isEvents() && tap.observer().isComplete();
    }

    private boolean isCut() {
        return !tap.observer().isComplete()
                && (tap.observer().endsWithMarker() || tap.observer().failure() != null);
    }

    private void fail(ProviderException e, OutputStream out, boolean atBoundary)
            throws IOException {
        boolean cancelled = e.kind() == ErrorKind.CANCELLED;
        // Who leaves with the end marker in hand has had the whole answer.
        boolean whole = cancelled ? tap.observer().isEnded() : complete;
        if (complete && whole && tap.observer().failure() == null) {
            settle();
            return;
        }
        report();
        continuation.broke(e);
        meter.failed(e);
        if (cancelled || !upstream.isEvents() || tap.isEncoded()) {
            if (!cancelled) {
                out.flush();
            }
            throw reply.abort(String.valueOf(e.getMessage()));
        }
        if (tap.observer().failure() == e) {
            // The provider has told the client itself.
            return;
        }
        if (!atBoundary) {
            // Ends the half event, so that the error is one of its own.
            out.write('\n');
            out.write('\n');
        }
        ErrorShape shape = new ErrorShape(upstream.target().provider().protocol());
        out.write(shape.event(RelayException.of(e)));
        out.flush();
    }

    private void settle() {
        report();
        ProviderException error =
                upstream.isOk() && !tap.isBlind() ? tap.observer().failure() : null;
        if (!upstream.isOk()) {
            meter.failed(StatusKind.of(response.status()));
        } else if (error != null) {
            meter.failed(error);
        } else {
            meter.answered();
        }
    }

    private void report() {
        if (tap.observer().hasContent()) {
            meter.firstToken();
        }
        meter.answeredBy(tap.observer().model());
        Usage counted = tap.observer().usage();
        if (counted != null) {
            meter.usage(counted);
        }
    }
}
