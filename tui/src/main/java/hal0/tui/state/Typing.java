package hal0.tui.state;

/// What is being typed. **Shape** `completion` is the chosen line of the list that a `/` or an `@`
/// opens; `edits` is what can be undone.
public record Typing(Prompt prompt, int completion, History history, Edits edits, Vim vim) {
    static final Typing NOTHING = new Typing(Prompt.EMPTY, 0, History.EMPTY, Edits.NONE, Vim.OFF);

    /// The list begins anew where the text has changed; what was cut stays whatever comes.
    Typing with(Prompt other) {
        Prompt next =
                other.kills().ring().isEmpty() ? other.with(prompt.kills().leaving(prompt)) : other;
        return next.text().equals(prompt.text())
                ? new Typing(next, completion, history, edits.moved(), vim)
                : new Typing(next, 0, history, edits.changed(prompt, next), vim);
    }

    Typing withCompletion(int chosen) {
        return new Typing(prompt, chosen, history, edits, vim);
    }

    Typing with(History other) {
        return new Typing(prompt, completion, other, edits, vim);
    }

    Typing with(Vim other) {
        return new Typing(prompt, completion, history, edits, other);
    }

    Typing undone() {
        return edits.canUndo() ? back(edits.past().getLast(), edits.back(prompt)) : this;
    }

    Typing redone() {
        return edits.canRedo() ? back(edits.undone().getLast(), edits.forth(prompt)) : this;
    }

    private Typing back(Prompt to, Edits rest) {
        return new Typing(to.with(prompt.kills().settled()), 0, history, rest, vim);
    }
}
