package hal0.relay.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.error.Setback;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.prelude.Prelude;
import hal0.providers.sse.SseWriter;
import hal0.relay.answer.Reply;
import hal0.relay.error.ErrorShape;
import hal0.relay.error.RelayException;
import hal0.relay.slot.LoadWait;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A stream whose head goes out before anybody answers: when that takes long, with comments, so
/// that the client and what stands between keep waiting; and when a try came to nothing, for a
/// client that hears of it.
///
/// **Shape** once it has begun the status is 200, and whatever else the answer turns out to be is
/// an error event. A client that hears is told the real head before that, as [Prelude] says.
/// **Threads** the request's own; while that waits, one that writes comments.
final class EarlyReply implements Reply, LoadWait.Company {
    private static final int EXCERPT = 1024;

    /// Of an explanation that goes out as it is.
    private static final int LONGEST = 64 * 1024;

    private final Reply reply;
    private final ErrorShape errors;
    private final CancelToken cancel;
    private final Duration quiet;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition over = lock.newCondition();
    private @Nullable OutputStream begun;
    private final boolean heard;
    private final Headers.Builder real = Headers.builder();
    private int status;
    private boolean gone;

    /// `quiet` is how long nothing is said; `heard` whether the client hears of tries.
    EarlyReply(Reply reply, SlotPatience.Asked asked, Duration quiet, boolean heard) {
        this.reply = reply;
        this.errors = new ErrorShape(asked.protocol());
        this.cancel = asked.exchange().cancel();
        this.quiet = quiet;
        this.heard = heard;
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
                left();
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
        String words = state.replaceAll("\\p{Cntrl}", " ");
        say((": hal0: the model is loading (" + words + ")\n\n").getBytes(UTF_8));
    }

    private void say(byte[] comment) throws IOException {
        OutputStream out = begun;
        if (out == null) {
            reply.status(200);
            reply.set("Content-Type", "text/event-stream");
            reply.set("Cache-Control", "no-cache");
            if (heard) {
                reply.set(Prelude.HEADER, Prelude.YES);
            }
            out = reply.stream();
            begun = out;
        }
        out.write(comment);
        out.flush();
    }

    /// Only writing to the client fails: nobody waits any more.
    private void left() {
        gone = true;
        cancel.cancel("the client left");
    }

    @Override
    public void setback(Setback setback) {
        if (!heard || gone) {
            return;
        }
        lock.lock();
        try {
            say(Prelude.setback(setback));
        } catch (IOException e) {
            left();
        } finally {
            lock.unlock();
        }
    }

    /// Tells the client of a failure in a stream that has begun.
    ///
    /// **Errors** what ends the connection, where the client is gone.
    void fail(RelayException failure) {
        OutputStream out = begun;
        if (out == null || gone || cancel.isCancelled()) {
            throw reply.abort(failure.message());
        }
        Headers.Builder headers = Headers.builder();
        failure.headers().forEach(headers::set);
        String later = failure.retryAfterField();
        if (later != null) {
            headers.set("Retry-After", later);
        }
        end(out, failure.status(), headers, errors.event(failure));
    }

    /// Ends it with an event in place of a body of that head.
    private void end(OutputStream out, int code, Headers.Builder headers, byte[] event) {
        try {
            if (heard) {
                out.write(Prelude.head(code, headers.build()));
            }
            out.write(event);
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
        } else {
            real.set(name, value);
        }
        return this;
    }

    @Override
    public Reply add(String name, String value) {
        if (begun == null) {
            reply.add(name, value);
        } else {
            real.add(name, value);
        }
        return this;
    }

    @Override
    public void send(byte[] body) throws IOException {
        if (begun == null) {
            reply.send(body);
        } else if (heard && status / 100 == 2) {
            begun.write(Prelude.head(status, real.build()));
            begun.write(body);
        } else {
            refused(body);
        }
    }

    @Override
    public OutputStream stream() {
        OutputStream out = begun;
        if (out == null) {
            return reply.stream();
        }
        if (status / 100 != 2) {
            return new Refused();
        }
        if (heard) {
            try {
                out.write(Prelude.head(status, real.build()));
            } catch (IOException e) {
                left();
            }
        }
        return out;
    }

    /// The answer is no success. Who heard why it took so long gets it as it is.
    private void refused(byte[] body) {
        OutputStream out = begun;
        if (heard && out != null && status >= 400) {
            end(out, status, real, event(body));
            return;
        }
        String text = new String(body, 0, Math.min(body.length, EXCERPT), UTF_8);
        fail(
                RelayException.of(
                        status >= 400 && status < 600 ? status : 502,
                        "upstream.rejected",
                        "the model's server answered %d in place of a stream: %s"
                                .formatted(status, text)));
    }

    private static byte[] event(byte[] data) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(data.length + 32);
        try {
            new SseWriter(event).write(null, data, 0, data.length);
        } catch (IOException e) {
            throw new UncheckedIOException("an event cannot be written to memory", e);
        }
        return event.toByteArray();
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
            if (kept.size() < LONGEST) {
                kept.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            kept.write(bytes, offset, Math.min(length, LONGEST - kept.size()));
        }

        @Override
        public void close() {
            refused(kept.toByteArray());
        }
    }
}
