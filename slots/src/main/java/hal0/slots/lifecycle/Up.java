package hal0.slots.lifecycle;

import hal0.slots.runtime.Running;
import java.time.Duration;

/// What runs and answers.
///
/// **Units** `since` on a clock that only goes forward; `memoryMb` in MiB, 0 until it was measured.
public record Up(Job job, Running running, Duration since, long memoryMb) {

    Up taking(long mb) {
        return new Up(job, running, since, mb);
    }
}
