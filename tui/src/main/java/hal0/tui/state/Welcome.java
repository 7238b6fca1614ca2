package hal0.tui.state;

import hal0.tui.state.Effect.Next;

/// What a user is told before the first message. Who has no model is asked to choose one: at once
/// where nobody types, else after a pause on an empty prompt. What opens by itself must not take a
/// key that was meant for the prompt.
///
/// **Shape** `due` until it opened or a model was chosen; `typed` when a key came since the last
/// second began; `cutOff` is when the last session of the folder was, empty where it was not.
record Welcome(boolean due, boolean typed, String cutOff) {
    static final Welcome NOT_DUE = new Welcome(false, false, "");

    Welcome withCutOff(String when) {
        return new Welcome(due, typed, when);
    }

    private Welcome with(boolean isDue, boolean isTyped) {
        return new Welcome(isDue, isTyped, cutOff);
    }

    /// There is a relay and no model.
    static Next begin(UiState state) {
        UiState next =
                state.with(state.screen().with(state.screen().welcome().with(true, typed(state))));
        return isQuiet(next) ? opened(next) : Next.of(next);
    }

    /// A second has passed.
    static Next ticked(UiState state) {
        if (!awaitsPause(state)) {
            return Next.of(state);
        }
        return isQuiet(state)
                ? opened(state)
                : Next.of(
                        state.with(
                                state.screen().with(state.screen().welcome().with(true, false))));
    }

    /// Somebody is typing.
    static UiState typing(UiState state) {
        Welcome now = state.screen().welcome();
        return now.typed() ? state : state.with(state.screen().with(now.with(now.due(), true)));
    }

    /// Whether a second that passes may open it.
    static boolean awaitsPause(UiState state) {
        return isDue(state) && state.prompt().isEmpty();
    }

    /// Whether it is still to be chosen what to talk to, and nothing says so.
    static boolean isDue(UiState state) {
        return state.screen().welcome().due()
                && state.session().active() == null
                && state.top() == null;
    }

    /// Asks for it now, because it is needed.
    static Next opened(UiState state) {
        UiState done =
                state.with(state.screen().with(state.screen().welcome().with(false, typed(state))));
        return BoardKeys.open(done, Board.of(Place.of(Place.Kind.FIRST_RUN)));
    }

    private static boolean isQuiet(UiState state) {
        return awaitsPause(state) && !typed(state);
    }

    private static boolean typed(UiState state) {
        return state.screen().welcome().typed();
    }
}
