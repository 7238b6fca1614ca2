package hal0.agent.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Keeps the newest of the files that are put in, and counts all.
///
/// **Shape** of the same age, the one whose name comes first. **Threads** any.
final class Newest {
    private static final Comparator<Walker.Found> NEWEST_FIRST =
            Comparator.comparingLong(Walker.Found::modifiedMillis)
                    .reversed()
                    .thenComparing(Walker.Found::name);

    private final int most;
    private final PriorityQueue<Walker.Found> kept = new PriorityQueue<>(NEWEST_FIRST.reversed());
    private long count;

    Newest(int most) {
        this.most = most;
    }

    synchronized void add(Walker.Found found) {
        count++;
        kept.add(found);
        if (kept.size() > most) {
            kept.poll();
        }
    }

    synchronized long count() {
        return count;
    }

    synchronized List<Walker.Found> sorted() {
        List<Walker.Found> sorted = new ArrayList<>(kept);
        sorted.sort(NEWEST_FIRST);
        return sorted;
    }
}
