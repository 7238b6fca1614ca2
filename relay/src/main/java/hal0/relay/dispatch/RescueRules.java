package hal0.relay.dispatch;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How patient a request is with its targets: what a `[[route]]` says of it.
///
/// **Shape** null is the target's own setting. `midstream` is whether an answer that broke off
/// after content was shown may go on at another target.
public record RescueRules(
        @Nullable Integer retries,
        @Nullable Duration firstToken,
        @Nullable Duration idle,
        boolean midstream) {

    /// How long and how large the beginning of an answer is held back while it says nothing.
    public static final Duration LONGEST_HOLD = Duration.ofSeconds(15);

    public static final int LARGEST_HOLD = 64 * 1024;

    /// Those of a target that no route led to.
    public static final RescueRules NONE = new RescueRules(null, null, null, false);
}
