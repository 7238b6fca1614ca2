package hal0.tui.state;

/// What is being typed. **Shape** `completion` is the chosen line of the list that a `/` or an `@`
/// opens.
public record Typing(Prompt prompt, int completion, History history) {
    static final Typing NOTHING = new Typing(Prompt.EMPTY, 0, History.EMPTY);

    /// The list begins anew where the text has changed.
    Typing with(Prompt other) {
        boolean same = other.text().equals(prompt.text());
        return new Typing(other, same ? completion : 0, history);
    }

    Typing withCompletion(int chosen) {
        return new Typing(prompt, chosen, history);
    }

    Typing with(History other) {
        return new Typing(prompt, completion, other);
    }
}
