package hal0.tui.state;

import hal0.tui.state.Effect.Next;
import hal0.tui.terminal.Key;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;

/// What keys do: first those that work everywhere, then those of the overlay, then of the prompt.
final class Keys {
    private Keys() {}

    static Next pressed(UiState before, Key key) {
        UiState.Again armed = before.hint() == null ? UiState.Again.NOTHING : before.hint().again();
        UiState state = before.withHint((UiState.Hint) null);
        Binding binding = Binding.find(key);
        if (binding != null && binding.isEverywhere()) {
            return PromptKeys.bound(state, binding, armed);
        }
        Overlay overlay = state.top();
        return overlay == null
                ? PromptKeys.pressed(state, key, binding, armed)
                : OverlayKeys.pressed(state, overlay, key);
    }

    /// Ctrl+C: closes what is open, else interrupts, else clears, else leaves when pressed twice.
    static Next cancel(UiState state, boolean armed) {
        if (state.top() instanceof Overlay.Question) {
            return QuestionKeys.escaped(state);
        }
        if (state.top() != null) {
            return Next.of(state.pop());
        }
        if (state.prompt().isSelected()) {
            return PromptSelection.copied(state);
        }
        if (state.session().isRunning()) {
            return interrupt(state);
        }
        if (!state.prompt().isEmpty()) {
            return Next.of(state.with(state.prompt().cleared()));
        }
        return armed
                ? Next.of(state, new Effect.Quit())
                : Next.of(
                        state.withHint(
                                new UiState.Hint("Ctrl+C again leaves", UiState.Again.LEAVE)));
    }

    /// Stops the answer; what was queued comes back into the prompt instead of being sent.
    static Next interrupt(UiState state) {
        if (!(state.session().turn() instanceof Turn.Running(var seconds, _, var ended))) {
            return Next.of(state);
        }
        Session session = state.session().withTurn(new Turn.Running(seconds, true, ended));
        UiState next = state;
        List<Effect> effects = new ArrayList<>();
        if (!session.queued().isEmpty()) {
            effects.add(new Effect.Withdraw(session.queued()));
            String back = String.join("\n\n", session.queued());
            String typed = state.prompt().expanded();
            next = state.with(Prompt.of(typed.isEmpty() ? back : back + "\n\n" + typed));
            session = session.withoutQueued(session.queued().size());
        }
        effects.add(new Effect.Interrupt());
        return new Next(next.with(session), effects);
    }

    static Next pasted(UiState state, String text) {
        return switch (state.top()) {
            case null -> PromptKeys.pasted(state, text);
            case Overlay.Question _ -> QuestionKeys.pasted(state, text);
            case Overlay.Picker picker -> {
                String line = text.lines().findFirst().orElse("");
                String shown = Safe.oneLine(line);
                yield Next.of(state.replaceTop(picker.withFilter(picker.filter() + shown)));
            }
            case Board board -> Next.of(BoardKeys.pasted(state, board, text));
            case Find find -> {
                String line = Safe.oneLine(text.lines().findFirst().orElse(""));
                yield Next.of(find.typed(state, find.query() + line));
            }
            case Overlay.Help _, Sheet _ -> Next.of(state);
        };
    }

    static Next wheel(UiState state, int steps) {
        return switch (state.top()) {
            case null -> Next.of(scrolled(state, steps * Reducer.WHEEL_LINES));
            case Overlay overlay -> OverlayKeys.moved(state, overlay, steps);
        };
    }

    static UiState scrolled(UiState state, int lines) {
        return state.withScroll(state.viewport().moved(state.screen().scroll(), lines));
    }
}
