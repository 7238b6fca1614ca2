package hal0.agent.session;

import hal0.agent.checkpoint.Kept;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What holds of a session now: its entries without those that were undone, and the summary that
/// stands for the oldest of them.
///
/// **Shape** entries keep their numbers, which are their places in the file. **Threads** one.
public final class History {
    private final List<Numbered> holding = new ArrayList<>();
    private final Deque<List<Numbered>> undone = new ArrayDeque<>();
    private int count;

    /// An entry with its number.
    public record Numbered(int number, SessionEntry entry) {}

    public static History of(List<SessionEntry> entries) {
        History history = new History();
        entries.forEach(history::add);
        return history;
    }

    public void add(SessionEntry entry) {
        int number = count++;
        switch (entry) {
            case SessionEntry.Undone(_, var from) -> {
                int at = placeOf(from);
                undone.push(List.copyOf(holding.subList(at, holding.size())));
                holding.subList(at, holding.size()).clear();
            }
            case SessionEntry.Redone _ -> {
                if (!undone.isEmpty()) {
                    holding.addAll(undone.pop());
                    // A summary may have been made meanwhile; it stands behind what it sums up.
                    holding.sort(Comparator.comparingInt(Numbered::number));
                }
            }
            case SessionEntry.Expanded _ -> removeSummary();
            case SessionEntry.UserSaid _,
                    SessionEntry.ModelSaid _,
                    SessionEntry.ToolAnswered _,
                    SessionEntry.Nudged _ -> {
                // What was said after an undo has taken the place of what was undone.
                undone.clear();
                holding.add(new Numbered(number, entry));
            }
            case SessionEntry.NobodyAnswered _,
                    SessionEntry.Halted _,
                    SessionEntry.Planned _,
                    SessionEntry.SpentBeside _,
                    SessionEntry.FilesKept _,
                    SessionEntry.FilesChanged _,
                    SessionEntry.Compacted _ ->
                    holding.add(new Numbered(number, entry));
        }
    }

    /// How many entries there are in all: the number of the next one.
    public int count() {
        return count;
    }

    /// What holds, with what a summary stands for.
    public List<Numbered> all() {
        return List.copyOf(holding);
    }

    /// What a model is told: the summary that holds, and what was said since.
    public List<SessionEntry> told() {
        SessionEntry.@Nullable Compacted summary = summary().orElse(null);
        int from = summary == null ? 0 : summary.from();
        List<SessionEntry> told = new ArrayList<>();
        if (summary != null) {
            told.add(summary);
        }
        for (Numbered each : holding) {
            if (each.number() >= from && !(each.entry() instanceof SessionEntry.Compacted)) {
                told.add(each.entry());
            }
        }
        return told;
    }

    /// The summary that stands for the oldest entries.
    public Optional<SessionEntry.Compacted> summary() {
        for (Numbered each : holding.reversed()) {
            if (each.entry() instanceof SessionEntry.Compacted compacted) {
                return Optional.of(compacted);
            }
        }
        return Optional.empty();
    }

    /// The agent's plan.
    public List<Todo> todos() {
        for (Numbered each : holding.reversed()) {
            if (each.entry() instanceof SessionEntry.Planned(_, var todos)) {
                return todos;
            }
        }
        return List.of();
    }

    /// The last turn: from what the user said to the end; empty when nothing was said.
    public List<Numbered> lastTurn() {
        for (int i = holding.size() - 1; i >= 0; i--) {
            if (holding.get(i).entry() instanceof SessionEntry.UserSaid) {
                return List.copyOf(holding.subList(i, holding.size()));
            }
        }
        return List.of();
    }

    /// The turn that was undone last and can be brought back; empty when there is none.
    public List<Numbered> undone() {
        return undone.isEmpty() ? List.of() : undone.peek();
    }

    /// What was kept for calls that did not come to their end, because hal0 was killed.
    public List<Kept> unfinished() {
        List<Kept> open = new ArrayList<>();
        int begun = 0;
        for (Numbered each : holding) {
            if (each.entry() instanceof SessionEntry.FilesKept(_, var kept)) {
                begun++;
                open.add(kept);
            } else if (each.entry() instanceof SessionEntry.FilesChanged && --begun <= 0) {
                // Calls beside each other end in any order; here all of them had ended.
                begun = 0;
                open.clear();
            }
        }
        return open;
    }

    private int placeOf(int number) {
        int at = holding.size();
        while (at > 0 && holding.get(at - 1).number() >= number) {
            at--;
        }
        return at;
    }

    private void removeSummary() {
        for (int i = holding.size() - 1; i >= 0; i--) {
            if (holding.get(i).entry() instanceof SessionEntry.Compacted) {
                holding.remove(i);
                return;
            }
        }
    }
}
