package hal0.tui.state;

import java.util.ArrayList;
import java.util.List;

/// What the prompt was before it was changed, the newest last, and what was undone.
///
/// **Shape** letters that are typed one after the other are one change, up to the next blank.
record Edits(List<Prompt> past, List<Prompt> undone, boolean typing) {
    static final Edits NONE = new Edits(List.of(), List.of(), false);
    private static final int MOST = 200;

    Edits {
        past = List.copyOf(past);
        undone = List.copyOf(undone);
    }

    /// A move ends what is typed in one go.
    Edits moved() {
        return typing ? new Edits(past, undone, false) : this;
    }

    Edits changed(Prompt before, Prompt now) {
        boolean letter = isLetter(before, now);
        if (letter && typing) {
            return this;
        }
        return new Edits(with(past, before), List.of(), letter);
    }

    private static boolean isLetter(Prompt before, Prompt now) {
        int more = now.text().length() - before.text().length();
        boolean typed = more > 0 && more <= 2 && now.caret() == before.caret() + more;
        return typed && !Character.isWhitespace(now.text().codePointBefore(now.caret()));
    }

    boolean canUndo() {
        return !past.isEmpty();
    }

    boolean canRedo() {
        return !undone.isEmpty();
    }

    Edits back(Prompt now) {
        return new Edits(past.subList(0, past.size() - 1), with(undone, now), false);
    }

    Edits forth(Prompt now) {
        return new Edits(with(past, now), undone.subList(0, undone.size() - 1), false);
    }

    private static List<Prompt> with(List<Prompt> prompts, Prompt more) {
        List<Prompt> all = new ArrayList<>(prompts);
        all.add(more);
        return all.subList(Math.max(0, all.size() - MOST), all.size());
    }
}
