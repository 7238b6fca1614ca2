package hal0.tui.state;

import hal0.agent.permission.Approver;
import hal0.tui.state.Effect.Next;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Size;
import hal0.tui.text.Safe;
import java.util.ArrayList;
import java.util.List;

/// What an event does to the state. Pure.
public final class Reducer {
    static final int WHEEL_LINES = 3;

    private Reducer() {}

    public static Next reduce(UiState state, UiEvent event) {
        Next next =
                switch (event) {
                    case UiEvent.Did(var input) -> input(state, input);
                    case UiEvent.Entered(var text) ->
                            PromptKeys.entered(
                                    state.withHint((UiState.Hint) null).with(Prompt.of(text)));
                    case UiEvent.Resized(var size) -> Next.of(resized(state, size));
                    case UiEvent.Tick() -> ticked(state);
                    case UiEvent.Turned(var turned) -> TurnEvents.turned(state, turned);
                    case UiEvent.TurnOver(var problem) -> TurnEvents.over(state, problem);
                    case UiEvent.Asked(var question) -> asked(state, question);
                    case UiEvent.ModeChanged(var mode) ->
                            Next.of(state.with(state.session().withMode(mode)));
                    case UiEvent.ControlOpened(var relay, var active) ->
                            ControlEvents.opened(state, relay, active);
                    case UiEvent.Glanced(var relay, var glance) ->
                            Next.of(ControlEvents.glanced(state, relay, glance));
                    case UiEvent.ControlFailed(var message) -> ControlEvents.failed(state, message);
                    case UiEvent.LoadFailed(var message) ->
                            Next.of(
                                    BoardKeys.refused(
                                            state.withHint(Safe.oneLine(message)), message));
                    case UiEvent.Activated(var active) -> ControlEvents.activated(state, active);
                    case UiEvent.ModelKnown(var provider, var info) ->
                            Next.of(ControlEvents.known(state, provider, info));
                    case UiEvent.Refused(var what, var message) ->
                            Next.of(
                                    BoardKeys.refused(
                                            state.with(
                                                    state.transcript()
                                                            .failed(what, List.of(message))),
                                            what + ": " + message));
                    case UiEvent.Noted(var text) ->
                            Next.of(state.with(state.transcript().noted(text)));
                    case UiEvent.CommandsRun(var count) ->
                            Next.of(state.with(state.session().withCommands(count)));
                    case UiEvent.ToCopy(var text, var what) ->
                            Next.of(state, new Effect.Copy(text, what));
                    case UiEvent.Copied(var what) -> Next.of(state.withHint("copied " + what));
                    case UiEvent.CopySent(var what, var sequence) ->
                            Next.of(
                                    state.withHint("sent " + what + " to the terminal's clipboard"),
                                    new Effect.Write(sequence));
                    case UiEvent.HistoryLoaded(var entries) ->
                            Next.of(state.with(History.of(entries)));
                    case UiEvent.CutOff(var when) ->
                            Next.of(
                                    state.with(
                                            state.screen()
                                                    .with(
                                                            state.screen()
                                                                    .welcome()
                                                                    .withCutOff(when))));
                    case UiEvent.CommandsLoaded(var commands) ->
                            Next.of(state.with(state.offers().withCommands(commands)));
                    case UiEvent.FilesFound(var typed, var files) ->
                            Next.of(state.with(state.offers().withFiles(typed, files)));
                    case UiEvent.Dropped(var pasted, var files) ->
                            Next.of(DroppedFiles.named(state, pasted, files));
                    case UiEvent.Suggested(var command, var suggestions) ->
                            Next.of(
                                    state.with(
                                            state.offers().withSuggestions(command, suggestions)));
                    case UiEvent.FileEdited() ->
                            Next.of(state, new Effect.Alter(new Change.Reload()));
                    case UiEvent.Edited(var text) -> Next.of(state.with(Prompt.of(text)));
                    case UiEvent.Opened(var sheet) -> Next.of(Pickers.opened(state, sheet));
                    case UiEvent.ThemesLoaded(var palettes, var problems) ->
                            Next.of(Themes.loaded(state, palettes, problems));
                    case UiEvent.Themed(var palette) ->
                            Next.of(state.with(state.screen().with(palette)));
                    case UiEvent.Filled(var place, var content) ->
                            Awaited.filled(state, place, content);
                    case UiEvent.Chosen(var provider, var model) ->
                            Commands.use(state.withoutBoards(), provider, model);
                    case UiEvent.Regarded regarded -> Next.of(BoardKeys.regarded(state, regarded));
                    case UiEvent.Sought sought -> Next.of(BoardKeys.sought(state, sought));
                    case UiEvent.Altered(var said, var failed) ->
                            BoardKeys.altered(state, said, failed);
                    case UiEvent.Rewritten rewritten -> Next.of(rewritten(state, rewritten));
                };
        Next whole = BoardKeys.beside(state, next);
        UiState read = withNewLines(state, Reading.steady(state, whole.state()));
        return sought(state, new Next(read, whole.effects()));
    }

    /// Whether a second that passes is worth a thought.
    public static boolean isTicking(UiState state) {
        return state.session().isRunning() || BoardKeys.isLive(state) || Welcome.awaitsPause(state);
    }

    private static Next ticked(UiState state) {
        UiState later = TurnEvents.ticked(state);
        return Welcome.awaitsPause(later) ? Welcome.ticked(later) : BoardKeys.ticked(later);
    }

    /// A user who looks elsewhere is called: nothing goes on before the answer.
    private static Next asked(UiState state, Approver.Question question) {
        UiState next = QuestionKeys.asked(state, question);
        return state.screen().focused() ? Next.of(next) : Next.of(next, new Effect.Bell());
    }

    /// Files are sought when what is typed after an `@` has changed, and what a command can be told
    /// when it is typed.
    private static Next sought(UiState before, Next next) {
        List<Effect> effects = new ArrayList<>(next.effects());
        AtFile file = AtFile.at(next.state().prompt());
        if (file != null && !file.equals(AtFile.at(before.prompt()))) {
            effects.add(new Effect.FindFiles(file.typed()));
        }
        CommandArgument now = CommandArgument.at(next.state().prompt());
        CommandArgument then = CommandArgument.at(before.prompt());
        if (now == null || (then != null && then.command() == now.command())) {
            return new Next(next.state(), effects);
        }
        effects.add(new Effect.Suggest(now.command()));
        UiState state = next.state();
        return new Next(state.with(state.offers().suggesting(now.command())), effects);
    }

    private static UiState rewritten(UiState state, UiEvent.Rewritten rewritten) {
        Earlier earlier = rewritten.earlier();
        UiState next =
                state.inAnother(earlier.transcript().noted(rewritten.note()))
                        .with(state.session().continued(earlier));
        boolean said = state.prompt().isEmpty() && !rewritten.prompt().isEmpty();
        return said ? next.with(Prompt.of(rewritten.prompt())) : next;
    }

    private static Next input(UiState state, Input input) {
        return switch (input) {
            case Input.Pressed(var key) -> Keys.pressed(Welcome.typing(state), key);
            case Input.Pasted(var text) ->
                    Keys.pasted(Welcome.typing(state).withHint((UiState.Hint) null), text);
            case Input.Wheel(var steps) -> Keys.wheel(state, steps);
            case Input.Mouse mouse -> Pointing.did(state, mouse);
            case Input.Reported _ -> Next.of(state);
            case Input.Background(var light) -> Next.of(state, new Effect.FollowTerminal(light));
            case Input.Focus(var gained) -> Next.of(focused(state, gained));
        };
    }

    private static UiState focused(UiState state, boolean gained) {
        return state.with(state.screen().withFocus(gained));
    }

    private static UiState resized(UiState state, Size size) {
        return Reading.kept(state, state.with(state.screen().with(size)));
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

    /// Sends; while a turn runs the model is told at its next step; before the relay is there it
    /// waits, and so it does until there is a model, which is asked for.
    static Next send(UiState state, String text) {
        if (state.session().isRunning()) {
            return Next.of(state.with(state.session().queue(text)), new Effect.Tell(text));
        }
        if (!state.session().relay().isSettled()) {
            return Next.of(state.with(state.session().queue(text)));
        }
        if (state.session().lacksModel()) {
            return Welcome.opened(state.with(state.session().queue(text)));
        }
        return begin(state, text);
    }

    /// Sends everything that was queued, as one message.
    static Next sendQueued(UiState state) {
        List<String> queued = state.session().queued();
        boolean ready =
                !state.session().isRunning()
                        && state.session().relay().isSettled()
                        && !state.session().lacksModel();
        if (queued.isEmpty() || !ready) {
            return Next.of(state);
        }
        Session rest = state.session().withoutQueued(queued.size());
        Next begun = begin(state.with(rest), String.join("\n\n", queued));
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Withdraw(queued));
        effects.addAll(begun.effects());
        return new Next(begun.state(), effects);
    }

    private static Next begin(UiState state, String text) {
        return begin(state, text, new Effect.Send(text));
    }

    /// A turn that shows `text` as what the user said.
    static Next begin(UiState state, String text, Effect.Work work) {
        Session session = state.session().begun();
        UiState next =
                state.with(session)
                        .with(state.transcript().said(text))
                        .with(state.screen().with(state.screen().welcome().withCutOff("")))
                        .withScroll(new Scroll.Following());
        return Next.of(next, work);
    }
}
