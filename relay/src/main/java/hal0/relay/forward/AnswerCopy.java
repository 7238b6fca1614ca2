package hal0.relay.forward;

import hal0.home.error.ErrorKind;
import hal0.providers.Protocol;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.event.AnswerObserver;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.http.UpstreamResponse;
import hal0.relay.dispatch.Meter;
import hal0.relay.error.ErrorShape;
import hal0.relay.error.RelayException;
import hal0.relay.error.StatusKind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Copies one answer from provider to client as it is read, while an observer looks on.
///
/// **Shape** a stream is flushed once per read; a small body with a known length goes out in one
/// piece. When the upstream fails after the first byte, a stream gets its dialect's error event and
/// no success marker; any other body is cut, so that the client sees that it is not whole.
/// **Threads** the request's own.
final class AnswerCopy {
    private static final int BUFFER = 16 * 1024;
    private static final long SEND_WHOLE = 256 * 1024;

    private final UpstreamResponse response;
    private final boolean usageAdded;
    private final Protocol protocol;
    private final Meter meter;
    private final Reply reply;
    private final CancelToken cancel;
    private final AnswerTap tap;

    AnswerCopy(
            PassThrough.Upstream upstream,
            AnswerObserver observer,
            Meter meter,
            Reply reply,
            CancelToken cancel) {
        this.response = upstream.response();
        this.usageAdded = upstream.usageAdded();
        this.protocol = upstream.target().provider().protocol();
        this.meter = meter;
        this.reply = reply;
        this.cancel = cancel;
        this.tap = new AnswerTap(observer, header("Content-Encoding"), isEvents());
    }

    void run() {
        try (tap) {
            long length = length();
            if (!isEvents() && length >= 0 && length <= SEND_WHOLE) {
                whole((int) length);
            } else {
                stream(length);
            }
        }
    }

    private void whole(int length) {
        byte[] body = response.readAll(SEND_WHOLE);
        if (body.length != length) {
            throw cutShort();
        }
        look(body, body.length);
        endLook();
        try {
            reply.send(body);
        } catch (UncheckedIOException e) {
            meter.cancelled();
            throw e;
        }
        settle();
    }

    private void stream(long length) {
        if (length >= 0) {
            reply.set("Content-Length", Long.toString(length));
        }
        OutputStream out = reply.stream();
        @Nullable EventPipe pipe = isEvents() && usageAdded ? new EventPipe(out) : null;
        try {
            copy(out, pipe);
            out.close();
        } catch (IOException | UncheckedIOException e) {
            // Only writing to the client throws these: it is gone, and so is the wish for an
            // answer.
            cancel.cancel("the client left");
            meter.cancelled();
            throw reply.abort("the client left");
        }
    }

    private void copy(OutputStream out, @Nullable EventPipe pipe) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int n = response.read(buffer, 0, BUFFER);
                    n >= 0;
                    n = response.read(buffer, 0, BUFFER)) {
                look(buffer, n);
                if (pipe == null) {
                    out.write(buffer, 0, n);
                } else {
                    pipe.write(buffer, 0, n);
                }
                out.flush();
            }
            endLook();
            if (pipe != null) {
                pipe.end();
            }
            if (isOk() && isEvents() && !tap.isBlind() && !tap.observer().isComplete()) {
                ProviderException reported = tap.observer().failure();
                throw reported == null ? cutShort() : reported;
            }
            settle();
        } catch (ProviderException e) {
            fail(e, out);
        }
    }

    /// Only an answer of success is in the dialect's form.
    private void look(byte[] bytes, int length) {
        if (isOk()) {
            tap.accept(bytes, 0, length);
            meterProgress();
        }
    }

    private void endLook() {
        if (isOk()) {
            tap.end();
        }
    }

    private void meterProgress() {
        if (tap.observer().hasContent()) {
            meter.firstToken();
        }
    }

    private void fail(ProviderException e, OutputStream out) throws IOException {
        report();
        meter.failed(e);
        if (e.kind() == ErrorKind.CANCELLED || !isEvents() || tap.isEncoded()) {
            throw reply.abort(String.valueOf(e.getMessage()));
        }
        if (!tap.atBoundary()) {
            // Ends the half event, so that the error is one of its own.
            out.write('\n');
            out.write('\n');
        }
        ErrorShape shape =
                protocol == Protocol.ANTHROPIC ? ErrorShape.ANTHROPIC : ErrorShape.OPENAI;
        out.write(shape.event(RelayException.of(e)));
        out.flush();
    }

    private void settle() {
        report();
        ProviderException error = isOk() && !tap.isBlind() ? tap.observer().failure() : null;
        if (!isOk()) {
            meter.failed(StatusKind.of(response.status()));
        } else if (error != null) {
            meter.failed(error);
        } else {
            meter.answered();
        }
    }

    private void report() {
        meterProgress();
        Usage counted = tap.observer().usage();
        if (counted != null) {
            meter.usage(counted);
        }
    }

    private boolean isOk() {
        return response.status() >= 200 && response.status() < 300;
    }

    private ProviderException cutShort() {
        return new ProviderException.BadStream(
                "the provider ended its answer in the middle", Failure.unanswered("", ""), null);
    }

    private boolean isEvents() {
        return isEvents(response);
    }

    static boolean isEvents(UpstreamResponse response) {
        return response.headers()
                .find("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
                .isPresent();
    }

    private long length() {
        try {
            return Long.parseLong(header("Content-Length"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private String header(String name) {
        return response.headers().find(name).orElse("");
    }
}
