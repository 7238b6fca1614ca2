package hal0.slots.plan;

import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What who waits for a load can be told of it.
///
/// **Shape** `state` is a word for people and programs; `done` from 0 to 1. **Units** `upAt` in
/// nanoseconds of the arbiter's clock.
record Outlook(String state, double done, long upAt) {
    private static final long ALMOST_A_SECOND = 999_999_999;

    /// When to ask again: whole seconds, as a header carries them.
    Duration later(long now) {
        long seconds = Duration.ofNanos(upAt - now + ALMOST_A_SECOND).toSeconds();
        return Duration.ofSeconds(Math.clamp(seconds, 1, 600));
    }

    SlotException loading(String slot, @Nullable String model, Duration later) {
        String text =
                "slot \"%s\" is not ready%s yet (%s): ask again in %d s"
                        .formatted(
                                slot,
                                model == null ? "" : " with " + model,
                                state,
                                later.toSeconds());
        Map<String, Object> facts =
                Map.of(
                        "slot", slot,
                        "state", state,
                        "retry_after_s", later.toSeconds(),
                        "progress", done);
        return SlotException.of(SlotProblem.LOADING, text).with(facts).after(later);
    }

    SlotException full(String slot, int inside, int line) {
        String text =
                "slot \"%s\" answers %d requests and %d more stand in line (queue_limit): ask again later, or raise max_parallel"
                        .formatted(slot, inside, line);
        return SlotException.of(SlotProblem.QUEUE_FULL, text)
                .with(Map.of("slot", slot, "queued", line))
                .after(Duration.ofSeconds(1));
    }
}
