package hal0.tui.state;

import java.util.ArrayList;
import java.util.List;

/// What was sent before, oldest first, each of it once. `index` is where the user is in it; at its
/// size stands the draft, what was being typed.
public record History(List<String> entries, int index, String draft) {
    public static final History EMPTY = new History(List.of(), 0, "");
    public static final int KEPT = 1000;

    public History {
        entries = List.copyOf(entries);
    }

    public static History of(List<String> entries) {
        int from = Math.max(0, entries.size() - KEPT);
        List<String> kept = entries.subList(from, entries.size());
        return new History(kept, kept.size(), "");
    }

    public History with(String sent) {
        List<String> more = new ArrayList<>(entries);
        more.remove(sent);
        more.add(sent);
        return of(more);
    }

    boolean hasOlder() {
        return index > 0;
    }

    boolean hasNewer() {
        return index < entries.size();
    }

    /// One step back; `typed` is kept when it is the draft.
    History older(String typed) {
        return new History(entries, index - 1, hasNewer() ? draft : typed);
    }

    History newer() {
        return new History(entries, index + 1, draft);
    }

    String current() {
        return hasNewer() ? entries.get(index) : draft;
    }
}
