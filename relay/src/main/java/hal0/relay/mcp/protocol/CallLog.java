package hal0.relay.mcp.protocol;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which tools were called, for who looks after the server.
///
/// **Shape** the last 50 calls, the newest first, and a count for each tool since the start.
/// **Threads** any.
public final class CallLog {
    private static final int REMEMBERED = 50;

    private final InstantSource clock;
    private final ArrayDeque<Called> recent = new ArrayDeque<>(REMEMBERED);
    private final Map<String, Tally> tallies = new HashMap<>();

    CallLog(InstantSource clock) {
        this.clock = clock;
    }

    /// One call that is over; `outcome` is `done`, `error` or `cancelled`. **Units** `ms` of the
    /// whole call.
    public record Called(Instant at, String tool, String asker, String outcome, long ms) {}

    /// All calls of one tool.
    public record Tally(long calls, Instant lastAt, @Nullable String lastError) {}

    synchronized void note(
            String tool, String asker, String outcome, @Nullable String error, long ms) {
        Instant now = clock.instant();
        if (recent.size() == REMEMBERED) {
            recent.removeLast();
        }
        recent.addFirst(new Called(now, tool, asker, outcome, ms));
        Tally before = tallies.get(tool);
        tallies.put(
                tool,
                new Tally(
                        before == null ? 1 : before.calls() + 1,
                        now,
                        error != null || before == null ? error : before.lastError()));
    }

    public synchronized List<Called> recent() {
        return List.copyOf(recent);
    }

    /// By the names of tools; those that nobody called are not there.
    public synchronized Map<String, Tally> tallies() {
        return Map.copyOf(tallies);
    }
}
