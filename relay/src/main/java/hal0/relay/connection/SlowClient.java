package hal0.relay.connection;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Bounds the time that a client takes: for the whole head of a request, and for the next piece of
/// its body. Between two requests it may be silent as long as the server lets it.
///
/// **Threads** all under the lock of its connection, but for `isLate`.
final class SlowClient {
    private static final long NEVER = Long.MAX_VALUE;

    /// How long a client may take, and what one that took longer is told.
    ///
    /// **Shape** `complaint` is a whole answer, head and body.
    record Patience(Duration head, Duration body, Supplier<byte[]> complaint) {}

    private final Patience patience;
    private final Consumer<byte[]> out;
    private BooleanSupplier between = () -> true;
    private Supplier<byte[]> complaint;
    private @Nullable Thread reader;
    private volatile long until = NEVER;
    private long headUntil = NEVER;
    private boolean answered;
    private boolean gaveUp;

    /// `out` writes to the client.
    SlowClient(Patience patience, Consumer<byte[]> out) {
        this.patience = patience;
        this.complaint = patience.complaint();
        this.out = out;
    }

    /// `idle` is whether nothing of a request has come yet.
    void follow(BooleanSupplier idle) {
        between = idle;
    }

    /// A request is being answered; `late` tells its client that its body is too slow.
    void begin(@Nullable Supplier<byte[]> late) {
        complaint = late == null ? patience.complaint() : late;
    }

    /// It has been answered; what still comes of its body is dropped.
    void end() {
        complaint = patience.complaint();
        answered = true;
    }

    /// This thread waits for bytes of the client, of a body while a request is `running`.
    void reads(boolean running) {
        long now = System.nanoTime();
        if (running) {
            until = now + patience.body().toNanos();
        } else if (between.getAsBoolean()) {
            headUntil = NEVER;
            answered = false;
            until = NEVER;
        } else {
            headUntil = headUntil == NEVER ? now + patience.head().toNanos() : headUntil;
            until = headUntil;
        }
        reader = Thread.currentThread();
    }

    void hasRead() {
        until = NEVER;
        reader = null;
    }

    /// Whether [#giveUp] ended a wait, by an interrupt.
    boolean gaveUp() {
        return gaveUp;
    }

    boolean isLate(long now) {
        long limit = until;
        return limit != NEVER && limit - now < 0;
    }

    /// Ends the wait, and with it the connection.
    void giveUp() {
        Thread waiting = reader;
        if (waiting == null) {
            return;
        }
        if (!answered) {
            try {
                out.accept(complaint.get());
            } catch (RuntimeException e) {
                // Who does not send may not take either: it is let go all the same.
                System.getLogger(SlowClient.class.getName())
                        .log(System.Logger.Level.DEBUG, "a slow client could not be told", e);
            }
        }
        gaveUp = true;
        waiting.interrupt();
    }
}
