package hal0.tui.state;

/// What of the transcript is unfolded. **Shape** `thinking` when all of it is shown.
public record Folds(boolean thinking) {
    public static final Folds NONE = new Folds(false);

    Folds withThinking(boolean shown) {
        return new Folds(shown);
    }
}
