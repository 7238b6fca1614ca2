package hal0.tui.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was cut from the prompt, the newest first.
///
/// **Shape** `last` is what has just been done with it, null after anything else: cuts that follow
/// each other are one, and what was put back can be changed for an older one.
public record Kills(List<String> ring, @Nullable Last last) {
    static final Kills NONE = new Kills(List.of(), null);
    private static final int MOST = 32;

    public Kills {
        ring = List.copyOf(ring);
    }

    /// What was done last.
    sealed interface Last {
        record Cut() implements Last {}

        /// `[from, to)` of the prompt holds what stands at `index` of the ring.
        record Yanked(int from, int to, int index) implements Last {}
    }

    String newest() {
        return ring.isEmpty() ? "" : ring.getFirst();
    }

    /// `before` when what was cut stood before the caret.
    Kills with(String cut, boolean before) {
        List<String> more = new ArrayList<>(ring);
        if (last instanceof Last.Cut && !more.isEmpty()) {
            String whole = more.removeFirst();
            more.addFirst(before ? cut + whole : whole + cut);
        } else {
            more.addFirst(cut);
        }
        return new Kills(more.subList(0, Math.min(MOST, more.size())), new Last.Cut());
    }

    Kills yanked(int from, int to, int index) {
        return new Kills(ring, new Last.Yanked(from, to, index));
    }

    /// For another prompt, which does not know the chips of this one.
    Kills leaving(Prompt prompt) {
        boolean plain = prompt.chips().isEmpty();
        return plain ? settled() : new Kills(ring.stream().map(prompt::opened).toList(), null);
    }

    Kills settled() {
        return last == null ? this : new Kills(ring, null);
    }
}
