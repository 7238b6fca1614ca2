package hal0.relay.dispatch;

import hal0.providers.client.KeyRing;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Setback;
import hal0.providers.http.CancelToken;
import hal0.relay.dispatch.Attempts.Attempt;
import hal0.relay.dispatch.Attempts.Means;
import hal0.relay.dispatch.Attempts.Opened;
import hal0.relay.error.RelayException;
import hal0.relay.rescue.RescueRule;
import hal0.relay.rescue.RescueRule.Step;
import hal0.relay.slot.LoadWait;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The tries of one request until an answer has begun.
///
/// **Threads** one.
final class Course<T extends AutoCloseable> {
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

    /// One try at the target of that index: what was opened, if anything was, and the failure that
    /// it stands for, if any.
    private record Tried<T>(
            int index, Target target, @Nullable T opened, @Nullable ProviderException why) {}

    private final Means means;
    private final Decision decision;
    private final CancelToken cancel;
    private final Meter meter;
    private final Attempt<T> attempt;
    private final Stations stations;
    private int at;
    private int repeats;
    private @Nullable Tried<T> toTell;

    Course(Means means, Decision decision, CancelToken cancel, Meter meter, Attempt<T> attempt) {
        this.means = means;
        this.decision = decision;
        this.cancel = cancel;
        this.meter = meter;
        this.attempt = attempt;
        this.stations = new Stations(means, decision, meter);
    }

    Opened<T> run() {
        boolean ended = false;
        try {
            at = stations.first();
            Opened<T> opened = tries(stations.enter(at));
            ended = true;
            return opened;
        } finally {
            if (!ended && toTell != null) {
                discard(toTell);
            }
        }
    }

    private Opened<T> tries(KeyRing.Turn first) {
        KeyRing.Turn turn = first;
        while (true) {
            Tried<T> tried = once(stations.prepared(turn.provider(), at));
            ProviderException failure = tried.why();
            if (failure == null) {
                forget();
                return opened(tried);
            }
            switch (step(failure, turn)) {
                case Step.GiveUp _ -> {
                    return given(tried, failure);
                }
                case Step.OtherKey _ -> {
                    discard(tried);
                    tell(failure, new Setback.Next.OtherKey());
                }
                case Step.SameAgain(var named) -> {
                    discard(tried);
                    repeats++;
                    Duration delay = named == null ? jittered() : named;
                    int most = stations.mostRepeats(at) + 1;
                    tell(failure, new Setback.Next.Again(delay, repeats + 1, most));
                    pause(delay);
                }
                case Step.Next(int next) -> {
                    keep(tried);
                    at = next;
                    repeats = 0;
                    tell(failure, new Setback.Next.Other(stations.name(at)));
                    try {
                        turn = stations.enter(at);
                    } catch (ProviderException.OverBudget e) {
                        // That there is no money for another is not what the client asked about.
                        return kept(failure);
                    }
                }
            }
        }
    }

    private Tried<T> once(Target target) {
        meter.attempt(target);
        T opened = null;
        boolean told = false;
        try {
            opened =
                    at < stations.count() - 1
                            ? LoadWait.spare(target.provider(), () -> attempt.open(target))
                            : attempt.open(target);
            if (stations.isRoute()) {
                hold(opened);
            }
            ProviderException failure = attempt.failure(opened);
            told = true;
            stations.note(at, failure);
            Tried<T> tried = new Tried<>(at, target, opened, failure);
            opened = null;
            return tried;
        } catch (ProviderException e) {
            told = true;
            stations.note(at, e);
            return new Tried<>(at, target, null, e);
        } catch (RelayException e) {
            if (toTell == null) {
                throw e;
            }
            // A target that cannot be told of the request must not hide why the first failed.
            return new Tried<>(at, target, null, untold(target, e));
        } finally {
            if (!told) {
                stations.withdraw(at);
            }
            if (opened != null) {
                close(opened);
            }
        }
    }

    private void hold(T opened) {
        long before = System.nanoTime();
        try {
            attempt.hold(opened);
        } finally {
            meter.waited(System.nanoTime() - before);
        }
    }

    private static ProviderException untold(Target target, RelayException e) {
        return new ProviderException.Rejected(
                e.message(), Failure.unanswered(target.provider().id(), target.model()), e.code());
    }

    /// Until the target that comes next may really be entered: another request may be its probe.
    private Step step(ProviderException failure, KeyRing.Turn turn) {
        boolean otherKey = turn.goesOn(failure);
        while (true) {
            Step step =
                    RescueRule.after(failure, stations.situation(at, repeats, otherKey, failure));
            if (!(step instanceof Step.Next(int next)) || stations.admits(next)) {
                return step;
            }
        }
    }

    private Opened<T> opened(Tried<T> tried) {
        T opened = tried.opened();
        if (opened == null) {
            throw new IllegalStateException("a try without failure opened nothing");
        }
        return new Opened<>(
                opened,
                stations.target(tried.index()),
                meter.attempts(),
                new GoingOn(
                        stations, tried.index(), decision.rules(), cancel, meter, attempt::ask));
    }

    /// All is tried: what the first target said is told, or that the caller has left.
    private Opened<T> given(Tried<T> tried, ProviderException failure) {
        if (toTell == null || failure instanceof ProviderException.Cancelled) {
            forget();
            return told(tried, failure);
        }
        discard(tried);
        return kept(failure);
    }

    private Opened<T> kept(ProviderException otherwise) {
        Tried<T> first = toTell;
        if (first == null || first.why() == null) {
            throw otherwise;
        }
        toTell = null;
        meter.tells(first.target(), first.why());
        return told(first, first.why());
    }

    private Opened<T> told(Tried<T> tried, ProviderException failure) {
        if (tried.opened() == null) {
            throw failure;
        }
        return opened(tried);
    }

    private void keep(Tried<T> tried) {
        if (toTell == null) {
            toTell = tried;
        } else {
            discard(tried);
        }
    }

    private void forget() {
        if (toTell != null) {
            discard(toTell);
            toTell = null;
        }
    }

    private void tell(ProviderException failure, Setback.Next next) {
        if (!cancel.isCancelled()) {
            attempt.setback(Setback.of(failure, next));
        }
    }

    private void pause(Duration delay) {
        long before = System.nanoTime();
        try {
            means.sleeper().sleep(delay, cancel);
        } finally {
            meter.waited(System.nanoTime() - before);
        }
        if (cancel.isCancelled()) {
            Target target = stations.target(at);
            throw new ProviderException.Cancelled(
                    "cancelled: " + cancel.reason(),
                    Failure.unanswered(target.provider().id(), target.model()));
        }
    }

    private Duration jittered() {
        long most =
                Math.min(
                        LONGEST_DELAY.toMillis(),
                        FIRST_DELAY.toMillis() << Math.min(repeats - 1, 10));
        return Duration.ofMillis(means.random().nextLong(most + 1));
    }

    private static void discard(Tried<?> tried) {
        if (tried.opened() instanceof AutoCloseable opened) {
            close(opened);
        }
    }

    private static void close(AutoCloseable unwanted) {
        try {
            unwanted.close();
        } catch (Exception e) {
            throw new IllegalStateException("an answer that is not wanted could not be closed", e);
        }
    }
}
