package hal0.relay.dispatch;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How busy and how quick each target is, from the requests that went to it.
///
/// **Shape** the time to the first token is an average in which the newest request counts for three
/// tenths. It is forgotten five minutes after the last one, so that a target that was slow once is
/// tried again. **Threads** any.
public final class TargetStats implements RequestListener {
    private static final double NEWEST = 0.3;
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private record Pace(double nanos, long atNanos) {
        Pace and(long newest, long now) {
            return new Pace(nanos + NEWEST * (newest - nanos), now);
        }
    }

    private final LongSupplier nanoTime;
    private final Map<String, Integer> inFlight = new ConcurrentHashMap<>();
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();

    public TargetStats() {
        this(System::nanoTime);
    }

    TargetStats(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void tried(Meter.Caller caller, Target target) {
        began(target);
    }

    @Override
    public void left(
            Meter.Caller caller,
            Target target,
            boolean worked,
            long firstContentNanos,
            long nanos) {
        ended(target);
        if (firstContentNanos >= 0) {
            firstToken(target, Duration.ofNanos(firstContentNanos));
        }
    }

    void began(Target target) {
        inFlight.merge(target.toString(), 1, Integer::sum);
    }

    void ended(Target target) {
        inFlight.computeIfPresent(target.toString(), (_, now) -> now <= 1 ? null : now - 1);
    }

    void firstToken(Target target, Duration took) {
        long now = nanoTime.getAsLong();
        paces.compute(
                target.toString(),
                (_, before) ->
                        before == null || isOld(before, now)
                                ? new Pace(took.toNanos(), now)
                                : before.and(took.toNanos(), now));
    }

    int inFlight(Target target) {
        return inFlight.getOrDefault(target.toString(), 0);
    }

    Optional<Duration> findFirstToken(Target target) {
        @Nullable Pace pace = paces.get(target.toString());
        return pace == null || isOld(pace, nanoTime.getAsLong())
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.round(pace.nanos())));
    }

    private static boolean isOld(Pace pace, long now) {
        return now - pace.atNanos() > GOOD_FOR.toNanos();
    }
}
