package hal0.slots.plan;

import hal0.slots.plan.World.Seat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Chooses who makes room: those who are quiet first, the longest unused and cheapest to bring back
/// before others, and only as many as are needed; then those who are busy, the longest up first.
final class Victims {
    private static final long SHORTEST = Duration.ofMillis(100).toNanos();

    private Victims() {}

    /// A slot that may be taken, and what that gives.
    record Candidate(String slot, Seat seat, long gives) {
        /// How long unused for what bringing it back costs.
        private double staleness() {
            return (double) seat.times().quiet() / Math.max(SHORTEST, seat.times().cost());
        }
    }

    /// Nobody where all of them together do not give enough.
    static List<String> choose(List<Candidate> candidates, long missing) {
        List<Candidate> order = inOrder(candidates);
        List<Candidate> chosen = new ArrayList<>();
        long given = 0;
        for (Candidate candidate : order) {
            if (given < missing) {
                chosen.add(candidate);
                given += candidate.gives();
            }
        }
        if (given < missing) {
            return List.of();
        }
        for (Candidate candidate : List.copyOf(chosen).reversed()) {
            if (given - candidate.gives() >= missing) {
                chosen.remove(candidate);
                given -= candidate.gives();
            }
        }
        return chosen.stream().map(Candidate::slot).toList();
    }

    /// Whose size nobody knows is taken one by one; what that gave shows afterwards.
    static List<String> first(List<Candidate> unmeasured) {
        return inOrder(unmeasured).stream().map(Candidate::slot).limit(1).toList();
    }

    private static List<Candidate> inOrder(List<Candidate> candidates) {
        List<Candidate> order = new ArrayList<>(candidates);
        order.sort(
                Comparator.comparing((Candidate c) -> !c.seat().empty())
                        .thenComparingDouble(c -> c.seat().empty() ? -c.staleness() : 0)
                        .thenComparingLong(c -> -c.seat().times().residence())
                        .thenComparing(Candidate::slot));
        return order;
    }
}
