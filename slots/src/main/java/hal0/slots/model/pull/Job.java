package hal0.slots.model.pull;

import hal0.providers.http.CancelToken;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.model.pull.PullStatus.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A pull that runs, or has run, and who waits for news of it.
///
/// **Threads** any.
final class Job implements Pull.Progress {
    private static final long TELL_NANOS = Duration.ofMillis(100).toNanos();
    private static final double SECOND_NANOS = 1e9;

    private final InstantSource clock;
    private final CancelToken cancel = new CancelToken();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private PullStatus status;
    private long version = 1;
    private long toldNanos = System.nanoTime();
    private long rateNanos;
    private long rateFrom;

    Job(String name, String reference, InstantSource clock) {
        this.clock = clock;
        this.status =
                new PullStatus(
                        name,
                        reference,
                        null,
                        State.RESOLVING,
                        "",
                        null,
                        null,
                        0,
                        0,
                        0,
                        null,
                        clock.instant(),
                        null);
    }

    CancelToken cancel() {
        return cancel;
    }

    PullStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /// A status and how many changes it has seen.
    record Seen(PullStatus status, long version) {}

    /// The status, as soon as it is newer than `version`, or after `patience`, or when `left` is
    /// cancelled.
    Seen await(long version, Duration patience, CancelToken left) throws InterruptedException {
        try (var _ = left.onCancel(this::wake)) {
            long nanos = patience.toNanos();
            lock.lockInterruptibly();
            try {
                while (this.version <= version && nanos > 0 && !left.isCancelled()) {
                    nanos = news.awaitNanos(nanos);
                }
                return new Seen(status, this.version);
            } finally {
                lock.unlock();
            }
        }
    }

    private void wake() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void change(boolean important, UnaryOperator<PullStatus> change) {
        lock.lock();
        try {
            PullStatus before = status;
            status = change.apply(before);
            long now = System.nanoTime();
            if (important || status.state() != before.state() || now - toldNanos >= TELL_NANOS) {
                toldNanos = now;
                version++;
                news.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void known(String model, long total) {
        change(true, s -> next(s, State.RESOLVING, model, s.file(), 0, total, 0));
    }

    @Override
    public void checking(String file, long done) {
        change(false, s -> next(s, State.CHECKING, s.model(), file, done, s.total(), 0));
    }

    @Override
    public void fetched(String file, long done, long total) {
        change(
                false,
                s ->
                        next(
                                s,
                                State.DOWNLOADING,
                                s.model(),
                                file,
                                done,
                                Math.max(s.total(), total),
                                rate(s, done)));
    }

    /// Over the time since it began to download.
    private long rate(PullStatus before, long done) {
        long now = System.nanoTime();
        if (before.state() != State.DOWNLOADING) {
            rateNanos = now;
            rateFrom = done;
            return 0;
        }
        long nanos = Math.max(1, now - rateNanos);
        return (long) ((done - rateFrom) * SECOND_NANOS / nanos);
    }

    private static PullStatus next(
            PullStatus s,
            State state,
            @Nullable String model,
            @Nullable String file,
            long done,
            long total,
            long rate) {
        return new PullStatus(
                s.job(),
                s.reference(),
                model,
                state,
                s.message(),
                s.code(),
                file,
                done,
                total,
                rate,
                s.path(),
                s.startedAt(),
                s.endedAt());
    }

    PullStatus ended(Arrival arrival) {
        String path = arrival.model().path();
        String note = arrival.note();
        return over(
                State.DONE,
                arrival.model().id(),
                note == null ? "" : note,
                null,
                path == null ? null : Path.of(path),
                arrival.model().sizeBytes());
    }

    PullStatus failed(ModelException e) {
        PullStatus now = status();
        State state = e.problem() == ModelProblem.CANCELLED ? State.CANCELLED : State.FAILED;
        return over(state, now.model(), e.message(), e.problem().code(), null, now.done());
    }

    private PullStatus over(
            State state,
            @Nullable String model,
            String message,
            @Nullable String code,
            @Nullable Path path,
            long done) {
        Instant now = clock.instant();
        change(
                true,
                s ->
                        new PullStatus(
                                s.job(),
                                s.reference(),
                                model,
                                state,
                                message,
                                code,
                                s.file(),
                                done,
                                state == State.DONE ? done : s.total(),
                                s.bytesPerSecond(),
                                path,
                                s.startedAt(),
                                now));
        return status();
    }
}
