package hal0.tui.state;

import hal0.tui.state.Effect.Next;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Size;
import java.util.List;

/// What an event does to the state. Pure.
public final class Reducer {
    static final int WHEEL_LINES = 3;

    private Reducer() {}

    public static Next reduce(UiState state, UiEvent event) {
        Next next =
                switch (event) {
                    case UiEvent.Did(var input) -> input(state, input);
                    case UiEvent.Resized(var size) -> Next.of(resized(state, size));
                    case UiEvent.Tick() -> Next.of(TurnEvents.ticked(state));
                    case UiEvent.Turned(var turned) -> TurnEvents.turned(state, turned);
                    case UiEvent.TurnOver(var problem) -> TurnEvents.over(state, problem);
                    case UiEvent.Asked(var question) ->
                            Next.of(QuestionKeys.asked(state, question));
                    case UiEvent.ModeChanged(var mode) ->
                            Next.of(state.with(state.session().withMode(mode)));
                    case UiEvent.ControlOpened(var relay, var active) ->
                            ControlEvents.opened(state, relay, active);
                    case UiEvent.ControlFailed(var message) -> ControlEvents.failed(state, message);
                    case UiEvent.ModelsLoaded(var models, var last) ->
                            Next.of(Pickers.modelsLoaded(state, models, last));
                    case UiEvent.ProvidersLoaded(var providers) ->
                            Next.of(Pickers.providersLoaded(state, providers));
                    case UiEvent.Found(var choices) -> Next.of(Pickers.found(state, choices));
                    case UiEvent.LoadFailed(var message) ->
                            Next.of(Pickers.loadFailed(state, message));
                    case UiEvent.Activated(var active) -> ControlEvents.activated(state, active);
                    case UiEvent.ModelKnown(var provider, var info) ->
                            Next.of(ControlEvents.known(state, provider, info));
                    case UiEvent.Refused(var what, var message) ->
                            Next.of(state.with(state.transcript().failed(what, List.of(message))));
                    case UiEvent.Noted(var text) ->
                            Next.of(state.with(state.transcript().noted(text)));
                    case UiEvent.HistoryLoaded(var entries) ->
                            Next.of(state.with(History.of(entries)));
                };
        return new Next(withNewLines(state, next.state()), next.effects());
    }

    private static Next input(UiState state, Input input) {
        return switch (input) {
            case Input.Pressed(var key) -> Keys.pressed(state, key);
            case Input.Pasted(var text) -> Keys.pasted(state.withHint((UiState.Hint) null), text);
            case Input.Wheel(var steps) -> Keys.wheel(state, steps);
            case Input.Focus(var gained) -> Next.of(focused(state, gained));
        };
    }

    private static UiState focused(UiState state, boolean gained) {
        UiState.Screen screen = state.screen();
        return state.with(
                new UiState.Screen(
                        screen.size(), screen.scroll(), screen.unfolded(), screen.light(), gained));
    }

    private static UiState resized(UiState state, Size size) {
        UiState.Screen screen = state.screen();
        return state.with(
                new UiState.Screen(
                        size,
                        screen.scroll(),
                        screen.unfolded(),
                        screen.light(),
                        screen.focused()));
    }

    /// Counts what was added below a screen that does not follow.
    private static UiState withNewLines(UiState before, UiState after) {
        int from = before.transcript().rows().size();
        int to = after.transcript().rows().size();
        if (to <= from
                || !(after.screen().scroll()
                        instanceof Scroll.Anchored(var row, var line, var seen))) {
            return after;
        }
        int lines = after.viewport().linesOf(from, to);
        return after.withScroll(new Scroll.Anchored(row, line, seen + lines));
    }

    /// Sends, or queues while that is not possible yet.
    static Next send(UiState state, String text) {
        if (state.session().isRunning() || !state.session().relay().isSettled()) {
            return Next.of(state.with(state.session().queue(text)));
        }
        return begin(state, text);
    }

    /// Sends everything that was queued, as one message.
    static Next sendQueued(UiState state) {
        List<String> queued = state.session().queued();
        boolean ready = !state.session().isRunning() && state.session().relay().isSettled();
        if (queued.isEmpty() || !ready) {
            return Next.of(state);
        }
        Session rest = state.session().withoutQueued(queued.size());
        return begin(state.with(rest), String.join("\n\n", queued));
    }

    private static Next begin(UiState state, String text) {
        Session session = state.session().withTurn(new Turn.Running(0, false, false));
        UiState next =
                state.with(session)
                        .with(state.transcript().said(text))
                        .withScroll(new Scroll.Following());
        return Next.of(next, new Effect.Send(text));
    }
}
