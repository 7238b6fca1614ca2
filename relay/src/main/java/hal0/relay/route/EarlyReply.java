package hal0.relay.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.http.CancelToken;
import hal0.relay.answer.Reply;
import hal0.relay.error.ErrorShape;
import hal0.relay.error.RelayException;
import hal0.relay.slot.LoadWait;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A stream whose head goes out before anybody answers, when that takes long: with comments, so
/// that the client and what stands between keep waiting.
///
/// **Shape** once it has begun the status is 200, and whatever else the answer turns out to be is
/// an error event. **Threads** the request's own; while that waits, one that writes comments.
final class EarlyReply implements Reply, LoadWait.Company {
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final int EXCERPT = 1024;

    private final Reply reply;
    private final ErrorShape errors;
    private final CancelToken cancel;
    private final Duration quiet;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private @Nullable OutputStream begun;
    private int status;
    private boolean gone;

    EarlyReply(Reply reply, ErrorShape errors, CancelToken cancel) {
        this(reply, errors, cancel, QUIET);
    }

    /// `quiet` is how long nothing is said.
    EarlyReply(Reply reply, ErrorShape errors, CancelToken cancel, Duration quiet) {
        this.reply = reply;
        this.errors = errors;
        this.cancel = cancel;
        this.quiet = quiet;
    }

    boolean isBegun() {
        return begun != null;
    }

    @Override
    public LoadWait.Stay stay(Supplier<String> state) {
        Waiting waiting = new Waiting(state);
        Thread.ofVirtual().name("relay-slot-wait").start(waiting::run);
        return waiting::end;
    }

    /// One wait for a slot.
    private final class Waiting {
        private final Supplier<String> state;
        private boolean ended;

        Waiting(Supplier<String> state) {
            this.state = state;
        }

        void run() {
            lock.lock();
            try {
                while (!passed()) {
                    comment(state.get());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                // Only writing to the client throws this: nobody waits any more.
                gone = true;
                cancel.cancel("the client left");
            } finally {
                lock.unlock();
            }
        }

        /// Whether the wait ended before it was quiet for too long.
        private boolean passed() throws InterruptedException {
            long nanos = quiet.toNanos();
            while (!ended && nanos > 0) {
                nanos = over.awaitNanos(nanos);
            }
            return ended;
        }

        void end() {
            lock.lock();
            try {
                ended = true;
                over.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void comment(String state) throws IOException {
        OutputStream out = begun;
        if (out == null) {
            reply.status(200);
            reply.set("Content-Type", "text/event-stream");
            reply.set("Cache-Control", "no-cache");
            out = reply.stream();
            begun = out;
        }
        String words = state.replaceAll("\\p{Cntrl}", " ");
        out.write((": hal0: the model is loading (" + words + ")\n\n").getBytes(UTF_8));
        out.flush();
    }

    /// Tells the client of a failure in a stream that has begun.
    ///
    /// **Errors** what ends the connection, where the client is gone.
    void fail(RelayException failure) {
        OutputStream out = begun;
        if (out == null || gone || cancel.isCancelled()) {
            throw reply.abort(failure.message());
        }
        try {
            out.write(errors.event(failure));
            out.flush();
            out.close();
        } catch (IOException e) {
            // Only writing to the client throws this.
            throw reply.abort("the client left");
        }
    }

    @Override
    public Reply status(int code) {
        status = code;
        if (begun == null) {
            reply.status(code);
        }
        return this;
    }

    @Override
    public Reply set(String name, String value) {
        if (begun == null) {
            reply.set(name, value);
        }
        return this;
    }

    @Override
    public Reply add(String name, String value) {
        if (begun == null) {
            reply.add(name, value);
        }
        return this;
    }

    @Override
    public void send(byte[] body) throws IOException {
        if (begun == null) {
            reply.send(body);
        } else {
            fail(whole(body));
        }
    }

    @Override
    public OutputStream stream() {
        OutputStream out = begun;
        if (out == null) {
            return reply.stream();
        }
        return status / 100 == 2 ? out : new Refused();
    }

    private RelayException whole(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, EXCERPT), UTF_8);
        return RelayException.of(
                status >= 400 && status < 600 ? status : 502,
                "upstream.rejected",
                "the model's server answered %d in place of a stream: %s".formatted(status, text));
    }

    @Override
    public RuntimeException abort(String why) {
        return reply.abort(why);
    }

    /// An answer that is no success, told when it is whole.
    private final class Refused extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            if (kept.size() < EXCERPT) {
                kept.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            kept.write(bytes, offset, Math.min(length, Math.max(0, EXCERPT - kept.size())));
        }

        @Override
        public void close() {
            fail(whole(kept.toByteArray()));
        }
    }
}
